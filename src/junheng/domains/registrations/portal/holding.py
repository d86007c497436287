"""What a family's browser holds: the token of its draft, and for a day the key of its receipt."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from junheng.domains.registrations.actions.drafts import token_digest
from junheng.domains.registrations.models import Application, Draft
from junheng.domains.registrations.portal.lane import DAY, HELD
from junheng.domains.registrations.queries.faults import no_application, no_draft, sent_already
from junheng.domains.registrations.queries.finding import application_with, draft_with
from junheng.domains.registrations.queries.keys import Codes, signed, unsigned
from junheng.platform.access.address import address_of

TOKEN = "registration"  # noqa: S105 — the name of a cookie
PATH = "/registrations/"


def draft_of(request: HttpRequest, *, at: datetime, sent: bool = False) -> Draft:
    """The draft of this browser. What an official fills in is only for that official; what was sent is for the receipt."""
    draft = draft_with(token_digest(request.COOKIES.get(TOKEN, "")), at=at)
    if draft is None or (draft.entered_by and draft.entered_by != request.user.get_username()):
        raise no_draft()
    if draft.application_id and not sent:
        raise sent_already()
    return draft


def hold(response: HttpResponse, name: str, value: str, seconds: int) -> None:
    """Give the browser something to hold; no script and no other site gets at it."""
    response.set_cookie(
        name, value, max_age=seconds, path=PATH, httponly=True, samesite="Lax", secure=settings.SECURE
    )


def hold_draft(response: HttpResponse, token: str) -> None:
    """Have the browser remember its draft."""
    hold(response, TOKEN, token, settings.JUNHENG_DRAFT_DAYS * DAY)


def hold_receipt(response: HttpResponse, codes: Codes) -> None:
    """Have the browser show the receipt for a day."""
    hold(response, HELD, signed("held", f"{codes.code}.{codes.secret}").replace("|", "."), DAY)


def held_application(request: HttpRequest, *, at: datetime) -> Application:
    """The application whose receipt this browser may show."""
    words, _, mark = request.COOKIES.get(HELD, "").rpartition(".")
    pair = unsigned("held", f"{words}|{mark}")
    if pair is None:
        raise no_application()
    code, _, secret = pair.partition(".")
    return application_with(code, secret, at=at, asked_from=asked_from(request))


def asked_from(request: Any) -> str:
    """Where a request came from, for counting wrong tries."""
    return address_of(request)
