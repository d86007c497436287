"""The rounds over time, and the page of one round: how far it is, and who is still waited for."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from junheng.domains.safety.models import ResultNotice, RoundPlan, Sheet
from junheng.domains.safety.policies import NOTICES, SHEETS, fills, readable
from junheng.domains.safety.queries import (
    counties_of,
    progress_by_round,
    progress_of,
    reports_of,
    rounds_seen,
    told,
    total,
    window_state,
)
from junheng.domains.safety.terms import CheckLevel, RoundState, SheetState
from junheng.kernel.errors import NotFound
from junheng.platform.access.scope import within_area
from junheng.platform.registers.asker import Asker, viewer_of

PAGE = 50
LATEST = 6
"""Rounds that are compared over time."""
SHOWN = {SheetState.DUE: "warn", SheetState.DRAFT: "calm", SheetState.SENT: "good"}


def inspector(request: HttpRequest) -> Asker:
    """Whoever has to do with rounds at all."""
    return viewer_of(request, SHEETS)


def plan_called(code: str) -> RoundPlan:
    """A round that was opened; before that it is not there for anybody but its section."""
    plan = rounds_seen().filter(round__code=code).select_related("round__area").first()
    if plan is None:
        raise NotFound("no-such-round", "没有找到这一轮检查，或者它还没有开始。请从检查轮次的列表进入。")
    return plan


@login_required
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """The latest rounds beside each other."""
    asker = inspector(request)
    plans = list(rounds_seen()[:LATEST])
    inside = asker.within(Sheet.objects.filter(round__in=[one.round_id for one in plans]), SHEETS, "view")
    counted = progress_by_round(inside)
    reports = reports_of(readable(asker, inside))
    own = own_sheets(inside, asker)
    lines = [
        {
            "plan": plan,
            "levels": [
                (CheckLevel(level).label, part)
                for level, part in total(counted.get(plan.round_id, {}).values()).items()
            ],
            "tables": told(reports[plan.round_id].tables) if plan.round_id in reports else [],
            "own": own.get(plan.round_id),
        }
        for plan in plans
    ]
    return render(request, "safety/rounds.html", {"lines": lines})


def own_sheets(rows: Any, asker: Asker) -> dict[int, Sheet]:
    """For whoever is of a school: the sheet about it in each round."""
    schools = [one.school for one in asker.granting(SHEETS, "view") if one.school is not None]
    if not schools:
        return {}
    return {
        one.round_id: one
        for one in rows.filter(level=CheckLevel.SELF, school__in=schools).select_related("school")
    }


@login_required
@require_safe
def one_round(request: HttpRequest, code: str) -> HttpResponse:
    """How far a round is, by county and level, and its schools."""
    asker = inspector(request)
    plan = plan_called(code)
    inside = asker.within(Sheet.objects.filter(round=plan.round), SHEETS, "view")
    counted = progress_of(inside)
    names = counties_of(counted)
    county = request.GET.get("county", "")
    level = request.GET.get("level", CheckLevel.SELF.value)
    level = level if level in CheckLevel.values else CheckLevel.SELF.value
    rows = inside.filter(level=level)
    if county in counted:
        rows = rows.filter(within_area("area", county))
    if "waiting" in request.GET:
        rows = rows.exclude(state=SheetState.SENT)
    rows = rows.select_related("school", "area", "by_area").order_by("area_id", "school__code")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    windows = [
        (one.label, *plan.window(one), window_state(plan, one, on=asker.today))
        for one in CheckLevel
        if plan.window(one)[0] is not None
    ]
    context = {
        "plan": plan,
        "round": plan.round,
        "windows": windows,
        "counties": [(code, names[code], total([counted[code]])) for code in names],
        "all": total(counted.values()),
        "levels": [(one.value, one.label, total(counted.values()).get(one.value)) for one in CheckLevel],
        "county": county,
        "level": level,
        "waiting": "waiting" in request.GET,
        "page": page,
        "tones": SHOWN,
        "readable": set(
            readable(asker, Sheet.objects.filter(pk__in=[one.pk for one in page])).values_list(
                "pk", flat=True
            )
        ),
        "fills": fillable(page, asker, plan),
        "notices": notices_for(plan, asker),
    }
    return render(request, "safety/round.html", context)


def fillable(page: Any, asker: Asker, plan: RoundPlan) -> set[int]:
    """Of the shown sheets those that whoever asks fills in."""
    if plan.state != RoundState.OPEN:
        return set()
    grants = asker.granting(SHEETS, "view")
    return {one.pk for one in page if any(fills(one, grant) for grant in grants)}


def notices_for(plan: RoundPlan, asker: Asker) -> list[ResultNotice]:
    """What was sent to the counties in the scope."""
    if plan.state != RoundState.CLOSED:
        return []
    rows = ResultNotice.objects.filter(round=plan.round).select_related("area").order_by("area_id")
    return list(asker.within(rows, NOTICES, "view"))
