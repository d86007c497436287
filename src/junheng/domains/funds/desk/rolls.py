"""Freezing a roll, looking at one, and what a calculation changed line by line."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from junheng.domains.funds import actions
from junheng.domains.funds.desk.pages import schools_of, viewer
from junheng.domains.funds.forms import FreezeForm
from junheng.domains.funds.models import Derivation, RollFreeze
from junheng.domains.funds.queries import changes, current, doubtful
from junheng.domains.funds.queries.beds import without_bed
from junheng.domains.funds.queries.budgets import equations
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School
from junheng.kernel.errors import Refusal
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.access.refusals import sentence_of
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker, absent, forbidden
from junheng.platform.registers.keys import mask
from junheng.platform.registers.policies import Level
from junheng.platform.registers.values import term_label

PAGE = 30
SHOWN = 200


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: HttpRequest) -> HttpResponse:
    """Freeze the roll of a term."""
    asker = viewer(request)
    if not (asker.may("change", register_called("rollfreezes")) and asker.stands_at(Level.CITY)):
        raise forbidden()
    begins = {"term": str(SchoolTerm.containing(asker.day)), "day": asker.day}
    form = FreezeForm(request.POST if request.method == "POST" else None, initial=begins)
    status = 422 if form.is_bound else 200
    code = ""
    if form.is_valid():
        try:
            asked: dict[str, Any] = form.cleaned_data
            roll = actions.freeze_roll(
                SchoolTerm.parse(asked["term"]),
                day=asked["day"],
                by=asker.user,
                at=asker.at,
                why=asked["why"],
            )
        except Refusal as refusal:
            form.add_error(None, sentence_of(refusal))
            status, code = refusal.status, refusal.code
        else:
            messages.success(request, _("名册已冻结。核对无误后核定公用经费。"))
            return redirect("funds:roll", roll.pk)
    response = render(request, "funds/freeze.html", {"form": form}, status=status)
    if code:
        response["X-Refusal"] = code
    return response


@login_required
@require_safe
def show_roll(request: HttpRequest, pk: int) -> HttpResponse:
    """A frozen roll: what counts, what is held aside, and which schools have boarders without a bed."""
    asker = viewer(request)
    roll = RollFreeze.objects.filter(pk=pk).first()
    if roll is None:
        raise absent()
    mine = asker.within(roll.lines.select_related("school"), register_called("entitlements"), "view")
    asked = Q(held__gt=0) | Q(boarders__gt=0, bedded__lt=F("boarders")) | Q(closed=True)
    twice = asker.within(doubtful(roll), register_called("pupils"), "view")
    derivation = current(roll.term)
    context = {
        "roll": roll,
        "label": term_label(roll.term),
        "lines": mine.filter(asked).order_by("area_id", "school_id", "pk")[:SHOWN],
        "twice": masked(twice.select_related("school").order_by("code_blind", "pk")),
        "derivation": derivation,
        "of_this": derivation is not None and derivation.roll_id == roll.pk,
        "bare": masked(bare_of(roll, asker)),
        "may_derive": asker.reaches(roll, register_called("rollfreezes"), "change"),
    }
    return render(request, "funds/roll.html", context)


def masked(pupils: "QuerySet[Pupil]") -> list[tuple[Pupil, str]]:
    """Pupils with as much of their names as recognises them; the whole is shown by the register, to who says why."""
    return [(one, mask(one.name)) for one in pupils[:SHOWN]]


def bare_of(roll: RollFreeze, asker: Asker) -> "QuerySet[Pupil]":
    """Boarders without a bed on the day of a roll, at the schools that give out their beds pupil by pupil."""
    counted = (
        roll.lines.filter(by_beds=True, bedded__lt=F("boarders")).order_by().values_list("school", flat=True)
    )
    return asker.within(without_bed(roll.day, set(counted)), register_called("pupils"), "view")


def derivation_called(pk: int) -> Derivation:
    """A calculation with its roll and the one before."""
    found = Derivation.objects.filter(pk=pk).select_related("roll", "previous__roll").first()
    if found is None:
        raise absent()
    return found


@login_required
@require_safe
def show_derivation(request: HttpRequest, pk: int) -> HttpResponse:
    """A calculation: its rates and clauses, and what it changed of the one before, line by line and in all."""
    asker = viewer(request)
    derivation = derivation_called(pk)
    mine = schools_of(asker)
    found = changes(
        derivation, School.objects.filter(pk__in=mine.order_by().values("pk")).select_related("area")
    )
    context = {
        "derivation": derivation,
        "label": term_label(derivation.term),
        "settles": term_label(derivation.settle_term) if derivation.settle_term else "",
        "rates": derivation.rates.order_by("pk"),
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "by_count": sum(one.by_count for one in found),
        "by_rate": sum(one.by_rate for one in found),
        "difference": sum(one.difference for one in found),
        "equations": [] if asker.stands_at(Level.SCHOOL) else equations(derivation, found, counties_of(mine)),
        "may_line": asker.may("change", register_called("budgetlines")),
        "can_export": asker.may("export", register_called("entitlements")),
    }
    return render(request, "funds/derivation.html", context)


def counties_of(schools: "QuerySet[School]") -> list[str]:
    """The counties all of whose money somebody sees: a school alone is shown no county's sum."""
    return sorted({area[:6] for area in schools.order_by().values_list("area", flat=True).distinct()})
