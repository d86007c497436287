"""Weeks of a county or the city, the open misses of a level, and a year of one person."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from junheng.domains.areas.models import Area
from junheng.domains.patrols.desk.sheets import week_file
from junheng.domains.patrols.models import Miss
from junheng.domains.patrols.queries import weeks as asking
from junheng.domains.patrols.queries.norms import monday_of, reading_is_certain, reading_on, rules_on
from junheng.domains.patrols.queries.people import leaves_about, misses_of, neglected
from junheng.domains.patrols.terms import OPEN, Reading, Rung
from junheng.domains.people.models import Person
from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import nothing_here
from junheng.platform.access.scope import areas_for, within_area
from junheng.platform.registers import register_called
from junheng.platform.registers.actions import check_may_export, note_export
from junheng.platform.registers.asker import Asker, absent, asker_of
from junheng.platform.registers.exporting import checked_kind

ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see: a week, a reading, and the part of the city within what may be seen."""

    day: date
    monday: date
    reading: Reading
    county: str
    where: tuple[str, ...]
    within: Q

    @property
    def until(self) -> date:
        """The first day of which nobody knows anything yet."""
        return self.day + ONE


def day_of(asker: Asker) -> date:
    """The day of the house."""
    return asker.day


def asked_of(request: HttpRequest, asker: Asker) -> Asked:
    """Read the address. Without a week it is the present one, without a reading that of the rulebook."""
    day = day_of(asker)
    text = request.GET.get("week", "")
    try:
        monday = monday_of(date.fromisoformat(text)) if text else monday_of(day)
    except (ValueError, OverflowError):
        raise Refusal(
            "no-such-week", "「{text}」不是日期。请按 2023-09-04 的格式填写那一周的任一天。", text=text[:20]
        ) from None
    if not 2000 <= monday.year <= 2100:
        raise Refusal(
            "week-too-far", "{day} 离现在太远，没有记录。请选 2000 至 2100 年之间的一周。", day=monday
        )
    where, within = scope_of(asker, county := request.GET.get("area", ""))
    return Asked(day, monday, reading_on(monday, request.GET.get("reading", "")), county, where, within)


def scope_of(asker: Asker, county: str = "") -> tuple[tuple[str, ...], Q]:
    """The counties to be counted and the people to be shown, within what somebody may see."""
    codes = areas_for(asker.user, register_called("misses"), "view", on=asker.today)
    if not codes:
        raise nothing_here()
    if county:
        if not any(county.startswith(code) for code in codes) or not Area.objects.filter(pk=county).exists():
            raise absent()
        codes = [county]
    if settings.JUNHENG_CITY in codes:
        return (), Q()
    within = Q()
    for code in codes:
        within |= within_area("area", code)
    return tuple(sorted({code[: asking.COUNTY] for code in codes})), within


@login_required
@require_safe
def weeks(request: HttpRequest) -> HttpResponse:
    """One week: who owed what, did what, missed what, in whose place; sums by level and by county."""
    asker = asker_of(request)
    asked = asked_of(request, asker)
    lines = asking.week(
        asked.monday, where=asked.where, within=asked.within, until=asked.until, reading=asked.reading
    )
    counties = (
        list(Area.objects.filter(kind="county").order_by("code")) if not asked.where or asked.county else []
    )
    context = {
        "asked": asked,
        "readings": Reading.choices,
        "in_force": asked.reading == reading_on(asked.monday),
        "certain": reading_is_certain(asked.monday),
        "days": asking.days_of(asked.monday),
        "before": asked.monday - 7 * ONE,
        "after": asked.monday + 7 * ONE,
        "running": asked.monday + 6 * ONE >= asked.day,
        "lines": lines,
        "totals": asking.totals(lines),
        "counties": [
            (one, asking.total_of(line.total for line in lines if line.person.area_id.startswith(one.code)))
            for one in counties
        ],
        "rules": rules_on(asked.monday),
        "may_export": asker.may("export", register_called("misses")),
    }
    return render(request, "patrols/weeks.html", context)


@login_required
@require_safe
def week_export(request: HttpRequest) -> FileResponse:
    """The same week as a file; that it left is noted."""
    asker = asker_of(request)
    asked = asked_of(request, asker)
    register = register_called("misses")
    check_may_export(register, asker)
    kind = checked_kind(request.GET.get("format", "xlsx"))
    lines = asking.week(
        asked.monday, where=asked.where, within=asked.within, until=asked.until, reading=asked.reading
    )
    made = week_file(lines, kind, monday=asked.monday, reading=asked.reading, asker=asker)
    note_export(register, asker=asker, facts=made.facts, why="")
    response = FileResponse(made.file, as_attachment=True, filename=made.name, content_type=made.content_type)
    response["X-Rows"] = str(made.facts["rows"])
    return response


@login_required
@require_safe
def misses(request: HttpRequest) -> HttpResponse:
    """What is still open, and up to which level it was told: the longest open first."""
    asker = asker_of(request)
    _where, _within = scope_of(asker)
    rung = request.GET.get("rung", "")
    rows = asker.within(Miss.objects.all(), register_called("misses"), "view").filter(state__in=OPEN)
    if rung in Rung.values:
        rows = rows.filter(escalations__rung=rung)
    listed = rows.select_related("person", "area").prefetch_related("escalations").order_by("monday", "pk")
    count = rows.count()
    context = {
        "rows": listed[:SHOWN],
        "count": count,
        "rung": rung,
        "rungs": Rung.choices,
        "day": day_of(asker),
    }
    return render(request, "patrols/misses.html", context)


SHOWN = 200
"""Open misses that one page lists; the register has them all."""


@login_required
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """A year of one person, week by week, with waters, leaves and misses."""
    asker = asker_of(request)
    _where, within = scope_of(asker)
    found = Person.objects.select_related("area").filter(within, pk=pk).first()
    if found is None:
        raise absent()
    return render(request, "patrols/person.html", year_of(request, found, asker))


def year_of(request: HttpRequest, one: Person, asker: Asker) -> dict[str, Any]:
    """What a page shows of one person's year."""
    day = day_of(asker)
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and 2000 <= int(text[:5]) <= 2100 else day.year
    reading = reading_on(day, request.GET.get("reading", ""))
    missed = misses_of(one)
    cells = asking.year(one, of=year, until=day + ONE, reading=reading, misses=missed)
    return {
        "person": one,
        "day": day,
        "year": year,
        "reading": reading,
        "readings": Reading.choices,
        "cells": cells,
        "whole": asking.total_of(cell.total for cell in cells if cell.state in {"met", "missed"}),
        "weeks_missed": sum(cell.state == "missed" for cell in cells),
        "width": len(cells) * asking.WIDTH,
        "tall": asking.TALL,
        "waters": neglected(one, on=day),
        "leaves": leaves_about(one, on=day),
        "misses": missed,
    }
