"""Lists, their sealed lines, and the pairs of a line and a pupil. None of them has a register: nobody lists the lines."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.partnerlists.terms import Category, Outcome, PairState
from junheng.domains.pupils.models import Pupil
from junheng.domains.pupils.terms import Sex
from junheng.platform.sealing import BlindIndexField, SealedCharField, SubjectKeyField

LISTED = tuple(one for one in Category if one != Category.A11)
DAY = timedelta(days=1)


class PartnerList(models.Model):
    """One list of one office and category of a county, as of a day. A later one of the same replaces it."""

    area = in_area(_("区划"))
    category = models.CharField(_("类别"), max_length=3, choices=[(one.value, one.label) for one in LISTED])
    version = models.PositiveSmallIntegerField(_("第几版"))
    owner = models.CharField(_("提供单位"), max_length=60)
    document = models.CharField(_("来函文号"), max_length=80)
    basis = models.CharField(_("依据"), max_length=120)
    as_of = models.DateField(_("名单截至日"))
    valid_until = models.DateField(_("有效至（含当日）"))
    taken_by = models.CharField(_("收取人"), max_length=150)
    taken_at = models.DateTimeField(_("收取时间"))
    former = models.OneToOneField(
        "self", models.PROTECT, verbose_name=_("上一版"), null=True, blank=True, related_name="later"
    )
    replaced_on = models.DateField(_("被新名单取代的日期"), null=True, blank=True)
    lines = models.PositiveIntegerField(_("收下的行数"))
    flawed = models.PositiveIntegerField(_("有瑕疵的行数"))
    doubled = models.PositiveIntegerField(_("重复的行数"))
    unusable = models.PositiveIntegerField(_("无法使用的行数"))
    came = models.PositiveIntegerField(_("新进"), null=True, blank=True)
    left = models.PositiveIntegerField(_("退出"), null=True, blank=True)
    changed = models.PositiveIntegerField(_("变更"), null=True, blank=True)
    matched_at = models.DateTimeField(_("比对时间"), null=True, blank=True)
    roll_on = models.DateField(_("所用在籍名册的日期"), null=True, blank=True)
    erased_on = models.DateField(_("销毁日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("部门名单")
        ordering = ["-as_of", "-id"]
        constraints = [
            models.CheckConstraint(
                name="partnerlists_list_valid_from_its_day", condition=Q(valid_until__gte=F("as_of"))
            ),
            models.UniqueConstraint(name="partnerlists_list_version", fields=["area", "category", "version"]),
        ]

    def __str__(self) -> str:
        return f"{self.area}：{self.get_category_display()}（{self.as_of}）"

    @property
    def until(self) -> date:
        """The first day on which it no longer holds."""
        end = self.valid_until + DAY
        return min(end, self.replaced_on) if self.replaced_on else end


class PartnerRow(models.Model):
    """One line of a list, sealed with a key of its own. ``former`` is the line of the last version that says the same."""

    partner_list = models.ForeignKey(PartnerList, models.PROTECT, verbose_name=_("名单"), related_name="rows")
    line = models.PositiveIntegerField(_("行号"))
    name = SealedCharField(_("姓名"), max_length=40)
    number = SealedCharField(_("身份证件号"), max_length=40, blank=True)
    number_blind = BlindIndexField(_("身份证件号（查找用）"), of="number")
    born = SealedCharField(_("出生日期"), max_length=10, blank=True)
    sex = models.PositiveSmallIntegerField(_("性别"), choices=Sex, null=True, blank=True)
    place = SealedCharField(_("住址或区划"), max_length=120, blank=True)
    school = SealedCharField(_("就读学校"), max_length=60, blank=True)
    seal = SubjectKeyField(_("数据密钥"))
    flaws = models.CharField(_("瑕疵"), max_length=80, blank=True)
    outcome = models.CharField(_("比对结果"), max_length=8, choices=Outcome, default=Outcome.WAITING)
    former = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("上一版的同一行"), null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = _("名单中的一行")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="partnerlists_row_once", fields=["partner_list", "line"]),
        ]

    def __str__(self) -> str:
        return f"{self.partner_list}#{self.line}"


class PartnerPair(models.Model):
    """A line and a pupil who are the same person, or may be: what agrees, what differs, and who decided."""

    row = models.ForeignKey(PartnerRow, models.PROTECT, verbose_name=_("名单中的一行"), related_name="pairs")
    pupil = models.ForeignKey(Pupil, models.PROTECT, verbose_name=_("学生"), related_name="+")
    exact = models.BooleanField(_("号码和姓名一致"))
    score = models.IntegerField(_("相似程度"), default=0)
    reasons = models.JSONField(_("理由"), default=list, blank=True)
    name_differs = models.BooleanField(_("姓名不同"), default=False)
    state = models.CharField(_("状态"), max_length=10, choices=PairState, default=PairState.OPEN)
    decided_by = models.CharField(_("判断人"), max_length=150, blank=True)
    decided_at = models.DateTimeField(_("判断时间"), null=True, blank=True)
    confirmed_by = models.CharField(_("确认人"), max_length=150, blank=True)
    words = models.CharField(_("判断的理由"), max_length=200, blank=True)
    settled_with = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("随哪一对一并判断"),
        null=True,
        blank=True,
        related_name="settled",
    )
    carried = models.BooleanField(_("沿用上一版的判断"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("名单与学生的比对")
        ordering = ["id"]
        indexes = [models.Index(fields=["state"], name="partnerlists_pair_state")]
        constraints = [
            models.UniqueConstraint(name="partnerlists_pair_once", fields=["row", "pupil"]),
            models.UniqueConstraint(
                name="partnerlists_pair_one_same",
                fields=["row"],
                condition=Q(state=PairState.SAME),
                violation_error_message=_("这一行已经认定为另一名学生。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.row} / {self.pupil_id}"
