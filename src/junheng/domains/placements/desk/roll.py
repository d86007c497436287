"""The roll of the new pupils by school, what a further run changed, and the sealed files for notary and auditor."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from junheng.domains.intakes.desk.overview import seen_by
from junheng.domains.intakes.models import Intake
from junheng.domains.intakes.policies.scope import intake_of, may_office
from junheng.domains.placements.models import Run
from junheng.domains.placements.queries.moves import added, moves
from junheng.domains.placements.queries.proofs import files
from junheng.domains.placements.queries.roll import roll
from junheng.domains.placements.terms import RunKind, RunState
from junheng.kernel.errors import NotFound, Refusal
from junheng.kernel.lottery.bundling import zipped
from junheng.platform.audit.append import record
from junheng.platform.audit.models import Verb


@login_required
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Admission − no-shows + arrivals, school by school, checked against the roll."""
    intake = intake_of(code, asker=seen_by(request))
    lines = roll(intake)
    total = {
        "places": sum(one.places for one in lines),
        "admitted": sum(one.admitted for one in lines),
        "absent": sum(one.absent for one in lines),
        "arrived": sum(one.arrived for one in lines),
        "roll": sum(one.roll for one in lines),
        "differs": sum(one.differs for one in lines),
    }
    return render(request, "placements/roll.html", {"intake": intake, "lines": lines, "total": total})


def run_of(intake: Intake, **which: Any) -> Run:
    """A run of an admission; absent where there is none such."""
    found = (
        Run.objects.filter(draw__intake=intake, **which)
        .select_related("draw__intake", "draw__version")
        .order_by("-number")
        .first()
    )
    if found is None:
        raise NotFound("no-run-yet", "结果还没有发布。发布后可在这里下载全部公布文件。")
    return found


@login_required
@require_safe
def changes(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Whose place a further run changed and why, by number in the draw; who is to agree sees it before the release."""
    asker = seen_by(request)
    intake = intake_of(code, asker=asker)
    seen = {} if may_office(intake, by=asker.user, at=asker.at) else {"state": RunState.RELEASED}
    run = run_of(intake, number=number, kind=RunKind.AGAIN, **seen)
    context = {"intake": intake, "run": run, "moves": moves(run), "added": added(run)}
    return render(request, "placements/changes.html", context)


@login_required
@require_POST
def sealed(request: HttpRequest, code: str) -> HttpResponse:
    """The whole folder with choices and places, for the notary and the auditor; taking it is an entry of the audit."""
    asker = seen_by(request)
    intake = intake_of(code, asker=asker)
    run = run_of(intake, state=RunState.RELEASED)
    why = request.POST.get("why", "").strip()[:200]
    if not why:
        raise Refusal("sealed-without-reason", "封存文件含志愿和类别，请写明取用的事由；事由会留痕。")
    record(run, Verb.READ.value, by=asker.user, at=asker.at, why=why, after={"files": "sealed"})
    response = HttpResponse(
        zipped(files(run, sealed=True), f"admission-{code}"), content_type="application/zip"
    )
    response["Content-Disposition"] = f'attachment; filename="admission-{code}-sealed.zip"'
    response["Cache-Control"] = "no-store"
    return response
