"""Repayment reminders at the county: contracts by what a year asks, the list of reminders, and the deeds about them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from junheng.domains.aid.actions import reminding
from junheng.domains.aid.desk.reminderfile import facts_of, listed
from junheng.domains.aid.forms import ToldForm, WhyForm
from junheng.domains.aid.models import LoanReminder
from junheng.domains.aid.policies import area_seen, areas_of, officer_of
from junheng.domains.aid.queries.reminders import progress_of, reminders_of
from junheng.domains.aid.queries.repayment import due_day
from junheng.domains.aid.terms import Told
from junheng.domains.areas.models import Area
from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.registers import register_called
from junheng.platform.registers.actions import check_may_export, note_export
from junheng.platform.registers.asker import Asker, absent
from junheng.platform.registers.exporting import CONTENT_TYPES
from junheng.platform.registers.keys import mask

SHOWN, YEARS_SHOWN = 100, 3
WHY_TOLD = "登记还款提醒的通知结果"


def year_of(request: HttpRequest, asker: Asker) -> tuple[int, list[int]]:
    """The year that is asked for, else the one of the day; and the years to choose from."""
    years = [asker.day.year - back for back in range(YEARS_SHOWN)]
    asked = request.GET.get("year", "")
    return next((one for one in years if str(one) == asked), years[0]), years


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The counties of an officer, or one of them with its reminders, names masked."""
    asker = officer_of(request)
    counties = areas_of(asker)
    year, years = year_of(request, asker)
    code = request.GET.get("area", "") or (counties[0].pk if len(counties) == 1 else "")
    area = next((one for one in counties if one.pk == code), None)
    if code and area is None:
        raise absent()
    rows, total = progress_of([area] if area else counties, year)
    found = list(reminders_of(area.pk, year)[: SHOWN + 1]) if area else []
    context = {
        "year": year, "years": years, "due": due_day(year), "rows": rows, "total": total, "area": area,
        "several": len(counties) > 1, "shown": SHOWN, "more": len(found) > SHOWN,
        "reminders": [(one, mask(one.loan.borrower), mask(one.loan.contact)) for one in found[:SHOWN]],
        "outcomes": Told.choices, "may_export": asker.may("export", register_called("loans")),
    }  # fmt: skip
    return render(request, "aid/reminders.html", context)


@login_required
@require_POST
def remind(request: HttpRequest, code: str) -> HttpResponse:
    """Reminders for everybody who has none yet."""

    def deed(asker: Asker, area: Area, year: int, *, why: str) -> str:
        count = reminding.remind(area, year=year, day=asker.day, by=asker.user, at=asker.at, why=why)
        return _("已生成 %(count)s 份还款提醒。") % {"count": count}

    return done(request, code, WhyForm(request.POST), deed)


@login_required
@require_POST
def told_all(request: HttpRequest, code: str) -> HttpResponse:
    """How it ended with everybody on the list that was taken along."""

    def deed(asker: Asker, area: Area, year: int, **asked: Any) -> str:
        count = reminding.note_all(area, year=year, by=asker.user, at=asker.at, **asked)
        return _("已登记 %(count)s 份提醒的通知结果。") % {"count": count}

    return done(request, code, ToldForm(request.POST), deed)


def done(request: HttpRequest, code: str, form: WhyForm | ToldForm, deed: Callable[..., str]) -> HttpResponse:
    """Do it for a county and year, and lead back to the page, which says how it went."""
    asker = officer_of(request)
    area = area_seen(asker, code)
    year, _years = year_of(request, asker)
    if not form.is_valid():
        messages.error(request, _("请写明事由。没有办理。"))
    else:
        try:
            messages.success(request, deed(asker, area, year, **form.cleaned_data))
        except Refusal as refusal:
            messages.error(request, sentence_of(refusal))
    return redirect(page_of(code, year))


def page_of(code: str, year: int) -> str:
    """The page of a county and year."""
    return f"{reverse('aid:reminders')}?year={year}&area={code}"


@login_required
@require_POST
def told(request: HttpRequest, pk: int) -> HttpResponse:
    """How it ended with one borrower."""
    asker = officer_of(request)
    row = LoanReminder.objects.filter(pk=pk).first() if pk < 2**63 else None
    county = next((one for one in areas_of(asker) if row and row.area_id.startswith(one.pk)), None)
    outcome = request.POST.get("outcome", "")
    if row is None or county is None or outcome not in Told.values:
        raise absent()
    try:
        reminding.note_told(row, outcome=outcome, by=asker.user, at=asker.at, why=WHY_TOLD)
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal))
    return redirect(page_of(county.pk, row.year))


@login_required
@require_POST
def file(request: HttpRequest, code: str) -> HttpResponse | FileResponse:
    """The list of whoever is to be told, with names and numbers. That it left is noted."""
    asker = officer_of(request)
    area = area_seen(asker, code)
    year, _years = year_of(request, asker)
    register = register_called("loans")
    check_may_export(register, asker)
    form = WhyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请写明事由。没有办理。"))
        return redirect(page_of(code, year))
    why = form.cleaned_data["why"]
    with transaction.atomic():
        rows = reminding.take_out(area, year=year, by=asker.user, at=asker.at, why=why)
        note_export(register, asker=asker, facts=facts_of(rows, area, year), why=why)
    title = _("%(area)s%(year)s年还款提醒名单") % {"area": area.name, "year": year}
    return FileResponse(
        listed(rows, title, area.name),
        as_attachment=True,
        filename=f"{title}.xlsx",
        content_type=CONTENT_TYPES["xlsx"],
    )
