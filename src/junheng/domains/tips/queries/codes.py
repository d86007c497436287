"""Codes of tips: what a citizen holds in hand, and what the house knows of it."""

import os
from datetime import date, datetime, timedelta

from junheng.platform.sealing import codes

ROOM = "tips"
LETTERS_OF_A_CODE = 11
"""55 random bits; the twelfth letter tells whether the others were copied rightly."""
GOOD_FOR = timedelta(days=2)
"""How long a form may lie open before it is sent."""


def new_token(*, at: datetime) -> str:
    """A signed token for one form: what is sent under it is one tip, however often it is sent."""
    return codes.signed(ROOM, "form", f"{os.urandom(16).hex()}.{int(at.timestamp())}")


def request_in(token: str, *, at: datetime) -> str | None:
    """The request that a form's token is for; None where it is not ours, or too old."""
    words = codes.unsigned(ROOM, "form", token)
    if words is None:
        return None
    request, _, began = words.partition(".")
    return request if began.isdigit() and int(began) >= (at - GOOD_FOR).timestamp() else None


def code_of(request: str) -> str:
    """The code that belongs to one sending: whoever sends the same again is given the same."""
    return codes.checked(codes.spelled(codes.keyed(ROOM, "code", request)[:10], LETTERS_OF_A_CODE))


def digest_of(purpose: str, words: str) -> str:
    """What the table holds of a code or a request: nobody turns it back."""
    return codes.keyed(ROOM, purpose, words).hex()


def source_of(address: str, *, on: date) -> str:
    """A digest of an address that is another one every day."""
    return digest_of("source", f"{on.isoformat()}|{address}")


def held(code: str) -> str:
    """What a browser holds to show one tip for a while."""
    return codes.signed(ROOM, "held", code).replace("|", ".")


def code_held(text: str) -> str | None:
    """The code that a browser holds."""
    words, _, mark = text.rpartition(".")
    return codes.unsigned(ROOM, "held", f"{words}|{mark}")
