"""The counter: an official fills the form in for a family without a phone. It counts the same, and says who did it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from junheng.domains.intakes.models import Intake
from junheng.domains.intakes.policies.scope import INTAKES, check_office
from junheng.domains.registrations.actions.drafts import begun, new_token
from junheng.domains.registrations.actions.writing import write
from junheng.domains.registrations.models import Application
from junheng.domains.registrations.portal.choosing import intake_called
from junheng.domains.registrations.portal.holding import hold_draft
from junheng.platform.access.refusals import nothing_here
from junheng.platform.registers.asker import asker_of

LISTED = 50


def enters(request: HttpRequest) -> bool:
    """Whether somebody enters registrations for families: the office of some admission."""
    return asker_of(request).may("change", INTAKES)


@login_required
@never_cache
@require_safe
def counter(request: HttpRequest) -> HttpResponse:
    """The intakes that are registered for at this counter, and what was entered here last."""
    asker = asker_of(request)
    mine = asker.within(Intake.objects.select_related("area"), INTAKES, "change")
    if not enters(request):
        raise nothing_here()
    open_now = mine.filter(state="published", opens_at__lte=asker.at, closes_at__gt=asker.at).order_by(
        "area_id", "stage"
    )
    entered: Any = Application.objects.filter(
        entered_by=request.user.get_username(), intake__in=mine.values("pk")
    )
    lines = entered.select_related("intake").order_by("-pk")[:LISTED]
    return render(request, "registrations/counter.html", {"intakes": open_now, "lines": lines})


@login_required
@never_cache
@require_POST
def enter(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a form for the family at the counter."""
    at = timezone.now()
    sheet = intake_called(code)
    check_office(Intake.objects.get(pk=sheet.intake), by=request.user, at=at)
    token = new_token()
    write(begun(sheet.intake, token=token, form={}, at=at, by=request.user.get_username()))
    response = redirect("registrations:step", 1)
    hold_draft(response, token)
    return response
