"""What is unusual about groups of schools."""

from datetime import date

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _

from junheng.domains.groups.models import GroupMember
from junheng.domains.groups.terms import GroupKind, GroupRole
from junheng.platform.quality import Rows, Severity, Sides, reconcile, soft_rule
from junheng.platform.quality.counting import count_of
from junheng.platform.spans import holds


@soft_rule(
    "group-without-lead",
    "groups",
    title=_("集团没有牵头学校"),
    why=_("集团化办学由牵头学校负责；没有牵头学校的集团无人负责。"),
    sentence=_("集团有 {members} 所成员学校，没有牵头学校。"),
    severity=Severity.MEDIUM,
    facts=("members",),
    touches=("members.role",),
    acts=_("县（市、区）教育局明确牵头学校"),
    asked=False,
)
def without_lead(rows: Rows, on: date) -> Rows:
    """Groups that have members, none of whom leads."""
    members = GroupMember.objects.filter(holds(on), group=OuterRef("pk"))
    here = rows.filter(
        Exists(members), ~Exists(members.filter(role=GroupRole.LEAD)), kind=GroupKind.COMPULSORY
    )
    return here.annotate(members=count_of(members))


@reconcile(
    "member-school-closed",
    "members",
    sides=Sides(_("集团成员"), _("学校名录")),
    title=_("集团成员是已撤销的学校"),
    why=_("集团覆盖的学校数会多算。"),
    sentence=_("成员登记仍有效（{left}），学校已撤销（{right}）；以学校名录为准。"),
    severity=Severity.MEDIUM,
    fields=("until",),
    touches=("schools.until",),
    acts=_("县（市、区）教育局写明退出日"),
)
def school_closed(rows: Rows, on: date) -> Rows:
    """The school no longer holds on a day on which its membership does."""
    return rows.filter(school__until__lte=on).annotate(left=F("since"), right=F("school__until"))


@reconcile(
    "weak-school-closed",
    "weakschools",
    sides=Sides(_("薄弱学校清单"), _("学校名录")),
    title=_("薄弱学校清单里有已撤销的学校"),
    why=_("帮扶覆盖率的分母会多算。"),
    sentence=_("清单登记仍有效（{left}），学校已撤销（{right}）；以学校名录为准。"),
    severity=Severity.MEDIUM,
    fields=("until",),
    touches=("schools.until",),
    acts=_("县（市、区）教育局写明移出日"),
)
def weak_school_closed(rows: Rows, on: date) -> Rows:
    """Help is for schools that are there."""
    return rows.filter(school__until__lte=on).annotate(left=F("since"), right=F("school__until"))
