"""Keyed values of a registration: the child's number in a draw, the family's codes, and what a form is signed with.

All keys follow from the one key for looking numbers up, which is made once and lies outside the database: whoever has
the database alone can neither tell a child from its number nor make a receipt.
"""

import hmac
from dataclasses import dataclass
from functools import lru_cache

from junheng.platform.sealing import ring

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and capitals without I, L, O and U: what is read aloud or copied by hand is not taken for something else."""
CODE, SECRET, TOKEN = 12, 8, 16
MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V", "-": None, " ": None, "—": None})


@dataclass(frozen=True, slots=True)
class Codes:
    """What a family holds in hand: the number of its registration, the word that opens it, and the salt of its digest."""

    code: str
    secret: str
    salt: str


@lru_cache(maxsize=32)
def _subkey(key: bytes, purpose: str) -> bytes:
    return hmac.digest(key, f"junheng registrations 1|{purpose}".encode(), "sha256")


def keyed(purpose: str, words: str) -> bytes:
    """A keyed digest of some words, good for one purpose only."""
    return hmac.digest(_subkey(ring().blind_key, purpose), words.encode(), "sha256")


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


def spelled(data: bytes, length: int) -> str:
    r"""Bytes as letters that people copy.

    >>> spelled(bytes(10), 12), spelled(b"\xff" * 10, 8)
    ('000000000000', 'ZZZZZZZZ')
    """
    number = int.from_bytes(data, "big")
    return "".join(LETTERS[number >> (5 * place) & 31] for place in reversed(range(length)))


def tidy(text: str) -> str:
    """What somebody typed, as it was meant: capitals, no dashes, letters that are no digits read as digits.

    >>> tidy(" ab1l-o0u2 ")
    'AB1100V2'
    """
    return text.strip().upper().translate(MISREAD)


def grouped(code: str) -> str:
    """A code in groups of four.

    >>> grouped("ABCDEFGH1234")
    'ABCD-EFGH-1234'
    """
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def signed(purpose: str, words: str) -> str:
    """Words with a signature that only this installation makes."""
    return f"{words}|{keyed(purpose, words).hex()[:40]}"


def unsigned(purpose: str, text: str) -> str | None:
    """The words behind a signature; None where it is not ours."""
    words, _, mark = text.rpartition("|")
    good = hmac.compare_digest(mark.encode(), keyed(purpose, words).hex()[:40].encode())
    return words if words and good else None
