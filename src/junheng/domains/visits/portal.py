"""Public pages: the draws with everything an auditor needs, the folder, and the file with which anybody recounts."""

from typing import Any

from django.db.models import Max, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from junheng.content.rulebook.inspection import INSPECTING
from junheng.domains.visits.models import CountyPair, SamplePlan, SampleUnit, SiteVisit, Stratum
from junheng.domains.visits.models.sampling import percent
from junheng.domains.visits.queries.proofs import AUDITOR, contributors, files, is_public, values
from junheng.domains.visits.terms import SampleState
from junheng.kernel.errors import NotFound
from junheng.kernel.lottery.bundling import zipped
from junheng.kernel.workdays import add_working_days


def frozen_plan(code: str) -> SamplePlan:
    """A plan from its freezing on; before that there is nothing to see."""
    found = (
        SamplePlan.objects.exclude(state=SampleState.DRAFT)
        .select_related("area", "round")
        .filter(code=code)
        .first()
    )
    if found is None:
        raise NotFound("no-such-sample", "没有这次抽查，或者它的方案还没有封存公布。请返回抽查列表。")
    return found


@require_safe
def draws(request: HttpRequest) -> HttpResponse:
    """All draws, the latest first."""
    rows = SamplePlan.objects.exclude(state=SampleState.DRAFT).select_related("area").order_by("-frozen_at")
    return render(request, "visits/draws.html", {"plans": rows[:100]})


@require_safe
def draw(request: HttpRequest, code: str) -> HttpResponse:
    """Everything about one draw, as far as everybody may know it."""
    plan = frozen_plan(code)
    public = is_public(plan)
    context: dict[str, Any] = {
        "plan": plan,
        "contributors": contributors(plan),
        "values": values(plan),
        "public": public,
        "strata": strata(plan),
        "due": add_working_days(plan.visits_until, INSPECTING.result_within.on(plan.visits_until).value),
        "drawn": drawn(plan) if public else [],
        "pairs": CountyPair.objects.filter(plan=plan).select_related("checks", "checked") if public else [],
        "results": SiteVisit.objects.filter(errand__plan=plan, published_on__isnull=False).select_related("area").order_by("area", "unit"),
    }  # fmt: skip
    return render(request, "visits/draw.html", context)


def strata(plan: SamplePlan) -> list[dict[str, Any]]:
    """How many of each stratum, and between which limits a unit's chance lies."""
    limits = {
        row["stratum"]: row
        for row in SampleUnit.objects.filter(plan=plan)
        .order_by()
        .values("stratum")
        .annotate(least=Min("chance"), most=Max("chance"), light=Min("weight"), heavy=Max("weight"))
    }
    found = []
    for one in Stratum.objects.filter(plan=plan).order_by("code"):
        row = limits[one.pk]
        weights = {str(row["light"]): 0, str(row["heavy"]): 0}
        likely = {percent(row["least"]): 0, percent(row["most"]): 0}
        found.append({"row": one, "weights": "–".join(weights), "likely": "–".join(likely)})
    return found


def drawn(plan: SamplePlan) -> list[dict[str, Any]]:
    """The units in the order of the draw with their teams, by the codes that the files have."""
    codes = [unit for unit, _team in plan.teams]
    rows = SampleUnit.objects.filter(plan=plan, code__in=codes).select_related(
        "school", "institution", "stratum"
    )
    units = {one.code: one for one in rows}
    return [{"unit": units[unit], "team": team} for unit, team in plan.teams]


@require_safe
def folder(request: HttpRequest, code: str) -> HttpResponse:
    """The published folder as one file."""
    plan = frozen_plan(code)
    if not is_public(plan):
        raise NotFound(
            "folder-sealed", "抽中名单还没有公布：检查结束、结果公布之后，可在这里下载全部文件复算。"
        )
    return download(zipped(files(plan), f"sample-{code}"), f"sample-{code}.zip", "application/zip")


@require_safe
def auditor(request: HttpRequest) -> HttpResponse:
    """The one file with which anybody recounts; it needs Python alone."""
    return download(AUDITOR.read_bytes(), "verify_sample.py", "text/x-python; charset=utf-8")


def download(content: bytes, name: str, kind: str) -> HttpResponse:
    """Bytes as a file."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
