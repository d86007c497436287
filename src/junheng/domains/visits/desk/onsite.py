"""The page that inspectors hold in their hand: arrive, write down, confirm, close."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from junheng.domains.findings.terms import Severity
from junheng.domains.safety.models import Sheet
from junheng.domains.visits import actions
from junheng.domains.visits.actions.sheets import level_of, start_sheet
from junheng.domains.visits.forms import LessonForm, ProblemForm
from junheng.domains.visits.models import Errand, SiteVisit, TeamMember
from junheng.domains.visits.policies.scope import absent, own_errand
from junheng.domains.visits.queries.hours import day_of
from junheng.domains.visits.terms import ErrandState, Mode
from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.registers.asker import Asker, asker_of

LONGEST = 400


@login_required
@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One visit, as far as it is."""
    asker = asker_of(request)
    errand = own_errand(pk, asker=asker)
    return render(request, "visits/go.html", context_of(errand, asker))


def context_of(errand: Errand, asker: Asker, **forms: Any) -> dict[str, Any]:
    """All that the page shows."""
    members = list(TeamMember.objects.filter(errand=errand).select_related("inspector").order_by("rank"))
    login = asker.user.get_username()
    visit = errand.visit
    now = timezone.localtime(asker.at)
    sheet = None
    if visit is not None and errand.school is not None and errand.plan is not None:
        sheet = Sheet.objects.filter(
            round=errand.plan.round, school=errand.school, level=level_of(errand)
        ).first()
    return {
        "errand": errand,
        "visit": visit,
        "day": day_of(errand.day),
        "early": asker.today < errand.day,
        "over": asker.today > errand.until,
        "members": members,
        "confirmed": next((bool(one.confirmed_at) for one in members if one.inspector.login == login), False),
        "all_confirmed": all(one.confirmed_at for one in members),
        "notes": list(visit.notes.order_by("pk")) if visit else [],
        "open": errand.state == ErrandState.ARRIVED,
        "lesson": forms.get("lesson")
        or LessonForm(initial={"seen": now.strftime("%H:%M"), "mode": Mode.OFFLINE}),
        "problem": forms.get("problem") or ProblemForm(),
        "sheet": sheet,
        "checklist": errand.plan is not None
        and errand.plan.round_id is not None
        and errand.school is not None,
    }


def begun(request: HttpRequest, pk: int) -> tuple[Asker, Errand, SiteVisit]:
    """Who writes, in which visit; before arrival there is none."""
    asker = asker_of(request)
    errand = own_errand(pk, asker=asker)
    if errand.visit is None:
        raise absent()
    return asker, errand, errand.visit


def back(request: HttpRequest, pk: int, said: str) -> HttpResponse:
    """The page again, with what was done."""
    messages.success(request, said)
    return redirect("visits:go", pk)


@login_required
@require_POST
def arrive(request: HttpRequest, pk: int) -> HttpResponse:
    """At the gate."""
    asker = asker_of(request)
    errand = own_errand(pk, asker=asker)
    place = request.POST.get("place", "").strip()[:120]
    actions.arrive(errand, place=place, by=asker.user, at=asker.at, why=_("到达现场"))
    return back(request, pk, _("已到达。从现在起，被检查单位能看到这次检查。"))


@login_required
@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """What was seen."""
    asker, _errand, visit = begun(request, pk)
    words = request.POST.get("words", "")[:LONGEST]
    actions.write_down(visit, words, by=asker.user, at=asker.at, why=_("现场记录"))
    return back(request, pk, _("已记录。"))


@login_required
@require_POST
def problem(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody has to remedy."""
    asker, errand, visit = begun(request, pk)
    form = ProblemForm(request.POST)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            actions.find(
                visit, asked["what"], Severity(asked["severity"]), owner=asked["owner"], by=asker.user, at=asker.at, why=_("现场发现问题")
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            return back(request, pk, _("问题已登记，整改期限按等级自动计算。"))
    return render(request, "visits/go.html", context_of(errand, asker, problem=form), status=422)


@login_required
@require_POST
def lesson(request: HttpRequest, pk: int) -> HttpResponse:
    """A lesson that was going on."""
    asker, errand, visit = begun(request, pk)
    form = LessonForm(request.POST)
    if form.is_valid():
        asked = form.cleaned_data
        seen = timezone.make_aware(datetime.combine(visit.arrived_on, asked["seen"]))
        try:
            made = actions.see_lesson(
                visit, asked["words"], seen_at=seen, mode=Mode(asked["mode"]), subject=asked["subject"], pupils=asked["pupils"],
                by=asker.user, at=asker.at, why=_("现场发现培训"),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            said = _("已记录，违反培训时间规定。") if made.breaches else _("已记录，没有违反培训时间规定。")
            return back(request, pk, said)
    return render(request, "visits/go.html", context_of(errand, asker, lesson=form), status=422)


@login_required
@require_POST
def checklist(request: HttpRequest, pk: int) -> HttpResponse:
    """To the sheet of the round, begun if it is not."""
    asker, errand, _visit = begun(request, pk)
    sheet = start_sheet(errand, by=asker.user, at=asker.at, why=_("按检查表检查"))
    return redirect("safety:sheet", sheet.pk)


@login_required
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """What was written is what one saw."""
    asker, _errand, visit = begun(request, pk)
    actions.confirm(visit, by=asker.user, at=asker.at, why=_("确认现场记录"))
    return back(request, pk, _("您已确认。"))


@login_required
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """The end."""
    asker, _errand, visit = begun(request, pk)
    words = request.POST.get("note", "").strip()[:300]
    actions.close(visit, words, by=asker.user, at=asker.at, why=_("结束检查"))
    return back(request, pk, _("检查已结束。"))
