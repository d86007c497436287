"""Groups and pairs of a county with what was done in them, and what one school gave and was given."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from junheng.content.rulebook import HELPING
from junheng.domains.areas.models import Area
from junheng.domains.groups import actions
from junheng.domains.groups.forms import HelpForm
from junheng.domains.groups.models import GroupMember, HelpAction, Pair, SchoolGroup, WeakSchool
from junheng.domains.groups.policies import heads
from junheng.domains.groups.queries import (
    Lately,
    groups_with_last,
    late_answers,
    pairs_with_last,
    relations_of,
    uncovered,
)
from junheng.domains.groups.terms import GroupKind, HelpState
from junheng.domains.schools.models import School
from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.access.scope import within_area
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker, absent, asker_of, forbidden, viewer_of
from junheng.platform.registers.policies import Level
from junheng.platform.spans import holds

MOST = 100
"""Entries of help on one page; the register has the others."""


def sees_groups(request: HttpRequest) -> bool:
    """Whether the menu offers the page: to whoever sees pairs."""
    return asker_of(request).may("view", register_called("pairs"))


def seen(asker: Asker, slug: str, area: str) -> "QuerySet[Any]":
    """The rows of a register that somebody sees, of one county if one was asked for."""
    register = register_called(slug)
    rows = asker.within(register.rows(), register, "view")
    return rows.filter(within_area("area", area)) if area else rows


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The groups and pairs of one's scope, and the weak schools without help; a school is led to its own page."""
    asker = viewer_of(request, register_called("pairs"))
    if asker.stands_at(Level.SCHOOL):
        own = asker.within(School.objects.all(), register_called("schools"), "change").order_by("pk")
        first = list(own.values_list("pk", flat=True)[:2])
        if len(first) == 1:
            return redirect("groups:school", first[0])
    counties = list(Area.objects.filter(kind="county").order_by("code").values_list("code", "name"))
    asked = request.GET.get("area", "")
    area = asked if asked in dict(counties) else ""
    day = asker.day
    groups: QuerySet[SchoolGroup] = seen(asker, "groups", area).filter(kind=GroupKind.COMPULSORY)
    pairs: QuerySet[Pair] = seen(asker, "pairs", area)
    weak: QuerySet[WeakSchool] = seen(asker, "weakschools", area)
    told: QuerySet[HelpAction] = seen(asker, "helpactions", area)
    context = {
        "day": day,
        "area": area,
        "counties": counties,
        "lately": Lately.on(day),
        "groups": groups_with_last(groups, day).order_by("area", "pk"),
        "pairs": pairs_with_last(pairs, day).order_by("area", "pk"),
        "sees_weak": asker.may("view", register_called("weakschools")),
        "uncovered": uncovered(weak, day).order_by("bare", "pk"),
        "late": told.filter(late_answers(day)).order_by("answer_by", "pk")[:MOST],
        "rules": [
            HELPING.confirm_within.on(day),
            HELPING.uncovered_within.on(day),
            HELPING.silent_after.on(day),
        ],
    }
    return render(request, "groups/overview.html", context)


def school_seen(request: HttpRequest, pk: int) -> tuple[Asker, School]:
    """Who asks, and a school of one's own scope; else it is absent. What it gave and was given is on its page."""
    asker = viewer_of(request, register_called("helpactions"))
    return asker, asker.row(register_called("schools"), pk)


@login_required
@require_safe
def school(request: HttpRequest, pk: int) -> HttpResponse:
    """The groups and pairs of one school, and the help it gave and was given."""
    asker, found = school_seen(request, pk)
    day = asker.day
    named = HelpAction.objects.select_related(
        "giver", "taker", "pair__helper", "pair__helped", "member__group", "member__school"
    ).order_by("-on", "-pk")
    context = {
        "school": found,
        "day": day,
        "members": GroupMember.objects.filter(holds(day), school=found).select_related("group").order_by("pk"),
        "helping": pairs_with_last(Pair.objects.filter(helper=found), day).select_related("helped").order_by("pk"),
        "helped": pairs_with_last(Pair.objects.filter(helped=found), day).select_related("helper").order_by("pk"),
        "taken": named.filter(taker=found)[:MOST],
        "given": named.filter(giver=found)[:MOST],
        "may_answer": heads(asker, found.pk),
        "may_write": may_write(asker, found) and bool(relations_of(found, on=day)),
        "open": HelpState.OPEN,
        "within": HELPING.confirm_within.on(day),
    }  # fmt: skip
    return render(request, "groups/school.html", context)


def may_write(asker: Asker, found: School) -> bool:
    """Whether somebody writes for a school what it did."""
    return asker.reaches(found, register_called("schools"), "change")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what a school did for another."""
    asker, found = school_seen(request, pk)
    if not may_write(asker, found):
        raise forbidden()
    relations = relations_of(found, on=asker.day)
    if not relations:
        raise absent()
    form = HelpForm(request.POST if request.method == "POST" else None, relations=relations)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.record_help(found, by=asker.user, at=asker.at, **form.cleaned_data)
            except Refusal as refusal:
                form.add_error(None, sentence_of(refusal))
                status = refusal.status
            else:
                messages.success(request, _("已登记，等待受援学校确认。"))
                return redirect("groups:school", found.pk)
    return render(request, "groups/record.html", {"school": found, "form": form}, status=status)
