"""Questions about groups and pairs: what was done in them and when last, and which weak schools have no help, since when."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Count,
    DateField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce, Greatest, Least

from junheng.content.rulebook import HELPING
from junheng.domains.groups.models import GroupMember, HelpAction, Pair, SchoolGroup, WeakSchool
from junheng.domains.groups.terms import GroupKind, GroupRole, HelpState
from junheng.domains.schools.models import School
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.spans import holds

CONFIRMED = HelpAction.objects.filter(state=HelpState.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Lately:
    """From when on help counts as lately: the first day of the term, and as many days back as the limit says."""

    term: date
    paper: date

    @classmethod
    def on(cls, day: date) -> "Lately":
        """As of a day."""
        silent = HELPING.silent_after.on(day).value
        return cls(SchoolTerm.containing(day).first, day - timedelta(days=silent))


def relations_of(giver: School, *, on: date) -> list[Pair | GroupMember]:
    """The pairs in which a school helps on a day, and the other members of its groups."""
    pairs = Pair.objects.filter(holds(on), helper=giver).select_related("helper", "helped").order_by("pk")
    own = GroupMember.objects.filter(holds(on), school=giver).values("group")
    others = GroupMember.objects.filter(
        holds(on), holds(on, since="group__since", until="group__until"), group__in=own
    )
    others = others.exclude(school=giver).select_related("group", "school").order_by("group", "pk")
    return [*pairs, *others]


def last_confirmed(actions: "QuerySet[HelpAction]", on: date) -> Subquery:
    """The day of the last action that the helped school confirmed, up to a day; of what the filter leads to."""
    found = actions.filter(on__lte=on).order_by("-on").values("on")[:1]
    return Subquery(found, output_field=DateField())


def pairs_with_last(pairs: "QuerySet[Pair]", on: date) -> "QuerySet[Pair]":
    """The pairs of a day with ``last``: when help was confirmed last."""
    return pairs.filter(holds(on)).annotate(last=last_confirmed(CONFIRMED.filter(pair=OuterRef("pk")), on))


def silent_pairs(pairs: "QuerySet[Pair]", on: date) -> "QuerySet[Pair]":
    """The pairs of a day in which nothing was confirmed this term."""
    done = CONFIRMED.filter(pair=OuterRef("pk"), on__gte=SchoolTerm.containing(on).first, on__lte=on)
    return pairs.filter(holds(on), ~Exists(done))


def groups_with_last(groups: "QuerySet[SchoolGroup]", on: date) -> "QuerySet[SchoolGroup]":
    """The groups of a day with their lead, how many schools are in them, what was confirmed this term, and when last."""
    members = GroupMember.objects.filter(holds(on), group=OuterRef("pk"))
    counted = members.order_by().values("group").annotate(number=Count("pk")).values("number")
    term = CONFIRMED.filter(member__group=OuterRef("pk"), on__gte=SchoolTerm.containing(on).first, on__lte=on)
    return groups.filter(holds(on)).annotate(
        lead=Subquery(members.filter(role=GroupRole.LEAD).values("school__name")[:1]),
        schools=Coalesce(Subquery(counted), 0),
        done=Coalesce(
            Subquery(term.order_by().values("member__group").annotate(n=Count("pk")).values("n")), 0
        ),
        last=last_confirmed(CONFIRMED.filter(member__group=OuterRef("pk")), on),
    )


def members_helped(on: date) -> "QuerySet[GroupMember]":
    """The memberships by which a school is helped on a day: members, not leads, of groups of compulsory schools."""
    return GroupMember.objects.filter(
        holds(on),
        holds(on, since="group__since", until="group__until"),
        role=GroupRole.MEMBER,
        group__kind=GroupKind.COMPULSORY,
    )


def uncovered(weak: "QuerySet[WeakSchool]", on: date) -> "QuerySet[Any]":
    """The weak schools of a day without help, told from the records as they are now, with ``bare``: since when.

    That is the day on which the last help ended, or the day of listing where there was none since.
    """
    pairs = Pair.objects.filter(helped=OuterRef("school"), until__lte=on).order_by().values("helped")
    members = GroupMember.objects.filter(
        school=OuterRef("school"), role=GroupRole.MEMBER, group__kind=GroupKind.COMPULSORY, since__lte=on
    )
    ended = Least(Coalesce("until", "group__until"), Coalesce("group__until", "until"))
    of_members = members.order_by().values("school").annotate(end=Max(ended)).values("end")
    return weak.filter(
        holds(on),
        ~Exists(Pair.objects.filter(holds(on), helped=OuterRef("school"))),
        ~Exists(members_helped(on).filter(school=OuterRef("school"))),
    ).annotate(
        bare=Greatest(
            F("since"),
            Coalesce(Subquery(pairs.annotate(end=Max("until")).values("end")), F("since")),
            Coalesce(Subquery(of_members), F("since")),
        )
    )


def supporters(school: School, *, on: date) -> list[str]:
    """Who helps a school on a day: the helpers of its pairs, and the leads of its groups."""
    pairs = (
        Pair.objects.filter(holds(on), helped=school).order_by("pk").values_list("helper__name", flat=True)
    )
    groups = members_helped(on).filter(school=school).values("group")
    leads = GroupMember.objects.filter(holds(on), group__in=groups, role=GroupRole.LEAD).order_by("pk")
    return list(dict.fromkeys([*pairs, *leads.values_list("school__name", flat=True)]))


def late_answers(on: date) -> Q:
    """Entries of help that the helped school disputes, or did not answer in time."""
    return Q(state=HelpState.DISPUTED) | Q(state=HelpState.OPEN, answer_by__lt=on)
