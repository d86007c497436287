"""What those see who do not take tips in: numbers by kind and place, and the photos that an office was given."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from junheng.domains.tips.actions.photos import photo_bytes
from junheng.domains.tips.models import Referral, Tip, TipPhoto
from junheng.domains.tips.policies.scope import HANDLERS, OFFICERS, OVERSEEING
from junheng.domains.tips.queries.waiting import figures, is_certain, late_referrals
from junheng.domains.tips.terms import ReferralState, TipKind
from junheng.kernel.errors import NotFound
from junheng.platform.access.refusals import nothing_here
from junheng.platform.access.roles import CITY_ROLES
from junheng.platform.access.scope import roles_of
from junheng.platform.audit.append import record
from junheng.platform.audit.models import Verb
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import asker_of

SEES = OVERSEEING | OFFICERS | (HANDLERS & CITY_ROLES)


def sees_overview(request: HttpRequest) -> bool:
    """Whether the menu leads somebody to the numbers."""
    return bool(SEES & set(roles_of(request.user, on=asker_of(request).today)))


@login_required
@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """How many came, how they were dealt with, and which office is late: numbers of rows, no row."""
    if not sees_overview(request):
        raise nothing_here()
    asker = asker_of(request)
    years = sorted(set(Tip.objects.values_list("received_at__year", flat=True).distinct()), reverse=True)
    today = asker.day
    wanted = request.GET.get("year", "")
    year = next((one for one in years if str(one) == wanted), today.year)
    came = Tip.objects.filter(received_at__year=year)
    late = late_referrals(today)
    offices = (
        Referral.objects.values("area", name=F("area__name"))
        .annotate(
            number=Count("pk"), open=Count("pk", filter=Q(state=ReferralState.OPEN)),
            late=Count("pk", filter=Q(pk__in=late.values("pk"))),
        )
        .order_by("area")
    )  # fmt: skip
    kinds = dict(came.values_list("kind").annotate(number=Count("pk")).order_by("kind"))
    context = {
        "year": year,
        "years": years, "figures": figures(came, on=today), "certain": is_certain(asker.today),
        "kinds": [(one.label, kinds.get(one.value, 0)) for one in TipKind], "offices": offices,
    }  # fmt: skip
    return render(request, "tips/desk/overview.html", context)


@login_required
@never_cache
@require_POST
def photo(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A photo that the officer handed on with a task; each look is an entry."""
    asker = asker_of(request)
    row: Any = asker.row(register_called("referrals"), pk, "change")
    found = (
        TipPhoto.objects.filter(tip__referral=row, shared=True, pk=number).first() if number < 2**63 else None
    )
    if found is None:
        raise NotFound("no-such-referral-photo", "这件转办没有附上这张照片。")
    record(found, Verb.READ.value, by=asker.user, at=asker.at, why="办理转办", after={"fields": ["digest"]})
    response = HttpResponse(photo_bytes(found), content_type=found.media)
    response["Cache-Control"] = "no-store"
    return response
