"""What a kindergarten fills in itself: its code, what the registers say of it, and what they do not know."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from junheng.domains.schemes.actions.inviting import hand_in_by_code
from junheng.domains.schemes.forms import STATED, FillForm
from junheng.domains.schemes.models import SchemeApplication, SchemeCriterion, SchemeReview
from junheng.domains.schemes.queries.beside import every_beside
from junheng.domains.schemes.queries.checks import evidence_of
from junheng.domains.schemes.queries.invited import code_held, held, opened_by
from junheng.domains.schemes.terms import WRITABLE, Verdict
from junheng.kernel.errors import NotFound, Refusal
from junheng.platform.access.address import address_of
from junheng.platform.access.refusals import sentence_of
from junheng.platform.access.tries import check_tries, note_wrong

HELD, PATH, HALF_AN_HOUR, MOST_TRIES = "fill", "/", 30 * 60, 10
"""The code is asked for on the form here, and where rooms above take what goes with it."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for the code that the county gave out. Wrong tries are counted."""
    if request.method != "POST":
        return render(request, "schemes/enter.html")
    given, now = request.POST.get("code", "")[:40], timezone.now()
    key = f"fill:{address_of(request)}"
    try:
        check_tries(key, most=MOST_TRIES, at=now)
        if opened_by(given) is None:
            note_wrong(key, at=now)
            raise NotFound(
                "no-such-fill-code",
                "没有这个填报码，或者已换发新码。请核对，或向县（市、区）教育局再要一个。",
            )
    except Refusal as refusal:
        context = {"error": sentence_of(refusal), "code": given}
        return render(request, "schemes/enter.html", context, status=refusal.status)
    response = redirect("schemes:fill")
    response.set_cookie(
        HELD,
        held(given),
        max_age=HALF_AN_HOUR,
        path=PATH,
        httponly=True,
        samesite="Lax",
        secure=settings.SECURE,
    )
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: HttpRequest) -> HttpResponse:
    """The application of the kindergarten: filled in while it may be, and afterwards how far it is."""
    row = opened_by(code_held(request.COOKIES.get(HELD, "")))
    if row is None:
        return redirect("schemes:enter")
    writable = row.stage in WRITABLE
    form = FillForm(request.POST if request.method == "POST" else None, row=row)
    status, error = 200, ""
    if request.method == "POST" and writable:
        status = 422
        if form.is_valid():
            try:
                hand_in_by_code(row, at=timezone.now(), **told_in(form))
                return redirect("schemes:fill")
            except Refusal as refusal:
                error, status = sentence_of(refusal), refusal.status
    context = shown(row, form, error=error)
    context["pieces"] = [piece for room in every_beside() if (piece := room.on_form(request, row))]
    return render(request, "schemes/fill.html", context, status=status)


def told_in(form: FillForm) -> dict[str, Any]:
    """What a valid form says."""
    said = form.cleaned_data
    return {
        "statement": said["statement"],
        "twin": said.get("twin", ""),
        "stated": {
            int(name.removeprefix(STATED)): words for name, words in said.items() if name.startswith(STATED)
        },
    }


def shown(row: SchemeApplication, form: FillForm, *, error: str) -> dict[str, Any]:
    """What the page shows: the registers' word, the form while it may be written, and what was sent back."""
    criteria = list(SchemeCriterion.objects.filter(scheme=row.scheme).order_by("number"))
    found = evidence_of(row, criteria, on=timezone.localdate())
    back = SchemeReview.objects.filter(
        application=row, turn=row.turn, verdict__in=(Verdict.RETURN, Verdict.REJECT)
    ).exclude(level="visit")
    return {
        "application": row,
        "writable": row.stage in WRITABLE,
        "form": form,
        "error": error,
        "evidence": [(one, each.met, each.said) for one, each in found],
        "back": back.order_by("-pk").first(),
    }


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the code in this browser."""
    response = redirect("schemes:enter")
    response.delete_cookie(HELD, path=PATH)
    return response
