"""What is kept of an account beside its name: factors, invitations, visits, identities elsewhere, deeds that two must do."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from junheng.platform.access.roles import ROLE_CHOICES


class Kind(models.TextChoices):
    """What proves that it is really this person."""

    TOTP = "totp", _("动态口令")
    PASSKEY = "passkey", _("通行密钥")
    CODES = "codes", _("恢复码")


class Factor(models.Model):
    """One second factor of one person.

    ``data`` holds what a check needs: the sealed secret of an authenticator app, the public key of a passkey, the
    digests of recovery codes that are still unused. ``last_step`` is the last time step an app's code was taken from:
    no code is good twice.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="factors", verbose_name=_("用户")
    )
    kind = models.CharField(_("种类"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("名称"), max_length=30)
    data = models.JSONField(_("数据"))
    last_step = models.BigIntegerField(_("最近时间步"), default=0)
    made_at = models.DateTimeField(_("启用时间"))
    used_at = models.DateTimeField(_("最近使用"), null=True, blank=True)

    class Meta:
        verbose_name = _("第二因素")
        verbose_name_plural = _("第二因素")
        constraints = [
            models.UniqueConstraint(
                fields=["user"], name="one_set_of_codes_a_person", condition=Q(kind="codes")
            )
        ]

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """A link by which somebody sets a password, once and until a moment. Only its digest is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("用户"))
    digest = models.CharField(_("校验值"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("创建时间"))
    until = models.DateTimeField(_("失效时间"))
    used_at = models.DateTimeField(_("使用时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("邀请链接")
        verbose_name_plural = _("邀请链接")

    def __str__(self) -> str:
        return f"{self.user}"

    def holds(self, at: datetime) -> bool:
        """Whether it still opens anything."""
        return self.used_at is None and at < self.until


class Visit(models.Model):
    """One sign-in: when, how, from where. While its session lives it can be ended from another place."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="visits", verbose_name=_("用户")
    )
    at = models.DateTimeField(_("登录时间"))
    how = models.CharField(_("登录方式"), max_length=10)
    factor = models.CharField(_("第二因素"), max_length=8, blank=True)
    address = models.CharField(_("网络地址"), max_length=45, blank=True)
    browser = models.CharField(_("浏览器"), max_length=120, blank=True)
    session = models.CharField(_("会话"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("登录记录")
        verbose_name_plural = _("登录记录")
        indexes = [models.Index(fields=["user", "-at"], name="visit_of_user")]

    def __str__(self) -> str:
        return f"{self.user} {self.at:%Y-%m-%d %H:%M}"


class Identity(models.Model):
    """Who somebody is at the sign-in service: bound at the first sign-in, never to two accounts."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="identities", verbose_name=_("用户")
    )
    issuer = models.CharField(_("签发方"), max_length=200)
    subject = models.CharField(_("标识"), max_length=255)
    made_at = models.DateTimeField(_("绑定时间"))

    class Meta:
        verbose_name = _("外部身份")
        verbose_name_plural = _("外部身份")
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="one_account_an_identity"),
            models.UniqueConstraint(fields=["issuer", "user"], name="one_identity_an_account"),
        ]

    def __str__(self) -> str:
        return self.subject


class Deed(models.TextChoices):
    """What one administrator may only propose."""

    GRANT = "grant", _("授予角色")
    RESET = "reset", _("重置第二因素")


class Verdict(models.TextChoices):
    """What became of a proposal."""

    OPEN = "open", _("待审批")
    APPROVED = "approved", _("已同意")
    REFUSED = "refused", _("已拒绝")


class Proposal(models.Model):
    """A deed on an account that a second administrator must approve: four eyes.

    The columns of a grant are those of ``access.Grant``, with the same rule: places are plain values.
    """

    deed = models.CharField(_("事项"), max_length=8, choices=Deed.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="proposals", verbose_name=_("用户")
    )
    role = models.CharField(_("角色"), max_length=24, choices=ROLE_CHOICES, blank=True)
    area = models.CharField(_("区划代码"), max_length=12, blank=True)
    school = models.BigIntegerField(_("学校"), null=True, blank=True)
    school_class = models.BigIntegerField(_("班级"), null=True, blank=True)
    kindergarten = models.BigIntegerField(_("幼儿园"), null=True, blank=True)
    since = models.DateField(_("起始日"), null=True, blank=True)
    until = models.DateField(_("终止日"), null=True, blank=True)
    why = models.CharField(_("事由"), max_length=200)
    proposer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("提出人")
    )
    made_at = models.DateTimeField(_("提出时间"))
    verdict = models.CharField(_("结果"), max_length=8, choices=Verdict.choices, default=Verdict.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("审批人"),
    )
    decided_at = models.DateTimeField(_("审批时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("待审批事项")
        verbose_name_plural = _("待审批事项")
        constraints = [
            models.CheckConstraint(
                name="two_people_decide", condition=Q(decided_by=None) | ~Q(decided_by=models.F("proposer"))
            )
        ]
        indexes = [models.Index(fields=["verdict"], name="proposal_verdict")]

    def __str__(self) -> str:
        return f"{self.get_deed_display()}: {self.user}"
