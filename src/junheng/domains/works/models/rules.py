"""What is handed in with an application of a category, and how the works of a contest are ranked."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.schemes.models import SchemeCategory
from junheng.domains.works.terms import JUDGED, SEEN, Form, Purpose


class AttachmentRule(models.Model):
    """附件要求: what kind of file a category asks for, and how many."""

    category = models.ForeignKey(
        SchemeCategory, verbose_name=_("类别"), on_delete=models.PROTECT, db_index=False
    )
    area = in_area(_("组织区划"))
    purpose = models.CharField(_("用途"), max_length=8, choices=Purpose)
    form = models.CharField(_("文件形式"), max_length=8, choices=Form)
    least = models.PositiveSmallIntegerField(_("至少几件"), default=1)
    most = models.PositiveSmallIntegerField(_("至多几件"), default=1)

    class Meta:
        verbose_name = verbose_name_plural = _("申报附件要求")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="works_attachmentrule_once",
                fields=["category", "purpose", "form"],
                violation_error_message=_("这个类别已有同样用途和形式的附件要求。"),
            ),
            models.CheckConstraint(
                name="works_attachmentrule_most",
                condition=Q(most__gte=F("least")) & Q(most__gte=1, most__lte=12),
                violation_error_message=_("至多几件须在 1 至 12 之间，且不少于至少几件。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}：{self.get_form_display()}"

    def clean(self) -> None:
        """What is judged without names comes in a form from which the names can be taken."""
        if not self.category_id:
            return
        if self.purpose in JUDGED and self.category.scheme.blind and self.form not in SEEN:
            raise ValidationError(
                {"form": _("匿名评分的作品只收文章、图片或视频：PDF 里的姓名无法由系统去掉。")}
            )


class ContestRule(models.Model):
    """评奖规则: how many prizes a category has, how many works are forwarded, and whether they are shown in public.

    Works are ranked by the sum of their scores; equal sums by the sums of each criterion, in the order of the scheme.
    What is equal then shares a place. What was ranked is written once, with a digest.
    """

    category = models.OneToOneField(SchemeCategory, verbose_name=_("类别"), on_delete=models.PROTECT)
    area = in_area(_("组织区划"))
    first = models.PositiveSmallIntegerField(_("一等奖"), default=0)
    second = models.PositiveSmallIntegerField(_("二等奖"), default=0)
    third = models.PositiveSmallIntegerField(_("三等奖"), default=0)
    forward = models.PositiveSmallIntegerField(
        _("上报名额"), default=0, help_text=_("向上一级报送几件；0 为不报送。")
    )
    shown = models.BooleanField(_("公开展示"), default=True, help_text=_("入选的作品在公开页面展示。"))
    ranked_on = models.DateField(_("排名日"), null=True, blank=True)
    ranked_by = models.CharField(_("排名人"), max_length=60, blank=True)
    digest = models.CharField(_("评审记录摘要"), max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("作品评奖规则")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.category}"
