"""Keyed words: codes that people hold in hand, digests that nobody turns back, and signatures only this house makes.

All keys follow from the one key for looking values up, which lies outside the database. Each room and each purpose has
its own: what is good for one says nothing about another.
"""

import hmac
from functools import lru_cache

from junheng.platform.sealing.keeping import ring

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and capitals without I, L, O and U: what is read aloud or copied by hand is not taken for something else."""
MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V", "-": None, " ": None, "—": None})


@lru_cache(maxsize=64)
def _subkey(key: bytes, room: str, purpose: str) -> bytes:
    return hmac.digest(key, f"junheng {room} 1|{purpose}".encode(), "sha256")


def keyed(room: str, purpose: str, words: str) -> bytes:
    """A keyed digest of some words, good for one purpose of one room only."""
    return hmac.digest(_subkey(ring().blind_key, room, purpose), words.encode(), "sha256")


def spelled(data: bytes, length: int) -> str:
    r"""Bytes as letters that people copy.

    >>> spelled(bytes(10), 12), spelled(b"\xff" * 10, 8)
    ('000000000000', 'ZZZZZZZZ')
    """
    return in_letters(int.from_bytes(data, "big"), length)


def in_letters(number: int, length: int) -> str:
    """The last so many letters of a number, five bits each.

    >>> in_letters(0, 5), in_letters(33, 5)
    ('00000', '00011')
    """
    return "".join(LETTERS[number >> (5 * place) & 31] for place in reversed(range(length)))


def number_in(letters: str) -> int:
    """The number that letters spell.

    >>> number_in("00011")
    33
    """
    number = 0
    for one in letters:
        number = number * 32 + LETTERS.index(one)
    return number


def checked(code: str) -> str:
    """A code with a last letter that tells whether it was copied rightly: any one wrong letter is noticed.

    >>> checked("ABC"), checked("ABD")[-1] == checked("ABC")[-1]
    ('ABC7', False)
    """
    return code + LETTERS[sum((2 * place + 1) * LETTERS.index(one) for place, one in enumerate(code)) % 32]


def is_checked(code: str) -> bool:
    """Whether the last letter of a tidied code is the right one.

    >>> is_checked("ABC7"), is_checked("ACB7"), is_checked("ABC*")
    (True, False, False)
    """
    return len(code) > 1 and set(code) <= set(LETTERS) and checked(code[:-1]) == code


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


def signed(room: str, purpose: str, words: str) -> str:
    """Words with a signature that only this installation makes."""
    return f"{words}|{keyed(room, purpose, words).hex()[:40]}"


def unsigned(room: str, purpose: str, text: str) -> str | None:
    """The words behind a signature; None where it is not ours."""
    words, _, mark = text.rpartition("|")
    good = hmac.compare_digest(mark.encode(), keyed(room, purpose, words).hex()[:40].encode())
    return words if words and good else None
