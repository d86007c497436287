"""Where a family begins: the intakes of the city, going on with a draft, finding a registration again."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from junheng.domains.intakes.terms import Circumstance
from junheng.domains.registrations.actions.drafts import begun, new_token, token_digest
from junheng.domains.registrations.actions.writing import write
from junheng.domains.registrations.portal.holding import TOKEN, asked_from, hold_draft, hold_receipt
from junheng.domains.registrations.portal.onward import elsewhere
from junheng.domains.registrations.portal.rooms import bound_by_turn, let_in
from junheng.domains.registrations.portal.steps import onward
from junheng.domains.registrations.queries.faults import no_draft, too_many_tries
from junheng.domains.registrations.queries.finding import (
    MOST_TRIES,
    application_with,
    codes_for,
    draft_with,
)
from junheng.domains.registrations.queries.kept import number_of
from junheng.domains.registrations.queries.sheets import Sheet, offered, sheet_of
from junheng.kernel.errors import NotFound, Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.access.tries import note_wrong, wrong_so_far


def window_words(opens: datetime, closes: datetime, *, at: datetime) -> tuple[str, str]:
    """How the window stands, and its tone: by the clock of the house, not by that of the phone."""
    if at < opens:
        return _("%(time)s后开始") % {"time": span_words(opens - at)}, "warn"
    if at < closes:
        return _("距截止还有%(time)s") % {"time": span_words(closes - at)}, "good"
    return _("已截止"), "calm"


def span_words(span: timedelta) -> str:
    """A span of time in its two largest units."""
    minutes = max(1, -(-int(span.total_seconds()) // 60))
    days, hours, minutes = minutes // 1440, minutes % 1440 // 60, minutes % 60
    parts = [
        (days, _("%(n)s 天")),
        (hours, _("%(n)s 小时")),
        (minutes, _("%(n)s 分钟")),
    ]
    shown = [words % {"n": count} for count, words in parts if count][:2]
    return " " + " ".join(shown) + " "


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """All intakes, and the ways back to what was begun or sent."""
    at = timezone.now()
    lines = [(one, *window_words(one.opens_at, one.closes_at, at=at)) for one in offered(at)]
    draft = (
        draft_with(token_digest(request.COOKIES.get(TOKEN, "")), at=at) if TOKEN in request.COOKIES else None
    )
    mine = draft if draft and not draft.application_id and not draft.entered_by else None
    return render(request, "registrations/home.html", {"lines": lines, "draft": mine})


def intake_called(code: str) -> Sheet:
    """The sheet of an intake by its code."""
    pk = number_of(code)
    if pk is None:
        raise NotFound(
            "no-intake", "没有找到这个招生批次，或者它的招生计划还没有公布。请返回报名首页重新选择。"
        )
    return sheet_of(pk)


@never_cache
@require_safe
def intake(request: HttpRequest, code: str) -> HttpResponse:
    """One intake: its days, what will be asked, what need not be brought."""
    sheet = intake_called(code)
    at = timezone.now()
    words, tone = window_words(sheet.opens_at, sheet.closes_at, at=at)
    labels = dict(Circumstance.choices)
    papers = [(labels[kind], shown) for kind in sheet.papers if (shown := sheet.shown_papers(kind))]
    exchanged = sorted({by for lines in sheet.papers.values() for _label, by in lines if by})
    context: dict[str, Any] = {
        "sheet": sheet, "words": words, "tone": tone, "papers": papers, "exchanged": exchanged,
        "over": at >= sheet.closes_at or sheet.state != "published",
    }  # fmt: skip
    return render(request, "registrations/intake.html", context)


@never_cache
@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a draft; in the first minutes by way of the waiting room."""
    sheet, at = intake_called(code), timezone.now()
    if (waiting := let_in(request, sheet, at=at)) is not None:
        return elsewhere(request, waiting)
    token = new_token()
    form = bound_by_turn(request, sheet, at=at)
    draft = write(begun(sheet.intake, token=token, form=form, at=at))
    request.COOKIES[TOKEN] = token  # as the browser will from now on
    response = onward(request, draft, sheet, form, 1)
    hold_draft(response, token)
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """Go on with a draft on another phone, by its code."""
    if request.method != "POST":
        return render(request, "registrations/resume.html", {})
    at, token, key = timezone.now(), request.POST.get("code", ""), f"resume-from:{asked_from(request)}"
    try:
        if wrong_so_far(key, at=at) >= MOST_TRIES:
            raise too_many_tries()
        draft = draft_with(token_digest(token[:40]), at=at)
        if draft is None or draft.entered_by:
            note_wrong(key, at=at)
            raise no_draft()
    except Refusal as refusal:
        return render(
            request, "registrations/resume.html", {"error": sentence_of(refusal)}, status=refusal.status
        )
    response = redirect("registrations:step", draft.step)
    hold_draft(response, token)
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """Find a registration by its number and secret."""
    if request.method != "POST":
        return render(request, "registrations/look_up.html", {"code": request.GET.get("code", "")[:16]})
    code, secret = request.POST.get("code", "")[:40], request.POST.get("secret", "")[:40]
    try:
        found = application_with(code, secret, at=timezone.now(), asked_from=asked_from(request))
    except Refusal as refusal:
        context = {"code": code, "error": sentence_of(refusal)}
        return render(request, "registrations/look_up.html", context, status=refusal.status)
    response = redirect("registrations:receipt")
    hold_receipt(response, codes_for(found))
    return response
