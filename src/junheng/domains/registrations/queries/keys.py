"""Keyed values of a registration: the child's number in a draw, the family's codes, and what a form is signed with.

All keys follow from the one key for looking numbers up, which is made once and lies outside the database: whoever has
the database alone can neither tell a child from its number nor make a receipt.
"""

import hmac
from dataclasses import dataclass

from junheng.platform.sealing import codes
from junheng.platform.sealing.codes import LETTERS, grouped, spelled, tidy

__all__ = ["LETTERS", "Codes", "codes_of", "grouped", "is_secret", "keyed", "pid_of", "secret_of", "signed", "spelled", "tidy", "unsigned"]  # fmt: skip
ROOM = "registrations"
CODE, SECRET, TOKEN = 12, 8, 16


@dataclass(frozen=True, slots=True)
class Codes:
    """What a family holds in hand: the number of its registration, the word that opens it, and the salt of its digest."""

    code: str
    secret: str
    salt: str


def keyed(purpose: str, words: str) -> bytes:
    """A keyed digest of some words, good for one purpose only."""
    return codes.keyed(ROOM, purpose, words)


def pid_of(season: str, id_number: str) -> str:
    """The child's number in a season: the same in every county, and nobody learns the identity number from it."""
    return keyed("pid", f"{season}|{id_number}").hex()[:32]


def codes_of(request_key: str) -> Codes:
    """The codes that belong to one sending: whoever sends the same again is given the same."""
    spread = keyed("codes", request_key)
    more = keyed("salt", request_key)
    return Codes(spelled(spread[:10], CODE), secret_of(request_key), more.hex()[:32])


def secret_of(request_key: str) -> str:
    """The word that opens a registration."""
    return spelled(keyed("secret", request_key)[:10], SECRET)


def is_secret(given: str, request_key: str) -> bool:
    """Whether this is the word, compared in a time that says nothing."""
    return hmac.compare_digest(tidy(given), secret_of(request_key))


def signed(purpose: str, words: str) -> str:
    """Words with a signature that only this installation makes."""
    return codes.signed(ROOM, purpose, words)


def unsigned(purpose: str, text: str) -> str | None:
    """The words behind a signature; None where it is not ours."""
    return codes.unsigned(ROOM, purpose, text)
