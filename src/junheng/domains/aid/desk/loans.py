"""Loans at the county: contracts by year, those that somebody should look at, hours to set, and who is expected."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from junheng.content.rulebook import AID
from junheng.domains.aid.actions import booking
from junheng.domains.aid.desk.pages import answered
from junheng.domains.aid.forms import HoursForm
from junheng.domains.aid.models import Loan, LoanBooking
from junheng.domains.aid.policies import area_seen, areas_of, officer_of
from junheng.domains.aid.queries.loans import above_cap, bookings_from, by_year, twice
from junheng.domains.aid.terms import cap, loan_year
from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker, absent

SHOWN = 100
WHY_CAME = "登记到场"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def office(request: HttpRequest) -> HttpResponse:
    """Contracts, doubts, hours and who comes, within an officer's counties."""
    asker = officer_of(request)
    counties = areas_of(asker)
    form = HoursForm(request.POST if request.method == "POST" else None)
    status, refused = 422 if form.is_bound else 200, ""
    if form.is_valid():
        asked = dict(form.cleaned_data)
        area = area_seen(asker, request.POST.get("area", ""))
        try:
            count = booking.set_hours(area, day=asker.day, by=asker.user, at=asker.at, **asked)
            messages.success(request, _("已设置 %(count)s 个时段。") % {"count": count})
            return redirect("aid:loans-office")
        except Refusal as refusal:
            form.add_error(None, sentence_of(refusal))
            status, refused = refusal.status, refusal.code
    return answered(
        request,
        "aid/loans_office.html",
        context_of(asker) | {"counties": counties, "form": form},
        status,
        refused,
    )


def context_of(asker: Asker) -> dict[str, Any]:
    """What the page shows beside the form."""
    rows = asker.within(Loan.objects.all(), register_called("loans"), "view")
    year = loan_year(asker.day)
    doubts = [(one, _("高于本专科上限，请核对是否为研究生")) for one in above_cap(rows, year)[:SHOWN]]
    doubts += [(one, _("同一借款人本学年还有一份合同")) for one in twice(rows, year)[:SHOWN]]
    return {
        "years": by_year(rows), "year": year, "doubts": doubts, "shown": SHOWN,
        "undergraduate": cap(AID.loan_undergraduate, year), "postgraduate": cap(AID.loan_postgraduate, year),
        "bookings": bookings_from([one.pk for one in areas_of(asker)], day=asker.day, most=SHOWN),
    }  # fmt: skip


@login_required
@require_POST
def came(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody came with a code."""
    asker = officer_of(request)
    codes = [one.pk for one in areas_of(asker)]
    row = LoanBooking.objects.filter(pk=pk, slot__area__in=codes).first() if pk < 2**63 else None
    if row is None:
        raise absent()
    booking.note_came(row, by=asker.user, at=asker.at, why=WHY_CAME)
    return redirect("aid:loans-office")
