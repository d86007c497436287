"""Checklists in versions, and their items."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.checklists.terms import ChecklistState, Grade, Subject
from junheng.domains.schools.terms import SchoolKind, Stage


class Checklist(models.Model):
    """检查清单: one version of one list. A change is a new version that says why and which one it replaces."""

    code = models.CharField(_("清单编号"), max_length=24, unique=True)
    title = models.CharField(_("名称"), max_length=80)
    subject = models.CharField(_("用途"), max_length=10, choices=Subject, default=Subject.SAFETY)
    area = in_area(_("印发区划"))
    basis = models.CharField(_("依据"), max_length=200, help_text=_("清单由哪部法规、标准或文件的条款编成。"))
    number = models.PositiveSmallIntegerField(_("版次"), default=1)
    previous = models.ForeignKey(
        "self", verbose_name=_("替代的版次"), on_delete=models.PROTECT, null=True, blank=True
    )
    reason = models.CharField(_("修订原因"), max_length=200, blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=ChecklistState, default=ChecklistState.DRAFT)
    digest = models.CharField(_("条目摘要"), max_length=64, blank=True)
    issued_at = models.DateTimeField(_("印发时间"), null=True, blank=True)
    issued_by = models.CharField(_("印发人"), max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("检查清单")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="checklists_issued_has_digest",
                condition=Q(state=ChecklistState.DRAFT) | ~Q(digest="") & Q(issued_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="checklists_replaced_once",
                fields=["previous"],
                violation_error_message=_("这一版已经有修订版，请在修订版上继续。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.code}）"


class ChecklistItem(models.Model):
    """检查条目: one thing to look at. Its number stays the same in later versions, so that rounds can be compared."""

    checklist = models.ForeignKey(Checklist, verbose_name=_("清单"), on_delete=models.PROTECT, db_index=False)
    area = in_area(_("印发区划"))
    section = models.CharField(_("部分"), max_length=40)
    number = models.CharField(_("条目号"), max_length=12, help_text=_("修订后仍指同一件事的，条目号不变。"))
    position = models.PositiveSmallIntegerField(_("次序"))
    clause = models.CharField(_("检查内容"), max_length=300)
    citation = models.CharField(_("条款"), max_length=120, help_text=_("文件名和条款号。"))
    how = models.CharField(_("怎么看"), max_length=300, blank=True)
    grade = models.CharField(_("不符合时的等级"), max_length=8, choices=Grade, default=Grade.GENERAL)
    stage = models.CharField(_("适用学段"), max_length=8, choices=Stage, blank=True)
    kind = models.CharField(_("适用办学类型"), max_length=12, choices=SchoolKind, blank=True)
    boarding_only = models.BooleanField(_("只查寄宿制学校"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("检查条目")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="checklists_item_once",
                fields=["checklist", "number"],
                violation_error_message=_("这份清单里已有同号的条目。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.clause[:20]}"
