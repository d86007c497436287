"""Articles, their renderings, and who signed them."""

import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.bulletins.terms import ArticleState, Medium, SignOffRole
from junheng.domains.people.models import Person


class Article(models.Model):
    """One article as published on the bureau's page."""

    title = models.CharField(_("标题"), max_length=120)
    slug = models.SlugField(_("网址标识"), max_length=60, unique=True)
    source = models.CharField(_("来源"), max_length=60, blank=True)
    area = in_area(_("区划"))
    body = models.TextField(_("正文"), blank=True)
    previous = models.CharField(_("上一篇"), max_length=120, blank=True)
    updated_at = models.DateTimeField(_("更新时间"))
    state = models.CharField(_("状态"), max_length=10, choices=ArticleState, default=ArticleState.DRAFT)

    class Meta:
        verbose_name = verbose_name_plural = _("发布稿件")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title

    @property
    def digest(self) -> str:
        """What is signed: the digest of the text as it lies here."""
        return hashlib.sha256(self.body.encode()).hexdigest()


class Rendering(models.Model):
    """One rendering of one article, with the digest of its text."""

    article = models.ForeignKey(Article, verbose_name=_("稿件"), on_delete=models.PROTECT, db_index=False)
    area = in_area(_("区划"))
    medium = models.CharField(_("版式"), max_length=6, choices=Medium)
    digest = models.CharField(_("正文摘要"), max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = _("稿件版式")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="bulletins_rendering_medium_once",
                fields=["article", "medium"],
                violation_error_message=_("这篇稿件的这种版式已经登记。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.article}：{self.get_medium_display()}"


class SignOff(models.Model):
    """One person's sign-off of one version of one article in one role."""

    article = models.ForeignKey(Article, verbose_name=_("稿件"), on_delete=models.PROTECT, db_index=False)
    area = in_area(_("区划"))
    role = models.CharField(_("岗位"), max_length=16, choices=SignOffRole)
    person = models.ForeignKey(Person, verbose_name=_("签发人"), on_delete=models.PROTECT)
    digest = models.CharField(_("签发版本摘要"), max_length=64)
    signed_at = models.DateTimeField(_("签发时间"))
    paper = models.CharField(
        _("签发单编号"),
        max_length=60,
        blank=True,
        default="",
        help_text=_("没有账号的人在纸上签发，由办公室代录时填写。"),
    )
    entered_by = models.CharField(_("录入账号"), max_length=150, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = _("签发记录")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="bulletins_signoff_role_once_a_version",
                fields=["article", "role", "digest"],
                violation_error_message=_("这个岗位已签发这一版本。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.article}：{self.get_role_display()}"


class Release(models.Model):
    """One publication of one article: the frozen text, and for every printed number the figure's address.

    A correction is a further release; ``moved`` says which figures it moved and why. Nothing here is ever changed.
    """

    article = models.ForeignKey(
        Article, verbose_name=_("稿件"), on_delete=models.PROTECT, related_name="releases"
    )
    number = models.PositiveIntegerField(_("版次"))
    text = models.TextField(_("正文"))
    blocks = models.JSONField(_("段落"))
    figures = models.JSONField(_("数据"))
    moved = models.JSONField(_("更正"), default=list)
    reason = models.CharField(_("更正原因"), max_length=400, blank=True)
    as_of = models.DateField(_("统计时点"))
    snapshot = models.CharField(_("时点数据摘要"), max_length=64)
    digest = models.CharField(_("正文摘要"), max_length=64)
    released_at = models.DateTimeField(_("发布时间"))
    released_by = models.CharField(_("发布人"), max_length=80)

    class Meta:
        verbose_name = verbose_name_plural = _("发布版本")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="bulletins_release_number_once", fields=["article", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.article} v{self.number}"
