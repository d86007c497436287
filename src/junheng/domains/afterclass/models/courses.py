"""What a school offers after class, and from when to when its families choose."""

from datetime import time

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.afterclass.terms import FEE, SCHOOL_DAYS, Origin, days_in_words, in_order
from junheng.domains.areas.models import in_area
from junheng.domains.fees.models import FeeItem, allowed_item
from junheng.domains.institutions.models import Institution
from junheng.domains.institutions.queries import found
from junheng.domains.schools.models import School
from junheng.platform.registers.values import term_label, yuan
from junheng.platform.spans import ends_after_start

AFTER_SCHOOL, HOME = time(16, 30), time(17, 30)


class Course(models.Model):
    """One course of a school in a term: when, how many, who teaches, what it costs.

    What is charged stands on the list of fees, and who comes from outside has a licence that holds on the first day.
    """

    code = models.CharField(_("课程编号"), max_length=24, unique=True)
    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT)
    area = in_area(_("学校所在区划"))
    term = models.CharField(_("学期"), max_length=5)
    name = models.CharField(_("课程名称"), max_length=40)
    content = models.CharField(_("内容和目标"), max_length=300, blank=True)
    weekdays = models.CharField(
        _("星期"), max_length=7, default=SCHOOL_DAYS, help_text=_("写“一三五”表示周一、周三、周五。")
    )
    begins = models.TimeField(_("开始时间"), default=AFTER_SCHOOL)
    ends = models.TimeField(_("结束时间"), default=HOME)
    places = models.PositiveSmallIntegerField(_("名额"), validators=[MinValueValidator(1)])
    teachers = models.CharField(_("授课教师"), max_length=80, blank=True)
    origin = models.CharField(_("师资来源"), max_length=8, choices=Origin, default=Origin.OWN)
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("校外机构"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    fee_fen = models.PositiveBigIntegerField(
        _("收费标准（分）"), default=0, help_text=_("每生每月；不得高于收费目录中“课后服务费”的最高标准。")
    )
    item = models.ForeignKey(
        FeeItem, verbose_name=_("收费依据"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_from = models.ForeignKey(
        "self", verbose_name=_("采用自"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    since = models.DateField(_("开课日"))
    until = models.DateField(_("结课日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("课后服务课程")
        ordering = ["id"]
        constraints = [
            ends_after_start(),
            models.CheckConstraint(
                name="afterclass_course_hours",
                condition=Q(begins__lt=F("ends")),
                violation_error_message=_("结束时间须晚于开始时间。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.hours}）"

    @property
    def hours(self) -> str:
        """When it is."""
        return f"{days_in_words(self.weekdays)} {self.begins:%H:%M}–{self.ends:%H:%M}"

    def clean(self) -> None:
        """Refuse days that are none, a fee that is not on the list or above it, and an outsider without a licence."""
        if not (days := in_order(self.weekdays or "")):
            raise ValidationError({"weekdays": _("星期请用“一二三四五六日”写，例如“一三五”。")})
        self.weekdays = days
        if self.school_id is None or self.since is None:
            return
        if self.area_id and self.area_id != self.school.area_id:
            raise ValidationError({"area": _("区划须与学校所在区划一致。")})
        self.check_fee()
        self.check_origin()

    def check_fee(self) -> None:
        """What is charged is on the list of that day, and not above it."""
        self.item = None
        if not self.fee_fen:
            return
        self.item = allowed_item(self.school, FEE, on=self.since)
        if self.item is None:
            raise ValidationError(
                {
                    "fee_fen": _(
                        "开课日的收费目录中没有这所学校的“课后服务费”，不能收费。请填 0，或先核对目录。"
                    )
                }
            )
        if self.item.cap_fen is not None and self.fee_fen > self.item.cap_fen:
            raise ValidationError(
                {
                    "fee_fen": _("高于目录规定的最高标准 %(most)s 元（%(basis)s）。请改正后再保存。")
                    % {"most": yuan(self.item.cap_fen), "basis": self.item.basis}
                }
            )

    def check_origin(self) -> None:
        """Whoever comes from outside is on the list of licensed institutions on the first day."""
        if self.origin != Origin.OUTSIDE:
            if self.institution_id is not None:
                raise ValidationError({"institution": _("本校教师授课的，不填校外机构。")})
            return
        if self.institution is None or not found(self.institution, self.since).licensed:
            raise ValidationError(
                {
                    "institution": _(
                        "校外机构须在开课日持有有效的办学许可证。请从校外培训机构名单中选择；没有许可证的不得进校。"
                    )
                }
            )


class ChoosingPeriod(models.Model):
    """From when to when the families of a school say what they need in a term; afterwards the places are given out."""

    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT)
    area = in_area(_("学校所在区划"))
    term = models.CharField(_("学期"), max_length=5)
    opens_on = models.DateField(_("开放日"))
    closes_on = models.DateField(_("截止日"))
    seed = models.CharField(_("抽签种子"), max_length=40, blank=True)
    drawn_on = models.DateField(_("安排日"), null=True, blank=True)
    digest = models.CharField(_("名单摘要"), max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("选课安排")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="afterclass_choosingperiod_once",
                fields=["school", "term"],
                violation_error_message=_("这所学校这个学期已有选课安排。"),
            ),
            models.CheckConstraint(
                name="afterclass_choosingperiod_days",
                condition=Q(closes_on__gte=F("opens_on")),
                violation_error_message=_("截止日不能早于开放日。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}（{term_label(self.term)}）"

    def clean(self) -> None:
        """It lies where its school lies."""
        if self.school_id is not None and self.area_id and self.area_id != self.school.area_id:
            raise ValidationError({"area": _("区划须与学校所在区划一致。")})
