"""School groups and their members, pairs, and the schools that need help."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.groups.terms import GroupKind, GroupRole, HelpMode
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
