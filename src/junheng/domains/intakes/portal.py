"""Public pages: every admission of the city, and one published plan with its rules, schools, catchments and versions."""

from itertools import pairwise
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from junheng.domains.intakes.models import Intake, PlanVersion
from junheng.domains.intakes.policies.addresses import Point, point_of, school_around, school_of
from junheng.domains.intakes.policies.sharing import owner, sharing
from junheng.domains.intakes.queries.document import differences
from junheng.domains.intakes.queries.lists import lines
from junheng.domains.intakes.terms import Circumstance, Parity, Ties, VersionState, Who
from junheng.kernel.admission.problem import canonical
from junheng.kernel.errors import NotFound

HUES = 6
"""Colours of outlines on the map, in turn."""


@require_safe
def every_intake(request: HttpRequest) -> HttpResponse:
    """Who has published, who has not, and where each plan is."""
    year = (
        Intake.objects.order_by("-year").values_list("year", flat=True).first() or timezone.localdate().year
    )
    found = lines(Intake.objects.filter(year=year), at=timezone.now())
    late = sum(one.late for one in found)
    return render(request, "intakes/list.html", {"lines": found, "year": year, "late": late})


def published(code: str, number: int | None = None) -> tuple[PlanVersion, list[PlanVersion]]:
    """A published version (the one in force where no number is said) with all that were published."""
    versions = list(
        PlanVersion.objects.filter(intake__code=code)
        .exclude(state=VersionState.DRAFT)
        .select_related("intake__area")
        .order_by("-number")
    )
    wanted = [one for one in versions if number is None or one.number == number]
    if not wanted:
        raise NotFound("no-such-plan", "没有找到这个招生计划，或者它还没有公布。请到招生计划列表查看。")
    return wanted[0], versions


@require_safe
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """A plan as everybody reads it."""
    version, versions = published(code)
    document: dict[str, Any] = version.document or {}
    address = request.GET.get("address", "").strip()[:80]
    at = request.GET.get("at", "").strip()[:40]
    point = point_of(at)
    steps = [
        (new, old, differences(without(old.document), without(new.document)))
        for new, old in pairwise(versions)
    ]
    context = {
        "version": version,
        "intake": version.intake,
        "document": document,
        "schools": [shown(one) for one in document["schools"]],
        "categories": [(one, words(one["needs"])) for one in document["categories"]],
        "papers": [(Circumstance(one["circumstance"]).label, one) for one in document["papers"]],
        "address": address,
        "at": at,
        "point": point,
        "found": schools_at(document["schools"], address, point),
        "steps": steps,
        "places": sum(one["places"] for one in document["schools"]),
        "outlines": outlines(document["schools"], point),
        "shares": any(one.get("zone") for one in document["schools"]),
    }
    return render(request, "intakes/public.html", context)


def schools_at(schools: list[dict[str, Any]], address: str, point: Point | None) -> list[dict[str, Any]]:
    """The schools of an address, or of a place that was picked on the map: one, or all that share its catchment."""
    public = [one for one in schools if not one["private"]]
    one = school_of(public, address) if address else school_around(public, point) if point else None
    if one is None:
        return []
    together = sharing(public)[one["code"]]
    return [each for each in public if each["code"] in together]


def shown(school: dict[str, Any]) -> dict[str, Any]:
    """A school of a document with its groups and catchments in words."""
    groups = [
        one | {"who_word": Who(one["who"]).label, "ties_word": Ties(one["ties"]).label}
        for one in school["groups"]
    ]
    return school | {"group_rows": groups, "pieces": [piece_word(one) for one in school["catchments"]]}


def piece_word(piece: dict[str, Any]) -> str:
    """One piece of a catchment as people read it."""
    if piece["community"]:
        return str(piece["community"])
    if not piece["street"]:
        return _("地图所示范围")
    numbers = (
        f"{piece['low'] or 1}–{piece['high']}"
        if piece["high"]
        else f"{piece['low']}–"
        if piece["low"]
        else ""
    )
    return f"{piece['street']} {numbers} {Parity(piece['parity']).label}".replace("  ", " ")


def without(document: Any) -> Any:
    """A document without what always differs."""
    return {key: value for key, value in document.items() if key not in {"version", "reason"}}


def words(needs: list[str]) -> str:
    """What a category needs, as people say it."""
    return "、".join(str(Circumstance(one).label) for one in needs)


def outlines(schools: list[dict[str, Any]], point: Point | None = None) -> dict[str, Any]:
    """The outlines of catchments as a drawing: longitude to the right, latitude upwards, whole numbers.

    With where the drawing lies, so that a place picked on it is one on the ground, and the place that was picked.
    """
    rings = [
        (owner(one), piece["outline"]) for one in schools for piece in one["catchments"] if piece["outline"]
    ]
    if not rings:
        return {}
    xs = [x for _name, ring in rings for x, _y in ring]
    ys = [y for _name, ring in rings for _x, y in ring]
    left, top = min(xs), max(ys)
    wide, high = max(xs) - left or 1, top - min(ys) or 1
    scale = max(wide, high)
    drawn = []
    hues = {name: number % HUES for number, name in enumerate(dict.fromkeys(name for name, _ring in rings))}
    for name, ring in rings:
        points = [((x - left) * 1000 // scale, (top - y) * 1000 // scale) for x, y in ring]
        middle = (sum(x for x, _ in points) // len(points), sum(y for _, y in points) // len(points))
        drawn.append((name, " ".join(f"{x},{y}" for x, y in points), hues[name], middle))
    picked = None if point is None else ((point[0] - left) * 1000 // scale, (top - point[1]) * 1000 // scale)
    return {
        "rings": drawn, "width": wide * 1000 // scale, "height": high * 1000 // scale, "left": left, "top": top,
        "scale": scale, "picked": picked,
    }  # fmt: skip


@require_safe
def document(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The published bytes of a version: whoever hashes them gets the digest."""
    version, _versions = published(code, number)
    response = HttpResponse(canonical(version.document), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="plan-{code}-v{number}.json"'
    return response
