"""Phones that send single records, answered before Django: many that come together share a transaction.

Only the plain good case is answered here: somebody signed in who brings a few records that say nothing impossible, for
a post of his own. Whatever else it is, the ordinary page gets the very same request and says what is wrong.
"""

import io
import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.wsgi import WSGIRequest
from django.db import InterfaceError, OperationalError
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone, translation

from junheng.domains.fieldwork.actions.together import Letter, busy, keep
from junheng.domains.fieldwork.api.syncing import LONGEST_DEVICE, body_of, now_told, sync
from junheng.domains.fieldwork.queries.sent import moment_of, read_record
from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.gathering import HEADERS, Busy

SYNC = "/fieldwork/sync/"
FEW, LONGEST = 10, 64 * 1024
"""Records and bytes of a request that is answered here; what is larger has a transaction of its own."""
AGAIN = "3"
"""Seconds after which a phone that was asked to wait may come again."""
NEVER_CACHED = ("Cache-Control", "max-age=0, no-cache, no-store, must-revalidate, private")
Environ = dict[str, Any]
Start = Callable[..., Any]
House = Callable[[Environ, Start], Iterable[bytes]]


class Guard(CsrfViewMiddleware):
    """Django's own question whether a request comes from our page; where it says no, the ordinary page says it again."""

    def _reject(self, request: Any, reason: str) -> Any:
        return reason


GUARD = Guard(lambda _request: None)  # type: ignore[arg-type] # it only asks


def lane(environ: Environ, start: Start, house: House) -> Iterable[bytes]:
    """Answer a sync, or hand it to the house as it came."""
    try:
        length = int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = 0
    if not 0 < length <= LONGEST:
        return house(environ, start)
    body = environ["wsgi.input"].read(length)
    language = settings.LANGUAGE_CODE
    try:
        letter = letter_in({**environ, "wsgi.input": io.BytesIO(body)}, at=timezone.now())
        language = letter.language if letter else language
        receipts = keep(letter) if letter else None
    except (Busy, OperationalError, InterfaceError):
        return ask_to_wait(start, language)
    except (Refusal, DisallowedHost):
        receipts = None
    if receipts is None:
        environ["wsgi.input"] = io.BytesIO(body)
        return house(environ, start)
    told = {"server_time": now_told(timezone.now()), "receipts": [one.told() for one in receipts]}
    return answered(start, "200 OK", told, language)


def letter_in(environ: Environ, *, at: datetime) -> Letter | None:
    """What a request says, if it is in order; None where the ordinary page has to look at it."""
    request = WSGIRequest(environ)
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    if not session or not is_ours(request):
        return None
    told = body_of(request)
    raws, device, person = told.get("records"), told.get("device", ""), told.get("person")
    if not isinstance(raws, list) or not 0 < len(raws) <= FEW or not (person is None or type(person) is int):
        return None
    if not isinstance(device, str) or not device.isprintable():
        return None
    _text, sent_at = moment_of(told.get("sent_at"), "sent_at")
    on = timezone.localdate(at)
    sents = [read_record(raw, on=on) for raw in raws]
    if len({one.id for one in sents}) < len(sents):
        return None
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    return Letter(session, person, device[:LONGEST_DEVICE], sent_at, at, language, sents)


def is_ours(request: WSGIRequest) -> bool:
    """Whether it came to our address, the way it must, from our own page."""
    request.get_host()  # raises where it is not one of ours
    if request.content_type != "application/json" or request.META.get("QUERY_STRING"):
        return False
    if settings.SECURE_SSL_REDIRECT and not request.is_secure():
        return False
    GUARD.process_request(request)
    return GUARD.process_view(request, sync, (), {}) is None


def ask_to_wait(start: Start, language: str) -> Iterable[bytes]:
    """Too many at once, or the database does not answer: the phone keeps what it has and comes again."""
    with translation.override(language):
        refusal = busy()
        told = {"code": refusal.code, "message": sentence_of(refusal)}
    more = [("Retry-After", AGAIN), ("X-Refusal", refusal.code)]
    return answered(start, "503 Service Unavailable", told, language, *more)


def answered(
    start: Start, status: str, told: dict[str, Any], language: str, *more: tuple[str, str]
) -> Iterable[bytes]:
    """An answer as the ordinary page gives it."""
    content = json.dumps(told, ensure_ascii=False).encode()
    start(
        status,
        [
            ("Content-Type", "application/json"), ("Content-Length", str(len(content))), ("Content-Language", language),
            ("Vary", "Cookie"), NEVER_CACHED, *more, *HEADERS,
        ],
    )  # fmt: skip
    return [content]
