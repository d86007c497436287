"""An application of a family that stands on no list, and how far it is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from junheng.domains.aid.actions import requesting
from junheng.domains.aid.forms import ReceiptForm, RequestForm
from junheng.domains.aid.models import AidRequest
from junheng.domains.pupils.models import Pupil
from junheng.kernel.errors import NotFound, Refusal
from junheng.platform.access.address import address_of
from junheng.platform.access.refusals import sentence_of
from junheng.platform.access.tries import check_tries, note_wrong
from junheng.platform.sealing import codes
from junheng.platform.sealing.keeping import blind
from junheng.platform.spans import holds

MOST_TRIES = 8


def counted(request: HttpRequest) -> str:
    """The key under which wrong tries are counted; refused where there were too many."""
    key = f"aid-ask:{address_of(request)}"
    check_tries(key, most=MOST_TRIES, at=timezone.now())
    return key


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Take an application in: the pupil by name and number, the facts, and the promise on the same page."""
    form = RequestForm(request.POST if request.method == "POST" else None)
    status, made = 422 if form.is_bound else 200, None
    if form.is_valid():
        try:
            asked = form.cleaned_data
            pupil = pupil_with(request, asked["name"], asked["id_number"])
            made = requesting.apply(
                pupil,
                kind=asked["kind"],
                words=asked["words"],
                promised_by=asked["promised_by"],
                at=timezone.now(),
            )
            status = 200
        except Refusal as refusal:
            form.add_error(None, sentence_of(refusal))
            status = refusal.status
    context = {"form": form, "receipt": codes.grouped(made.receipt) if made else ""}
    return render(request, "aid/ask.html", context, status=status)


def pupil_with(request: HttpRequest, name: str, number: str) -> Pupil:
    """The pupil on a roll here with this name and number; both must be right, and wrong ones are counted."""
    key = counted(request)
    now = timezone.now()
    rows = Pupil.objects.filter(holds(timezone.localdate(now)), id_number_blind=blind(number.strip().upper()))
    found = [one for one in rows[:3] if one.name == name.strip()]
    if not number.strip() or len(found) != 1:
        note_wrong(key, at=now)
        raise NotFound(
            "no-such-pupil",
            "姓名与身份证件号对不上，或者学籍还没有核实。请核对；确认无误的，请到学校提出书面申请。",
        )
    return found[0]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """How far an application is; the receipt alone is asked for, and no name is shown."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    status, one = 422 if form.is_bound else 200, None
    if form.is_valid():
        try:
            key = counted(request)
            one = AidRequest.objects.filter(receipt=codes.tidy(form.cleaned_data["receipt"])).first()
            if one is None:
                note_wrong(key, at=timezone.now())
                raise NotFound("no-such-receipt", "没有这个回执号。请核对后再查。")
            status = 200
        except Refusal as refusal:
            form.add_error(None, sentence_of(refusal))
            status = refusal.status
    return render(request, "aid/follow.html", {"form": form, "one": one}, status=status)
