"""The form, for a citizen on the phone; and the same form for the officer at the telephone or the counter."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from junheng.domains.tips.actions.sending import Sent, Told, days_of, enter, send
from junheng.domains.tips.forms import EntryForm, TipForm
from junheng.domains.tips.policies.scope import officer_of
from junheng.domains.tips.queries.codes import held, new_token, request_in
from junheng.domains.tips.queries.faults import Misfilled, TooOften, stale_form
from junheng.domains.tips.queries.waiting import is_certain
from junheng.domains.tips.terms import TipKind
from junheng.platform.access.address import address_of
from junheng.platform.access.refusals import sentence_of
from junheng.platform.sealing.codes import grouped

HELD, PATH, HALF_AN_HOUR = "tip", "/tips/", 30 * 60
PREFILLED = ("about", "area", "kind", "place")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """What a citizen fills in, without a login. What is wrong is said beside it, and nothing typed is lost."""
    at = timezone.now()
    if request.method != "POST":
        given = {name: request.GET[name][:80] for name in PREFILLED if name in request.GET}
        return form_page(request, TipForm(initial={"kind": TipKind.UNLICENSED} | given))
    form = TipForm(request.POST)
    wanted = request_in(request.POST.get("token", ""), at=at)
    if wanted is None:
        raise stale_form()
    if not form.is_valid():
        return form_page(request, form, status=422)
    try:
        sent = send(
            told_in(form), request=wanted, photos=request.FILES.getlist("photos"),
            address=address_of(request), at=at,
        )  # fmt: skip
    except Misfilled as refusal:
        return form_page(request, form, status=refusal.status, said=refusal)
    except TooOften as refusal:
        response = form_page(request, form, status=refusal.status, said=refusal)
        response["Retry-After"] = str(60 * refusal.params["minutes"])
        return response
    response = redirect("tips:receipt")
    response.status_code = 303
    hold(response, sent)
    return response


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest) -> HttpResponse:
    """The same for whoever takes tips in; the code is read out to the citizen and shown once."""
    asker = officer_of(request)
    if request.method != "POST":
        return form_page(
            request, EntryForm(initial={"kind": TipKind.UNLICENSED}), template="tips/desk/entry.html"
        )
    form = EntryForm(request.POST)
    wanted = request_in(request.POST.get("token", ""), at=asker.at)
    if wanted is None:
        raise stale_form()
    if not form.is_valid():
        return form_page(request, form, template="tips/desk/entry.html", status=422)
    try:
        sent = enter(
            told_in(form), request=wanted, channel=form.cleaned_data["channel"],
            photos=request.FILES.getlist("photos"), by=request.user, at=asker.at,
        )  # fmt: skip
    except Misfilled as refusal:
        return form_page(request, form, template="tips/desk/entry.html", status=refusal.status, said=refusal)
    messages.success(
        request,
        _("已登记，编号 %(number)s。请把查询码告诉举报人（只显示这一次）：%(code)s")
        % {"number": sent.tip.number, "code": grouped(sent.code)},
    )
    return redirect("tips:one", sent.tip.pk)


def form_page(
    request: HttpRequest,
    form: TipForm,
    *,
    template: str = "tips/new.html",
    status: int = 200,
    said: Any = None,
) -> HttpResponse:
    """The form with a token of its own; the same token again where it is shown a second time."""
    at = timezone.now()
    today = timezone.localdate(at)
    acked, answered = days_of(today)
    token = request.POST.get("token") if request.method == "POST" else new_token(at=at)
    wrong = [(field.id_for_label, error) for field in form for error in field.errors] if form.is_bound else []
    if said is not None:
        wrong.append((f"id_{getattr(said, 'field', '')}", sentence_of(said)))
    context = {
        "form": form, "token": token, "wrong": wrong, "said": said, "ack_due": acked.day, "answer_due": answered.day,
        "certain": is_certain(today),
    }  # fmt: skip
    return render(request, template, context, status=status)


def told_in(form: TipForm) -> Told:
    """What a valid form says."""
    given: dict[str, Any] = dict(form.cleaned_data)
    given.pop("channel", None)
    if given["longitude"] is None or given["latitude"] is None:
        given["longitude"] = given["latitude"] = None
    told: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value for name, value in given.items()
    }
    return Told(**told)


def hold(response: HttpResponse, sent: Sent) -> None:
    """Have the browser show the tip for half an hour: phones are lent, and others look into them."""
    keep(response, sent.code)


def keep(response: HttpResponse, code: str) -> None:
    """Give the browser something to hold; no script and no other site gets at it."""
    response.set_cookie(
        HELD,
        held(code),
        max_age=HALF_AN_HOUR,
        path=PATH,
        httponly=True,
        samesite="Lax",
        secure=settings.SECURE,
    )
