"""The steps of a finding on its page, what is open on the pages of places, and the list of what is overdue."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.db.models.functions import Substr
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from junheng.domains.areas.models import Area
from junheng.domains.areas.terms import AreaKind
from junheng.domains.findings import queries
from junheng.domains.findings.models import Finding
from junheng.domains.findings.terms import FindingState, Severity
from junheng.domains.kindergartens.models import Kindergarten
from junheng.domains.schools.models import School
from junheng.domains.waters.models import Water
from junheng.kernel.errors import Refusal
from junheng.platform.registers import Register, every_register, register_called
from junheng.platform.registers.addresses import address_of
from junheng.platform.registers.asker import Asker, asker_of, viewer_of
from junheng.platform.registers.panels import Panel, panel

PAGE = 50
SHOWN = 8
"""Findings that the page of a place names; the list names all."""
PLACES: Mapping[type, str] = {School: "school", Kindergarten: "kindergarten", Water: "water"}


@panel("list", order=40)
def to_the_overdue(_request: HttpRequest, register: Register[Any], _row: Any) -> Panel | None:
    """On the list of findings: where the overdue ones of the whole city are."""
    return Panel("findings/_overdue.html", {}) if register.model is Finding else None


@panel("detail", order=5)
def how_far(request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """On the page of a finding: how far it is, by when, where it came from, and every step."""
    if register.model is not Finding:
        return None
    asker = asker_of(request)
    day = settings.JUNHENG_AS_OF or asker.today
    context = {
        "finding": row,
        "steps": list(row.steps.all()),
        "stages": [(label, value == row.state) for value, label in FindingState.choices],
        "late": max(0, (day - row.due_on).days) if row.state == FindingState.OPEN else 0,
        "source": source_of(row, asker),
        "certain": queries.limits_certain(row.found_on),
    }
    return Panel("findings/_finding.html", context)


def source_of(finding: Finding, asker: Asker) -> tuple[str, str]:
    """The name of the register a finding came from, and where its row is; no address for who may not see it."""
    found = every_register().get(finding.source)
    if found is None:
        return finding.source, ""
    seen = asker.may("view", found) and finding.source_row > 0
    return found.label, address_of(finding.source, finding.source_row) if seen else ""


@panel("detail", order=20)
def open_here(request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """On the page of a school, a kindergarten or a water: what is not closed there, the worst and oldest first."""
    path = PLACES.get(register.model)
    asker = asker_of(request)
    own = register_called("findings")
    if path is None or not asker.may("view", own):
        return None
    rows = asker.within(queries.unclosed(**{path: row}), own, "view")
    found = sorted(rows, key=lambda one: (queries.WORST_FIRST[Severity(one.severity)], one.due_on, one.pk))
    context = {
        "findings": found[:SHOWN],
        "count": len(found),
        "day": settings.JUNHENG_AS_OF or asker.today,
        "path": path,
        "row": row,
    }
    return Panel("findings/_open.html", context)


@login_required
@require_safe
def overdue(request: HttpRequest) -> HttpResponse:
    """What is overdue in the whole city, before everybody who works with findings anywhere: the longest overdue first.

    This list alone is not narrowed to one's own places; what stands behind a line is.
    """
    own = register_called("findings")
    asker = viewer_of(request, own)
    day = settings.JUNHENG_AS_OF or asker.today
    units = dict(Area.objects.filter(kind=AreaKind.COUNTY).values_list("code", "name"))
    unit = request.GET.get("unit", "")
    if unit and unit not in units:
        raise Refusal("unknown-unit", "没有代码为“{unit}”的县（市、区）。请重新选择。", unit=unit[:12])
    by_unit = queries.counts_by(Finding.objects.annotate(unit=Substr("area_id", 1, 6)), "unit", on=day)
    rows = queries.overdue(day, area=unit).select_related("school", "kindergarten", "water", "area")
    paginator = Paginator(rows, PAGE)
    paginator.count = sum(one.overdue for code, one in by_unit.items() if unit in {"", code})
    page = paginator.get_page(request.GET.get("page"))
    mine = set(seen(asker, own, [one.pk for one in page.object_list]).values_list("pk", flat=True))
    context = {
        "lines": [(one, (day - one.due_on).days, one.pk in mine) for one in page.object_list],
        "page": page,
        "day": day,
        "unit": unit,
        "units": units,
        "by_unit": [(code, name, by_unit[code]) for code, name in sorted(units.items()) if code in by_unit],
        "certain": queries.limits_certain(day),
    }
    return render(request, "findings/overdue.html", context)


def seen(asker: Asker, register: Register[Any], numbers: list[int]) -> "QuerySet[Finding]":
    """Those of some findings whose own pages somebody may open."""
    return asker.within(Finding.objects.filter(pk__in=numbers), register, "view")
