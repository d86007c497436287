"""Places that the city names, the staff of a school, their posts, blanks to be filled, confirmations, and what was done."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.kindergartens.models import Kindergarten
from junheng.domains.posts.terms import (
    DAY,
    EVENING,
    EVERY_DAY,
    MORNING,
    SCHOOL_DAYS,
    Applies,
    DutyKind,
    TaskState,
    days_in_words,
    span,
)
from junheng.domains.schools.models import School
from junheng.platform.spans import ends_after_start

HOURS_HELP = _("一天中的第几分钟：7:30 是 450。")
DAYS_HELP = _(
    "周一 1、周二 2、周三 4、周四 8、周五 16、周六 32、周日 64，相加；周一至周五是 31，每天是 127。"
)


def some_days() -> Q:
    """A mask of at least one day."""
    return Q(weekdays__gte=1, weekdays__lte=EVERY_DAY)


def some_time() -> Q:
    """From one minute of a day to a later one."""
    return Q(starts__lt=F("ends"), ends__lte=DAY)


class SafetyPlace(models.Model):
    """One place of the city's standard list, with the hours in which somebody must be responsible for it."""

    code = models.CharField(_("部位编号"), max_length=20, unique=True)
    name = models.CharField(_("部位"), max_length=30)
    area = in_area(_("发布区划"))
    edge = models.BooleanField(
        _("边际部位"), default=False, help_text=_("校门、周边、校车、上下学路段、课后时段等。")
    )
    applies = models.CharField(_("适用学校"), max_length=8, choices=Applies, default=Applies.ALL)
    weekdays = models.PositiveSmallIntegerField(_("星期"), default=SCHOOL_DAYS, help_text=DAYS_HELP)
    starts = models.PositiveSmallIntegerField(_("从（分钟）"), default=MORNING, help_text=HOURS_HELP)
    ends = models.PositiveSmallIntegerField(_("到（分钟）"), default=EVENING, help_text=HOURS_HELP)
    with_office = models.CharField(_("协同部门"), max_length=40, blank=True)
    since = models.DateField(_("施行日"))
    until = models.DateField(_("废止日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("安全部位标准")
        ordering = ["id"]
        constraints = [
            ends_after_start(),
            models.CheckConstraint(name="posts_safetyplace_days", condition=some_days()),
            models.CheckConstraint(
                name="posts_safetyplace_time",
                condition=some_time(),
                violation_error_message=_("结束须晚于开始，且不晚于 1440（24:00）。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def hours(self) -> str:
        """From when until when, as a clock shows it."""
        return span(self.starts, self.ends)


class StaffMember(models.Model):
    """One member of a school's staff by name, as the school enters it: so far there is no register of staff."""

    code = models.CharField(_("教职工编号"), max_length=20, unique=True)
    name = models.CharField(_("姓名"), max_length=40)
    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT)
    area = in_area(_("学校所在区划"))
    position = models.CharField(_("职务或岗位"), max_length=40)
    since = models.DateField(_("到校日"))
    until = models.DateField(_("离校日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("学校教职工")
        ordering = ["id"]
        constraints = [ends_after_start()]

    def __str__(self) -> str:
        return f"{self.name}（{self.position}）"


class Post(models.Model):
    """One person is responsible for one place of a school, on some days of the week, from one minute to another."""

    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT)
    area = in_area(_("学校所在区划"))
    place = models.ForeignKey(SafetyPlace, verbose_name=_("部位"), on_delete=models.PROTECT)
    person = models.ForeignKey(
        StaffMember, verbose_name=_("责任人"), on_delete=models.PROTECT, related_name="posts"
    )
    deputy = models.ForeignKey(
        StaffMember,
        verbose_name=_("替班人"),
        on_delete=models.PROTECT,
        related_name="deputises",
        null=True,
        blank=True,
    )
    weekdays = models.PositiveSmallIntegerField(_("星期"), default=SCHOOL_DAYS, help_text=DAYS_HELP)
    starts = models.PositiveSmallIntegerField(_("从（分钟）"), default=MORNING, help_text=HOURS_HELP)
    ends = models.PositiveSmallIntegerField(_("到（分钟）"), default=EVENING, help_text=HOURS_HELP)
    since = models.DateField(_("起始日"))
    until = models.DateField(_("终止日"), null=True, blank=True)
    signed_on = models.DateField(_("签领日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("安全岗位")
        ordering = ["id"]
        constraints = [
            ends_after_start(),
            models.CheckConstraint(name="posts_post_days", condition=some_days()),
            models.CheckConstraint(
                name="posts_post_time",
                condition=some_time(),
                violation_error_message=_("结束须晚于开始，且不晚于 1440（24:00）。"),
            ),
            models.CheckConstraint(
                name="posts_post_deputy_is_another",
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("person")),
                violation_error_message=_("替班人须是责任人以外的人。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {days_in_words(self.weekdays)} {self.hours}"

    @property
    def hours(self) -> str:
        """From when until when, as a clock shows it."""
        return span(self.starts, self.ends)


class PostTask(models.Model):
    """A blank of the matrix as a task: by when somebody must be named for it."""

    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT)
    area = in_area(_("学校所在区划"))
    place = models.ForeignKey(SafetyPlace, verbose_name=_("部位"), on_delete=models.PROTECT)
    weekdays = models.PositiveSmallIntegerField(_("星期"), default=SCHOOL_DAYS)
    starts = models.PositiveSmallIntegerField(_("从（分钟）"), default=MORNING)
    ends = models.PositiveSmallIntegerField(_("到（分钟）"), default=EVENING)
    opened_on = models.DateField(_("提出日"))
    due_on = models.DateField(_("落实期限"))
    state = models.CharField(_("状态"), max_length=4, choices=TaskState, default=TaskState.OPEN)
    post = models.ForeignKey(
        Post, verbose_name=_("落实的岗位"), on_delete=models.PROTECT, null=True, blank=True
    )

    class Meta:
        verbose_name = verbose_name_plural = _("补空任务")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="posts_posttask_days", condition=some_days()),
            models.CheckConstraint(name="posts_posttask_time", condition=some_time()),
            models.CheckConstraint(name="posts_posttask_due", condition=Q(due_on__gte=F("opened_on"))),
            models.CheckConstraint(
                name="posts_posttask_done_by_a_post",
                condition=~Q(state=TaskState.DONE) | Q(post__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {days_in_words(self.weekdays)} {span(self.starts, self.ends)}"


class DayConfirmation(models.Model):
    """One school on one day: everybody was at the post, except what was entered as a finding."""

    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT, db_index=False)
    area = in_area(_("学校所在区划"))
    on = models.DateField(_("日期"))
    posts = models.PositiveSmallIntegerField(_("当日岗位数"))
    exceptions = models.PositiveSmallIntegerField(_("异常数"), default=0)
    confirmed_at = models.DateTimeField(_("确认时间"))
    confirmed_by = models.CharField(_("确认人"), max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = _("每日确认")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="posts_dayconfirmation_once_a_day",
                fields=["school", "on"],
                violation_error_message=_("这所学校当天已经确认。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.school}（{self.on}）"


class DutyRecord(models.Model):
    """One thing done of a school's year of safety: a drill, some lessons, a check, a survey, a review."""

    school = models.ForeignKey(
        School, verbose_name=_("学校"), on_delete=models.PROTECT, null=True, blank=True
    )
    kindergarten = models.ForeignKey(
        Kindergarten, verbose_name=_("幼儿园"), on_delete=models.PROTECT, null=True, blank=True
    )
    area = in_area(_("所在区划"))
    kind = models.CharField(_("工作"), max_length=10, choices=DutyKind)
    on = models.DateField(_("日期"))
    amount = models.PositiveSmallIntegerField(_("次数或课时"), default=1)
    people = models.PositiveIntegerField(_("参加人数"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("安全工作记录")
        ordering = ["id"]
        indexes = [models.Index(fields=["school", "kind", "on"], name="posts_dutyrecord_year")]
        constraints = [
            models.CheckConstraint(
                name="posts_dutyrecord_of_one",
                condition=Q(school__isnull=True, kindergarten__isnull=False)
                | Q(school__isnull=False, kindergarten__isnull=True),
                violation_error_message=_("请填写一所学校，或者一所幼儿园。"),
            ),
            models.CheckConstraint(name="posts_dutyrecord_amount", condition=Q(amount__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}（{self.on}）"
