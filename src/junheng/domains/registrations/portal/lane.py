"""The fast lane: the one address at which all families of a city may arrive within minutes, answered before Django.

Only the plain good case is answered here: a form that is in order, sent with its pass while the window is open.
Whatever else it is, the ordinary page gets the very same request, judges it by the same rules and says what is wrong.
"""

import io
import random
from collections.abc import Callable, Iterable
from datetime import datetime
from html import escape
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.template.loader import render_to_string
from django.utils import timezone, translation

from junheng.domains.registrations.actions.judging import judged
from junheng.domains.registrations.actions.sending import Sending, Sent
from junheng.domains.registrations.actions.writing import write
from junheng.domains.registrations.queries.keys import signed
from junheng.domains.registrations.queries.passes import read_pass
from junheng.domains.registrations.queries.rules import Form, cleaned
from junheng.domains.registrations.queries.sheets import kept_sheet
from junheng.kernel.errors import Refusal
from junheng.platform.gathering import HEADERS as ANSWERED
from junheng.platform.gathering import Busy

SEND, RECEIPT = "/registrations/send/", "/registrations/receipt/"
HELD = "registered"
"""The cookie by which the family's browser finds its receipt."""
LONGEST, MOST_FIELDS = 32 * 1024, 60
WAIT = (2, 6)
"""Seconds after which a family that was asked to wait tries again: at random, so that they do not come together."""
DAY = 24 * 60 * 60
HEADERS = [("Cache-Control", "no-store"), *ANSWERED]
Environ = dict[str, Any]
Start = Callable[..., Any]
House = Callable[[Environ, Start], Iterable[bytes]]


def lane(environ: Environ, start: Start, house: House) -> Iterable[bytes]:
    """Answer a sending, or hand it to the house as it came."""
    try:
        length = int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = 0
    if not 0 < length <= LONGEST:
        return house(environ, start)
    body = environ["wsgi.input"].read(length)
    try:
        sent = sent_at_once(body, at=timezone.now())
    except (Busy, OperationalError, InterfaceError):
        return ask_to_wait(environ, start, body)
    except Refusal:
        sent = None
    if sent is None:
        environ["wsgi.input"] = io.BytesIO(body)
        return house(environ, start)
    start("303 See Other", [("Location", RECEIPT), ("X-Receipt", sent.codes.code), *held(sent), *HEADERS])
    return [b""]


def sent_at_once(body: bytes, *, at: datetime) -> Sent | None:
    """What came of a form that is in order; None where the ordinary page has to look at it."""
    fields = fields_of(body)
    given = read_pass(fields.get("pass", ""), at=at)
    sheet = kept_sheet(given.intake) if given else None
    if given is None or sheet is None:
        return None
    judgement = judged(cleaned(fields), given, sheet, at=at)
    if not isinstance(judgement, Sending):
        return None
    sent: Sent = write(judgement)
    return sent


def fields_of(body: bytes) -> Form:
    """The fields of a form; a box that may be ticked several times is one field with commas."""
    fields: Form = {}
    try:
        for name, words in parse_qsl(body.decode("ascii"), max_num_fields=MOST_FIELDS, errors="strict"):
            fields[name] = f"{fields[name]},{words}" if name == "has" and name in fields else words
    except ValueError:
        return {}
    return fields


def held(sent: Sent) -> list[tuple[str, str]]:
    """The cookie with which the browser shows the receipt for a day; afterwards code and secret do."""
    value = signed("held", f"{sent.codes.code}.{sent.codes.secret}").replace("|", ".")
    secure = "; Secure" if settings.SECURE else ""
    return [
        ("Set-Cookie", f"{HELD}={value}; Path=/registrations/; Max-Age={DAY}; HttpOnly; SameSite=Lax{secure}")
    ]


def ask_to_wait(environ: Environ, start: Start, body: bytes) -> Iterable[bytes]:
    """Too many at once: a page that keeps the form, says so, and sends it again by itself in a moment."""
    wait = random.randint(*WAIT)  # noqa: S311 — nothing depends on nobody guessing it
    language = "en" if "django_language=en" in environ.get("HTTP_COOKIE", "") else settings.LANGUAGE_CODE
    inputs = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(words)}">'
        for name, words in fields_of(body).items()
    )
    page = (
        waiting_page(language).replace("<!--fields-->", inputs).replace('data-wait=""', f'data-wait="{wait}"')
    )
    content = page.encode()
    start(
        "503 Service Unavailable",
        [
            ("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(content))),
            ("Retry-After", str(wait)), ("X-Refusal", "busy"), *HEADERS,
        ],
    )  # fmt: skip
    return [content]


_PAGES: dict[str, str] = {}


def waiting_page(language: str) -> str:
    """The page, rendered once for each language: nothing on it is anybody's but the fields."""
    if language not in _PAGES:
        with translation.override(language):
            try:
                _PAGES[language] = render_to_string("registrations/busy.html", {"language": language})
            except ValueError:  # style sheets were not collected: the words matter more than how they look
                _PAGES[language] = render_to_string(
                    "registrations/busy.html", {"language": language, "bare": True}
                )
    return _PAGES[language]
