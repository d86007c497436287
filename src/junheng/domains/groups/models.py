"""School groups and their members, pairs, what was done in them, and the schools that need help."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.groups.terms import (
    GroupKind,
    GroupRole,
    HelpKind,
    HelpMode,
    HelpReason,
    HelpState,
    WeakCriterion,
)
from junheng.domains.kindergartens.models import Kindergarten
from junheng.domains.schools.models import School
from junheng.platform.spans import ends_after_start


class SchoolGroup(models.Model):
    """One group of schools while it exists; a merged group keeps its row and names its heir."""

    code = models.CharField(_("集团编号"), max_length=20, unique=True)
    name = models.CharField(_("集团名称"), max_length=80, db_index=True)
    area = in_area(_("所在区划"))
    kind = models.CharField(_("类别"), max_length=12, choices=GroupKind)
    mode = models.CharField(_("办学模式"), max_length=12, choices=HelpMode, default=HelpMode.ALLIED)
    since = models.DateField(_("成立日"))
    until = models.DateField(_("终止日"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", verbose_name=_("并入集团"), on_delete=models.PROTECT, null=True, blank=True
    )
    split_from = models.ForeignKey(
        "self",
        verbose_name=_("分出自集团"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="split_off",
    )
    end_number = models.CharField(_("终止文号"), max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("教育集团")
        ordering = ["id"]
        constraints = [
            ends_after_start(),
            models.CheckConstraint(
                name="groups_schoolgroup_merged_is_ended",
                condition=Q(merged_into__isnull=True) | Q(until__isnull=False),
                violation_error_message=_("并入其他集团的须写明终止日。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GroupMember(models.Model):
    """One school's place in one group."""

    group = models.ForeignKey(SchoolGroup, verbose_name=_("集团"), on_delete=models.PROTECT, db_index=False)
    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT)
    area = in_area(_("所在区划"))
    role = models.CharField(_("角色"), max_length=8, choices=GroupRole)
    mode = models.CharField(_("办学模式"), max_length=12, choices=HelpMode, blank=True)
    reason = models.CharField(_("带动方式"), max_length=12, choices=HelpReason, blank=True)
    since = models.DateField(_("加入日"))
    until = models.DateField(_("退出日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("集团成员")
        ordering = ["id"]
        constraints = [
            ends_after_start(),
            models.UniqueConstraint(
                name="groups_groupmember_since",
                fields=["group", "school", "since"],
                violation_error_message=_("这所学校同一天已加入这个集团。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}：{self.school}"


class KindergartenMember(models.Model):
    """One kindergarten's place in one group of kindergartens."""

    group = models.ForeignKey(SchoolGroup, verbose_name=_("集团"), on_delete=models.PROTECT, db_index=False)
    kindergarten = models.ForeignKey(Kindergarten, verbose_name=_("幼儿园"), on_delete=models.PROTECT)
    area = in_area(_("所在区划"))
    role = models.CharField(_("角色"), max_length=8, choices=GroupRole)
    mode = models.CharField(_("办园模式"), max_length=12, choices=HelpMode)
    reason = models.CharField(_("带动方式"), max_length=12, choices=HelpReason, blank=True)
    since = models.DateField(_("加入日"))
    until = models.DateField(_("退出日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("集团成员园")
        ordering = ["id"]
        constraints = [
            ends_after_start(),
            models.UniqueConstraint(
                name="groups_kindergartenmember_since",
                fields=["group", "kindergarten", "since"],
                violation_error_message=_("这所幼儿园同一天已加入这个集团。"),
            ),
            models.UniqueConstraint(
                name="groups_kindergartenmember_one_lead",
                fields=["group"],
                condition=Q(role=GroupRole.LEAD, until__isnull=True),
                violation_error_message=_("这个集团已有牵头园。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}：{self.kindergarten}"


class Pair(models.Model):
    """One helping school and one helped school."""

    code = models.CharField(_("结对编号"), max_length=20, unique=True)
    helper = models.ForeignKey(
        School, verbose_name=_("帮扶学校"), on_delete=models.PROTECT, related_name="pairs_as_helper"
    )
    helped = models.ForeignKey(
        School, verbose_name=_("受援学校"), on_delete=models.PROTECT, related_name="pairs_as_helped"
    )
    area = in_area(_("受援学校区划"))
    mode = models.CharField(_("帮扶方式"), max_length=12, choices=HelpMode, default=HelpMode.ALLIED)
    reason = models.CharField(_("带动方式"), max_length=12, choices=HelpReason, blank=True)
    since = models.DateField(_("结对日"))
    until = models.DateField(_("终止日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("结对帮扶")
        ordering = ["id"]
        constraints = [
            ends_after_start(),
            models.CheckConstraint(
                name="groups_pair_two_schools",
                condition=~Q(helper=F("helped")),
                violation_error_message=_("学校不能与自己结对。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.helper} → {self.helped}"


class WeakSchool(models.Model):
    """A school listed as weak from one day to another, so that help reaches it; never public."""

    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT)
    area = in_area(_("所在区划"))
    short_of_teachers = models.BooleanField(WeakCriterion.TEACHERS.label, default=False)
    losing_pupils = models.BooleanField(WeakCriterion.PUPILS.label, default=False)
    poor_equipment = models.BooleanField(WeakCriterion.EQUIPMENT.label, default=False)
    poor_teaching = models.BooleanField(WeakCriterion.TEACHING.label, default=False)
    poor_management = models.BooleanField(WeakCriterion.MANAGEMENT.label, default=False)
    reason = models.CharField(_("列入原因"), max_length=120, blank=True)
    since = models.DateField(_("列入日"))
    until = models.DateField(_("移出日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("薄弱学校")
        ordering = ["id"]
        constraints = [
            ends_after_start(),
            models.UniqueConstraint(
                name="groups_weakschool_one_open",
                fields=["school"],
                condition=Q(until__isnull=True),
                violation_error_message=_("这所学校已在清单上。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.school)

    @property
    def criteria(self) -> list[WeakCriterion]:
        """For what the school is listed, in the order of the words."""
        return [one for one in WeakCriterion if getattr(self, one.value)]


class WeakProgress(models.Model):
    """What was done in one term about one criterion of a weak school, and whether it is met no more."""

    weak = models.ForeignKey(WeakSchool, verbose_name=_("薄弱学校"), on_delete=models.PROTECT, db_index=False)
    area = in_area(_("所在区划"))
    term = models.CharField(_("学期"), max_length=5)
    criterion = models.CharField(_("列入标准"), max_length=20, choices=WeakCriterion)
    what = models.CharField(_("做了什么"), max_length=160)
    mended = models.BooleanField(_("已经改善"), default=False)
    noted_on = models.DateField(_("登记日"))

    class Meta:
        verbose_name = verbose_name_plural = _("薄弱学校进展")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="groups_weakprogress_once_a_term",
                fields=["weak", "term", "criterion"],
                violation_error_message=_("这所学校这个学期的这一条已经登记过。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weak}（{self.term}）"


class HelpAction(models.Model):
    """One thing that a school did for another in a pair or in a group, and what the helped school says of it."""

    pair = models.ForeignKey(Pair, verbose_name=_("结对"), on_delete=models.PROTECT, null=True, blank=True)
    member = models.ForeignKey(
        GroupMember, verbose_name=_("集团成员"), on_delete=models.PROTECT, null=True, blank=True
    )
    giver = models.ForeignKey(
        School, verbose_name=_("帮扶学校"), on_delete=models.PROTECT, related_name="help_given"
    )
    taker = models.ForeignKey(
        School, verbose_name=_("受援学校"), on_delete=models.PROTECT, related_name="help_taken"
    )
    area = in_area(_("受援学校区划"))
    kind = models.CharField(_("行动"), max_length=10, choices=HelpKind)
    on = models.DateField(_("行动日"))
    people = models.PositiveIntegerField(_("参与人数"))
    what = models.CharField(_("内容"), max_length=160, help_text=_("写明做了什么；不写教师和学生的姓名。"))
    written_on = models.DateField(_("登记日"))
    written_by = models.CharField(_("登记人"), max_length=60)
    answer_by = models.DateField(_("确认期限"))
    state = models.CharField(_("状态"), max_length=10, choices=HelpState, default=HelpState.OPEN)
    answered_on = models.DateField(_("答复日"), null=True, blank=True)
    answered_by = models.CharField(_("答复人"), max_length=60, blank=True)
    answer = models.CharField(_("答复"), max_length=160, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("帮扶行动")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="groups_helpaction_pair_or_member",
                condition=Q(pair__isnull=True, member__isnull=False)
                | Q(pair__isnull=False, member__isnull=True),
            ),
            models.CheckConstraint(name="groups_helpaction_two_schools", condition=~Q(giver=F("taker"))),
            models.CheckConstraint(
                name="groups_helpaction_answered",
                condition=Q(state=HelpState.OPEN, answered_on__isnull=True, answered_by="")
                | ~Q(state=HelpState.OPEN) & Q(answered_on__isnull=False) & ~Q(answered_by=""),
            ),
            models.CheckConstraint(
                name="groups_helpaction_not_by_oneself",
                condition=Q(answered_by="") | ~Q(answered_by=F("written_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}（{self.on}）"
