"""What may be charged, and what a school has posted."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.fees.terms import STAGES, FeeKind, FeeStage, FeeUnit
from junheng.domains.schools.models import School
from junheng.domains.schools.terms import SchoolNature
from junheng.kernel.quality import plain
from junheng.platform.registers.values import yuan
from junheng.platform.spans import ends_after_start, holds


class FeeItem(models.Model):
    """One thing that may be charged at some schools, up to an amount, by a document, from a day on.

    Without ``cap_fen`` it is charged at cost: what was spent, and nothing more.
    """

    code = models.CharField(_("项目编号"), max_length=20)
    name = models.CharField(_("收费项目"), max_length=60)
    stage = models.CharField(_("学段"), max_length=12, choices=FeeStage)
    nature = models.CharField(_("适用的办学性质"), max_length=8, choices=SchoolNature, blank=True)
    kind = models.CharField(_("收费类别"), max_length=12, choices=FeeKind)
    unit = models.CharField(_("计费单位"), max_length=8, choices=FeeUnit)
    cap_fen = models.PositiveBigIntegerField(
        _("最高标准（分）"), null=True, blank=True, help_text=_("空白表示据实收取，不得盈利。")
    )
    exempt = models.CharField(_("减免"), max_length=120, blank=True)
    basis = models.CharField(_("依据"), max_length=160)
    certain = models.BooleanField(_("已确认"), default=False, help_text=_("依据和标准已由市局核对。"))
    area = in_area(_("适用区划"))
    since = models.DateField(_("执行日"))
    until = models.DateField(_("停止日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("收费目录")
        ordering = ["id"]
        constraints = [
            ends_after_start(),
            models.UniqueConstraint(
                name="fees_feeitem_once",
                fields=["code", "since"],
                violation_error_message=_("同一项目同一执行日只能登记一次。"),
            ),
            models.CheckConstraint(name="fees_feeitem_says_why", condition=~Q(basis="")),
        ]

    def __str__(self) -> str:
        return self.name


class FeeNotice(models.Model):
    """One line of what a school posts at its gate and here before a term: what it charges, and how much."""

    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT, db_index=False)
    area = in_area(_("所在区划"))
    term = models.CharField(_("学期"), max_length=5)
    name = models.CharField(_("公示项目"), max_length=60)
    amount_fen = models.PositiveBigIntegerField(_("公示标准（分）"))
    published_on = models.DateField(_("公示日"))
    item = models.ForeignKey(
        FeeItem, verbose_name=_("目录项目"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = _("收费公示")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="fees_feenotice_once",
                fields=["school", "term", "name"],
                violation_error_message=_("这所学校这个学期已经公示过这一项。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.school}{self.name}"

    def clean(self) -> None:
        """What is not on the list is not posted; nothing is posted above what the list allows."""
        if self.school_id is None or not self.name or self.published_on is None or self.amount_fen is None:
            return
        self.item = allowed_item(self.school, self.name, on=self.published_on)
        if self.item is None:
            raise ValidationError(
                {
                    "name": _(
                        "“%(name)s”不在这所学校的收费目录内，不能公示，也不能收。请核对目录；已经收取的应当退还。"
                    )
                    % {"name": self.name}
                }
            )
        if self.item.cap_fen is not None and self.amount_fen > self.item.cap_fen:
            most = yuan(self.item.cap_fen)
            raise ValidationError(
                {
                    "amount_fen": _("高于目录规定的最高标准 %(most)s 元（%(basis)s）。请改正后再公示。")
                    % {"most": most, "basis": self.item.basis}
                }
            )


def items_of(school: School, *, on: date | None = None) -> "models.QuerySet[FeeItem]":
    """What a school may charge on a day, by its kind, its nature and its place."""
    stages = STAGES.get(school.kind, frozenset())
    rows = FeeItem.objects.filter(
        holds(on or timezone.localdate()), stage__in=stages, nature__in=("", school.nature)
    )
    return rows.filter(area__in=[school.area_id[:size] for size in (4, 6, 9)]).order_by("kind", "code")


def allowed_item(school: School, name: str, *, on: date) -> FeeItem | None:
    """The item of that name; blanks, width and brackets do not count."""
    wanted = plain(name)
    return next((one for one in items_of(school, on=on) if plain(one.name) == wanted), None)
