"""The receipt: what was sent, its digest and how to compute it, how far the checks are; changing and withdrawing."""

import json
from collections.abc import Sequence
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from junheng.domains.registrations.actions.changing import change, check_open, withdraw
from junheng.domains.registrations.actions.drafts import begun, new_token
from junheng.domains.registrations.actions.judging import judged
from junheng.domains.registrations.actions.sending import FAMILY, Sending
from junheng.domains.registrations.actions.supplementing import supplement
from junheng.domains.registrations.actions.writing import write
from junheng.domains.registrations.models import Application, Choice
from junheng.domains.registrations.portal.holding import draft_of, held_application, hold_draft, hold_receipt
from junheng.domains.registrations.portal.steps import LAST, show
from junheng.domains.registrations.queries.faults import Misfilled, stale_token
from junheng.domains.registrations.queries.finding import codes_for, twin_of
from junheng.domains.registrations.queries.keys import grouped
from junheng.domains.registrations.queries.passes import read_pass
from junheng.domains.registrations.queries.records import record_of
from junheng.domains.registrations.queries.rules import Form, Sound, check_window, cleaned, said_address
from junheng.domains.registrations.queries.sheets import Offer, kept_sheet, sheet_of
from junheng.kernel.values.identity import birth_date
from junheng.platform.access.refusals import sentence_of

MASK = 0
"""Every mask is read alike; to try all eight and keep the most even one costs as much as the rest of the page."""
COMMANDS = {"sha256": "printf %s '…' | sha256sum", "sm3": "printf %s '…' | openssl dgst -sm3"}


@never_cache
@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """The receipt of this browser's application, on the phone and on paper."""
    at = timezone.now()
    return render(request, "registrations/receipt.html", told(request, held_application(request, at=at)))


def told(request: HttpRequest, row: Application) -> dict[str, Any]:
    """What a receipt says."""
    at, form, codes = timezone.now(), form_sent(row), codes_for(row)
    choices = chosen(row)
    address = request.build_absolute_uri(f"{reverse('registrations:look-up')}?code={row.code}")
    intake = row.intake
    return {
        "row": row, "form": form, "code": grouped(codes.code), "secret": grouped(codes.secret), "intake": intake,
        "qr": qr_code(address), "record": record_sent(row, form, choices), "command": COMMANDS[intake.algorithm],
        "address": said_address(form), "near": schools_near(row), "choices": choices,
        "circumstances": row.circumstances.select_related("about").order_by("pk"), "twin": twin_of(row),
        "may_change": row.state == "sent" and intake.state == "published" and at < intake.closes_at,
        "may_supplement": row.state == "sent" and intake.state == "published" and at <= intake.checked_by,
        "born": birth_date(form.get("id_number", "")),
    }  # fmt: skip


def schools_near(row: Application) -> str:
    """The school of the catchment, or all that share it."""
    if row.catchment_school is None:
        return ""
    sheet = kept_sheet(row.intake_id) or sheet_of(row.intake_id)
    offer = sheet.schools.get(row.catchment_school.code)
    return "、".join(offer.together) if offer and offer.together else row.catchment_school.name


def form_sent(row: Application) -> Form:
    """The form of an application; empty once its key was destroyed."""
    try:
        found: Form = json.loads(row.details)
    except ValueError:
        return {}
    return found


def chosen(row: Application) -> list[Choice]:
    """The choices of an application, in their order."""
    return list(row.choices.select_related("school").order_by("rank"))


def record_sent(row: Application, form: Form, choices: Sequence[Choice]) -> str:
    """The line of words whose digest stands on the receipt, made from what is stored."""
    born = birth_date(form.get("id_number", ""))
    if born is None:
        return ""

    def offer(school: Any) -> Offer:
        return Offer(school.pk, school.code, school.name, school.nature == "private", 0)

    sound = Sound(
        form=form, pid=row.pid, born_on=born, home_area=row.home_area_id or "",
        catchment=offer(row.catchment_school) if row.catchment_school else None,
        has=tuple(kind for kind in form.get("has", "").split(",") if kind), about={},
        choices=tuple(offer(one.school) for one in choices),
        migrant=row.migrant, bound_to=row.bound_to,
    )  # fmt: skip
    return record_of(
        sound, intake=row.intake.code, code=row.code, salt=row.salt, channel=row.channel, sent_at=row.sent_at
    )


def qr_code(address: str) -> SafeString:
    """A QR code of an address as SVG."""
    svg = segno.make_qr(address, error="m", mask=MASK).svg_inline(
        border=1, omitsize=True, svgclass=None, lineclass=None
    )
    return mark_safe(svg)  # noqa: S308 — segno draws squares only


@never_cache
@require_POST
def begin_change(request: HttpRequest) -> HttpResponse:
    """A draft with everything as it was sent; the application stays as it is until the change is sent."""
    at = timezone.now()
    row = held_application(request, at=at)
    check_open(row)
    check_window(sheet_of(row.intake_id), at)
    token = new_token()
    write(begun(row.intake_id, token=token, form=form_sent(row), at=at, changes=row.pk))
    response = redirect("registrations:step", 1)
    hold_draft(response, token)
    return response


@never_cache
@require_POST
def send_change(request: HttpRequest) -> HttpResponse:
    """Write the change."""
    at = timezone.now()
    draft = draft_of(request, at=at)
    given = read_pass(request.POST.get("pass", ""), at=at)
    if given is None or given.draft != draft.pk or draft.changes is None:
        raise stale_token()
    form = cleaned({name: ",".join(request.POST.getlist(name)) for name in request.POST})
    sheet = sheet_of(given.intake)
    judgement = judged(form, given, sheet, at=at)
    try:
        if not isinstance(judgement, Sending):
            return show(request, draft, sheet, form, LAST, judgement, status=422)
        row = change(judgement, draft.changes.pk)
    except Misfilled as refusal:
        return show(request, draft, sheet, form, LAST, [refusal], status=422)
    response = redirect("registrations:receipt")
    hold_receipt(response, codes_for(row))
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest) -> HttpResponse:
    """Withdraw, after being asked once."""
    at = timezone.now()
    row = held_application(request, at=at)
    if request.method != "POST":
        return render(request, "registrations/withdraw.html", {"row": row, "form": form_sent(row)})
    withdraw(row, at=at)
    return redirect("registrations:receipt")


@never_cache
@require_POST
def give_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """A better copy of what was asked for; what is wrong with it is said where it was chosen."""
    at = timezone.now()
    row = held_application(request, at=at)
    by = request.user.get_username() or FAMILY
    try:
        supplement(row, pk, request.FILES.getlist("photo"), at=at, by=by)
    except Misfilled as refusal:
        context = told(request, row) | {"wrong_at": pk, "said": sentence_of(refusal)}
        return render(request, "registrations/receipt.html", context, status=422)
    return redirect("registrations:receipt")
