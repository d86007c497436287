"""What is kept of a token (never the token itself), and of requests that may come twice."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What a token lets a program do with the rows its owner may see."""

    READ = "read", _("只读")
    WRITE = "write", _("读写")


class Token(models.Model):
    """One token of one person. ``digest`` is the sha256 of its secret half; ``handle`` its public half.

    ``registers`` are the slugs it opens; empty where it opens all that the owner sees.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens", verbose_name=_("所有人")
    )
    name = models.CharField(_("名称"), max_length=60)
    handle = models.CharField(_("标识"), max_length=16, unique=True)
    digest = models.CharField(_("校验值"), max_length=64)
    scope = models.CharField(_("权限"), max_length=8, choices=Scope.choices, default=Scope.READ)
    registers = models.JSONField(_("名录"), default=list, blank=True)
    made_at = models.DateTimeField(_("创建时间"))
    until = models.DateField(_("失效日"))
    revoked_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    used_at = models.DateTimeField(_("最近使用"), null=True, blank=True)

    class Meta:
        verbose_name = _("接口令牌")
        verbose_name_plural = _("接口令牌")
        constraints = [
            models.CheckConstraint(name="token_scope_is_known", condition=Q(scope__in=["read", "write"]))
        ]

    def __str__(self) -> str:
        return self.name

    def holds(self, on: date) -> bool:
        """Whether it opens anything on a day: not revoked, not past its end, the owner's account open."""
        return self.revoked_at is None and on < self.until and self.owner.is_active


class KeptAnswer(models.Model):
    """The answer to a write with an Idempotency-Key, given again when the same request comes again."""

    token = models.ForeignKey(Token, models.CASCADE, verbose_name=_("接口令牌"))
    key = models.CharField(_("幂等键"), max_length=80)
    request = models.CharField(_("请求校验值"), max_length=64)
    status = models.PositiveSmallIntegerField(_("状态码"))
    body = models.TextField(_("内容"))
    headers = models.JSONField(_("响应头"), default=dict)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("留存的响应")
        verbose_name_plural = _("留存的响应")
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="one_answer_a_key")]
        indexes = [models.Index(fields=["at"], name="kept_answer_at")]

    def __str__(self) -> str:
        return self.key
