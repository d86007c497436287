"""The letter of a family: opened with its code and what only the family knows; confirmed, waived, taken back."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from junheng.domains.aid.actions import answering
from junheng.domains.aid.forms import EnterForm, WaiveForm
from junheng.domains.aid.models import AidBatch, AidLetter, Eligibility, Payment, Waiver
from junheng.domains.aid.queries.letters import ROOM, letter_of, proves
from junheng.domains.aid.terms import Scheme
from junheng.kernel.errors import NotFound, Refusal
from junheng.platform.access.address import address_of
from junheng.platform.access.refusals import sentence_of
from junheng.platform.access.tries import counted
from junheng.platform.registers.values import term_label
from junheng.platform.sealing import held

COOKIE, PATH, HALF_AN_HOUR, MOST_TRIES = "aidletter", "/aid/family/", 30 * 60, 8


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for the code and the proof. Wrong tries are counted by address and by letter; one sentence answers both."""
    form = EnterForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            letter = opened(request, form.cleaned_data["code"], form.cleaned_data["proof"])
        except Refusal as refusal:
            form.add_error(None, sentence_of(refusal))
            status = refusal.status
        else:
            response = redirect("aid:letter")
            response.set_cookie(
                COOKIE, held.carried(ROOM, f"{letter.pk}.{letter.turn}"), max_age=HALF_AN_HOUR, path=PATH, httponly=True,
                samesite="Lax", secure=settings.SECURE,
            )  # fmt: skip
            return response
    return render(request, "aid/enter.html", {"form": form}, status=status)


def opened(request: HttpRequest, code: str, proof: str) -> AidLetter:
    """The letter, where code and proof are right."""
    letter = letter_of(code)
    keys = [f"aid:{address_of(request)}", *([f"aid-letter:{letter.pk}"] if letter else [])]
    with counted(dict.fromkeys(keys, MOST_TRIES), at=timezone.now()):
        if letter is None or not proves(letter, proof):
            raise NotFound(
                "no-such-letter",
                "编码与身份证件号后四位（或出生日期）对不上。请核对，或向学校再要一封告知书。",
            )
    return letter


def letter_held(request: HttpRequest) -> AidLetter | None:
    """The letter that this browser opened; none once another took its place."""
    number, _dot, turn = held.read(ROOM, request.COOKIES.get(COOKIE, "")).partition(".")
    if not number:
        return None
    rows = AidLetter.objects.select_related("pupil__school", "pupil__school_class__school")
    return rows.filter(pk=int(number), turn=int(turn)).first()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest) -> HttpResponse:
    """What the child is entitled to in this term, and the family's answer."""
    row = letter_held(request)
    if row is None:
        return redirect("aid:enter")
    lines = lines_of(row)
    form = WaiveForm(
        request.POST if request.POST.get("deed") == "waive" else None,
        choices=[(str(one["scheme"]), str(one["label"])) for one in lines if one["open"]],
    )
    error, status = "", 422 if form.is_bound else 200
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        try:
            do(request, row, form)
            return redirect("aid:letter")
        except Refusal as refusal:
            error, status = sentence_of(refusal), refusal.status
    context = {"letter": row, "label": term_label(row.term), "lines": lines, "form": form, "error": error,
               "open": any(one["open"] for one in lines)}  # fmt: skip
    return render(request, "aid/letter.html", context, status=status)


def do(request: HttpRequest, row: AidLetter, form: WaiveForm) -> None:
    """What the family asked for."""
    now, asked = timezone.now(), request.POST.get("deed", "")
    if asked == "agree":
        answering.agree(row, at=now)
    elif asked == "waive":
        answering.waive(row, at=now, **form.cleaned_data)
    elif asked == "back":
        answering.take_back(row, scheme=request.POST.get("scheme", ""), at=now)
    else:
        raise Refusal("nothing-asked", "没有选择要办理的事项。没有改动。")


def lines_of(row: AidLetter) -> list[dict[str, object]]:
    """Every programme of the term: how much, and whether it was waived or paid. Why one is entitled is not said."""
    same = {"pupil": row.pupil_id, "term": row.term}
    waived = set(Waiver.objects.filter(**same).values_list("scheme", flat=True))
    paid = set(Payment.objects.filter(**same, returned_on=None).values_list("scheme", flat=True))
    begun = set(
        AidBatch.objects.filter(area=row.area_id[:6], term=row.term)
        .values_list("scheme", flat=True)
        .distinct()
    )
    return [
        {
            "scheme": one.scheme, "label": str(Scheme(one.scheme).label), "fen": one.amount_fen,
            "waived": one.scheme in waived, "paid": one.scheme in paid,
            "open": one.scheme not in waived | paid, "back": one.scheme in waived - begun,
        }
        for one in Eligibility.objects.filter(**same).order_by("scheme")
    ]  # fmt: skip


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the letter in this browser."""
    response = redirect("aid:enter")
    response.delete_cookie(COOKIE, path=PATH)
    return response
