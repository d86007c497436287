"""What stands beside a weak school, a group, a pair and any school: who helps, with what, and since when nobody does."""

from typing import Any

from django.db.models import OuterRef
from django.http import HttpRequest

from junheng.content.rulebook import HELPING
from junheng.domains.groups.models import (
    GroupMember,
    HelpAction,
    KindergartenMember,
    Pair,
    SchoolGroup,
    WeakProgress,
    WeakSchool,
)
from junheng.domains.groups.queries import last_confirmed, supporters, uncovered
from junheng.domains.groups.terms import GroupKind, HelpState
from junheng.domains.schools.models import School
from junheng.platform.registers import Register, register_called
from junheng.platform.registers.asker import asker_of
from junheng.platform.registers.panels import Panel, panel
from junheng.platform.registers.values import term_label
from junheng.platform.spans import holds

MOST = 40


@panel("detail", order=20)
def beside_a_weak_school(request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """Whoever sees the row sees this."""
    if register.model is not WeakSchool:
        return None
    day = asker_of(request).day
    bare = uncovered(WeakSchool.objects.filter(pk=row.pk), day).values_list("bare", flat=True).first()
    return Panel(
        "groups/_weak.html",
        {
            "weak": row,
            "bare": bare,
            "within": HELPING.uncovered_within.on(day),
            "supporters": [] if bare else supporters(row.school, on=day),
            "progress": [
                (term_label(one.term), one)
                for one in WeakProgress.objects.filter(weak=row).order_by("-term", "criterion", "pk")[:MOST]
            ],
        },
    )


@panel("detail", order=25)
def beside_a_school(request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """The way to the page of its groups and pairs, for whoever sees help given."""
    if register.model is not School or not asker_of(request).may("view", register_called("helpactions")):
        return None
    return Panel("groups/_school.html", {"row": row})


@panel("detail", order=22)
def beside_a_group_or_a_pair(request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """Who is in a group, how it is led, and what was done, as far as somebody sees members and help."""
    if register.model not in {SchoolGroup, Pair}:
        return None
    asker = asker_of(request)
    day = asker.day
    done = asker.within(HelpAction.objects.all(), register_called("helpactions"), "view")
    members: Any = []
    if register.model is SchoolGroup and row.kind == GroupKind.KINDERGARTEN:
        slug = "kindergartenmembers"
        seen = asker.within(
            KindergartenMember.objects.filter(holds(day), group=row), register_called(slug), "view"
        )
        return Panel(
            "groups/_nursery.html", {"members": seen.select_related("kindergarten").order_by("role", "pk")}
        )
    if register.model is SchoolGroup:
        done = done.filter(member__group=row)
        own = HelpAction.objects.filter(state=HelpState.CONFIRMED, member=OuterRef("pk"))
        members = asker.within(
            GroupMember.objects.filter(holds(day), group=row), register_called("members"), "view"
        )
        members = (
            members.annotate(last=last_confirmed(own, day)).select_related("school").order_by("role", "pk")
        )
    else:
        done = done.filter(pair=row)
    actions = done.select_related("giver", "taker").order_by("-on", "-pk")[:MOST]
    return Panel(
        "groups/_done.html", {"members": members, "actions": actions, "group": register.model is SchoolGroup}
    )
