"""The one page from which an admission is brought from the closed list to the first school day."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from junheng.domains.intakes.desk.overview import seen_by
from junheng.domains.intakes.models import Intake
from junheng.domains.intakes.policies.scope import INTAKES, intake_of, may_office
from junheng.domains.intakes.terms import IntakeState
from junheng.domains.placements.actions.entrants import handed_over
from junheng.domains.placements.models import Countersign, Draw, Reply, Run
from junheng.domains.placements.queries.proofs import contributors, values
from junheng.domains.placements.tasks import RUN
from junheng.domains.registrations.models import Application, Objection, StatedCircumstance
from junheng.domains.registrations.terms import ApplicationState, FoundState, ObjectionState
from junheng.platform.jobs.models import Job, State
from junheng.platform.registers.asker import Asker
from junheng.platform.seeds.forms import PrepareForm, lines_of

ORDER = [state.value for state in IntakeState]


@login_required
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """The steps with what is done and what is next."""
    asker = seen_by(request)
    intake = intake_of(code, asker=asker)
    return render(request, "placements/office.html", context_of(intake, asker))


def context_of(intake: Intake, asker: Asker, form: PrepareForm | None = None) -> dict[str, Any]:
    """All that the page says. Before the release no place of anybody is on it."""
    draw = Draw.objects.filter(intake=intake).select_related("version").first()
    people, sources = (contributors(draw), values(draw)) if draw else ([], [])
    runs = list(Run.objects.filter(draw=draw).order_by("-number")) if draw else []
    open_signs = list(Countersign.objects.filter(intake=intake, agreed_by="").order_by("id"))
    sent = Application.objects.filter(intake=intake, state=ApplicationState.SENT)
    states = (FoundState.CLAIMED, FoundState.ASKED)
    unlocked = intake.state == IntakeState.PUBLISHED
    prepared = form or PrepareForm(initial=lines_of(people, sources, draw.fallback) if draw else None)
    return {
        "intake": intake,
        "draw": draw,
        "contributors": people,
        "values": sources,
        "runs": runs,
        "last": runs[0] if runs else None,
        "signs": open_signs,
        "closing": next((one for one in open_signs if one.step == "close"), None),
        "releasing": next((one for one in open_signs if one.step == "release"), None),
        "writes": may_office(intake, by=asker.user, at=asker.at),
        "me": asker.user.get_username(),
        "now": asker.at,
        "reached": ORDER.index(intake.state),
        "form": prepared if unlocked and not any(one.digest for one in people) else None,
        "applications": sent.count(),
        "unchecked": StatedCircumstance.objects.filter(application__in=sent, state__in=states).count(),
        "appeals": Objection.objects.filter(application__intake=intake, state=ObjectionState.OPEN).count(),
        "upheld": Objection.objects.filter(
            application__intake=intake, state=ObjectionState.UPHELD, decided_at__gt=intake.closed_at
        ).count()
        if intake.closed_at
        else 0,
        "declined": Reply.objects.filter(listed__draw=draw, accepted=False).count() if draw else 0,
        "accepted": Reply.objects.filter(listed__draw=draw, accepted=True).count() if draw else 0,
        "working": Job.objects.filter(
            kind=RUN, parameters__intake=intake.code, state__in=(State.QUEUED, State.RUNNING)
        ).exists(),
        "handed": handed_over(intake) if runs else False,
        "sealed": asker.may("view", INTAKES) and bool(runs) and runs[-1].released_at is not None,
    }
