"""The public page of a draw and its runs: everything that an auditor needs, and the file with which anybody recounts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from junheng.domains.placements.models import Draw, Listed, Run
from junheng.domains.placements.queries.asking import Plan
from junheng.domains.placements.queries.proofs import AUDITOR, contributors, files, values
from junheng.domains.placements.queries.sentences import LEAST
from junheng.domains.placements.terms import RunState
from junheng.kernel.admission.publish import table
from junheng.kernel.errors import NotFound
from junheng.kernel.lottery.bundling import zipped


def closed_draw(code: str) -> Draw:
    """The draw of an admission whose list is closed; before that there is nothing to see."""
    found = (
        Draw.objects.filter(intake__code=code)
        .exclude(root="")
        .select_related("intake__area", "version")
        .first()
    )
    if found is None:
        raise NotFound(
            "no-such-draw", "这个批次的名单还没有封存，或者没有这个批次。请到招生计划页面查看进度。"
        )
    return found


def released(draw: Draw) -> list[Run]:
    """The runs that were released, the last first."""
    rows = Run.objects.filter(draw=draw, state=RunState.RELEASED).select_related("draw__intake")
    return list(rows.order_by("-number"))


@require_safe
def public(request: HttpRequest, code: str) -> HttpResponse:
    """Everything about a draw, as far as it has come."""
    draw = closed_draw(code)
    runs = released(draw)
    plan = Plan((draw.version.document or {}) if draw.version else {})
    context = {
        "draw": draw,
        "intake": draw.intake,
        "contributors": contributors(draw),
        "values": values(draw),
        "passed": timezone.now() >= draw.intake.draw_at,
        "runs": runs,
        "last": runs[0] if runs else None,
        "first": runs[-1] if runs else None,
        "schools": schools_of(plan, runs[0]) if runs else [],
        "changes": [(one, len(one.changes[1:]), sum(one.added.values())) for one in runs if one.changes],
        "least": LEAST,
        "tables": places_of(plan) if not runs else [],
    }
    return render(request, "placements/public.html", context)


def places_of(plan: Plan) -> list[dict[str, Any]]:
    """The table of places as it was announced."""
    return [
        {"name": one["name"], "private": one["private"], "places": one["places"], "groups": one["groups"]}
        for one in plan.document["schools"]
    ]


def schools_of(plan: Plan, run: Run) -> list[dict[str, Any]]:
    """The end of each school's lists; small counts are not told."""
    of_school: dict[str, list[dict[str, Any]]] = {}
    for cut in run.cuts:
        school, group = plan.group(cut["group"])
        small = 0 < cut["asked"] < LEAST or 0 < cut["admitted"] < LEAST
        of_school.setdefault(school["code"], []).append(cut | {"label": group["label"], "small": small})
    return [
        {"name": plan.schools[code]["name"], "private": plan.schools[code]["private"], "cuts": cuts}
        for code, cuts in of_school.items()
    ]


@require_safe
def folder(request: HttpRequest, code: str) -> HttpResponse:
    """The published folder as one file: the first run, and every further one that was released."""
    runs = released(closed_draw(code))
    if not runs:
        raise NotFound("no-run-yet", "结果还没有发布。发布后可在这里下载全部公布文件。")
    return download(
        zipped(files(runs[0], sealed=False), f"admission-{code}"), f"admission-{code}.zip", "application/zip"
    )


@require_safe
def numbers(request: HttpRequest, code: str) -> HttpResponse:
    """Every child's number by its own number in the draw, and nothing else about it."""
    draw = closed_draw(code)
    if not draw.seed:
        raise NotFound("no-numbers-yet", "还没有产生派位号。")
    rows = Listed.objects.filter(draw=draw).order_by("rank").values_list("pid", "number")
    return download(table("pid,number", rows), f"numbers-{code}.csv", "text/csv; charset=utf-8")


@require_safe
def auditor(request: HttpRequest) -> HttpResponse:
    """The one file with which anybody recounts; it needs Python alone."""
    return download(AUDITOR.read_bytes(), "verify_admission.py", "text/x-python; charset=utf-8")


def download(content: bytes, name: str, kind: str) -> HttpResponse:
    """Bytes as a file."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
