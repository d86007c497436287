"""Following a tip: by the code, for half an hour in this browser, or until somebody leaves."""

from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from junheng.domains.tips.actions import following
from junheng.domains.tips.forms import NoteForm, RatingForm
from junheng.domains.tips.models import Tip
from junheng.domains.tips.portal.sending import HELD, PATH, keep
from junheng.domains.tips.queries.codes import code_held
from junheng.domains.tips.queries.faults import Misfilled, no_tip
from junheng.domains.tips.queries.finding import tip_behind, tip_with
from junheng.domains.tips.queries.progress import STEPS, progress_of
from junheng.domains.tips.queries.waiting import is_certain
from junheng.domains.tips.terms import CLOSED, OPEN
from junheng.kernel.errors import NotFound, Refusal
from junheng.platform.access.address import address_of
from junheng.platform.access.refusals import sentence_of
from junheng.platform.sealing.codes import grouped, tidy


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for the code. A QR code brings it behind a ``#``: it stands in no log and in no history of a server."""
    if request.method != "POST":
        return render(request, "tips/follow.html")
    given = request.POST.get("code", "")[:40]
    try:
        tip_with(given, at=timezone.now(), address=address_of(request))
    except Refusal as refusal:
        context = {"error": sentence_of(refusal), "code": given}
        return render(request, "tips/follow.html", context, status=refusal.status)
    response = redirect("tips:receipt")
    keep(response, tidy(given))
    return response


def held_tip(request: HttpRequest) -> tuple[Tip, str]:
    """The tip that this browser may show, and its code."""
    code = code_held(request.COOKIES.get(HELD, ""))
    tip = None if code is None else tip_behind(code)
    if tip is None or code is None:
        raise NotFound("tip-not-held", "这部手机上没有正在查看的举报，或者已经超过半小时。请输入查询码查看。")
    return tip, code


@never_cache
@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """What came of it, and what may be done."""
    try:
        tip, code = held_tip(request)
    except NotFound:
        return redirect("tips:follow")
    return tip_page(request, tip, code)


def tip_page(
    request: HttpRequest, tip: Tip, code: str, *, said: Any = None, status: int = 200
) -> HttpResponse:
    """The page of one tip, for whoever sent it."""
    today = settings.JUNHENG_AS_OF or timezone.localdate()
    address = f"{request.build_absolute_uri(reverse('tips:follow'))}#{code}"
    progress = progress_of(tip, on=today)
    context = {
        "tip": tip, "code": grouped(code), "qr": qr_code(address), "progress": progress, "said": said,
        "steps": [(one.label, place < progress.done) for place, one in enumerate(STEPS)],
        "open": tip.state in OPEN, "closed": tip.state in CLOSED, "certain": is_certain(today),
        "note_form": NoteForm(request.POST if said is not None else None), "rating_form": RatingForm(),
        "notes": tip.notes.count(), "photos": tip.photos.count(), "fresh": tip.notes.count() == 0 and tip.acked_on is None,
    }  # fmt: skip
    return render(request, "tips/receipt.html", context, status=status)


@never_cache
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Add something."""
    tip, code = held_tip(request)
    form = NoteForm(request.POST)
    try:
        if not form.is_valid():
            raise Misfilled("tip-note-wrong", "补充内容不能为空，也不能超过 1000 字，没有存入。", "words")
        photos = request.FILES.getlist("photos")
        following.add_note(tip, form.cleaned_data["words"], photos, at=timezone.now())
    except Misfilled as refusal:
        return tip_page(request, tip, code, said=sentence_of(refusal), status=refusal.status)
    return redirect("tips:receipt")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest) -> HttpResponse:
    """Withdraw, after being asked once."""
    tip, _code = held_tip(request)
    if request.method != "POST":
        return render(request, "tips/withdraw.html", {"tip": tip})
    following.withdraw(tip, at=timezone.now())
    return redirect("tips:receipt")


@never_cache
@require_POST
def rate(request: HttpRequest) -> HttpResponse:
    """Say how it was dealt with."""
    tip, code = held_tip(request)
    form = RatingForm(request.POST)
    if not form.is_valid():
        wrong = Misfilled("tip-stars", "请在 1 至 5 分中选一个。", "stars")
        return tip_page(request, tip, code, said=sentence_of(wrong), status=wrong.status)
    following.rate(tip, form.cleaned_data["stars"], form.cleaned_data["words"], at=timezone.now())
    return redirect("tips:receipt")


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the tip in this browser."""
    if HELD not in request.COOKIES:
        raise no_tip()
    response = redirect("tips:follow")
    response.delete_cookie(HELD, path=PATH)
    return response


def qr_code(address: str) -> SafeString:
    """A QR code of an address as SVG."""
    svg = segno.make(address, error="m").svg_inline(border=1, omitsize=True, svgclass=None, lineclass=None)
    return mark_safe(svg)  # noqa: S308 — segno draws squares only
