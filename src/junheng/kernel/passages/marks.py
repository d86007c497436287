"""A few marks of a text, by which a copied passage is found without comparing every text with every other.

Every run of eight letters has a number; of each nine neighbours the smallest number is kept (winnowing: Schleimer,
Wilkerson, Aiken 2003). Whoever copies sixteen letters in a row copies at least one mark, wherever they stand.
"""

import hashlib

from junheng.kernel.passages.tidying import tidied

GRAM, WINDOW = 8, 9
CERTAIN = GRAM + WINDOW - 1
"""A passage of so many letters is never missed."""


def marks_of(text: str) -> frozenset[int]:
    """The marks of a text; a text shorter than a run has none.

    >>> len(marks_of("禁毒")), len(marks_of("珍爱生命远离毒品从我做起从身边小事做起"))
    (0, 1)
    """
    letters = tidied(text).letters
    numbers = [number_of(letters[place : place + GRAM]) for place in range(len(letters) - GRAM + 1)]
    if len(numbers) <= WINDOW:
        return frozenset(numbers and [min(numbers)])
    return frozenset(min(numbers[place : place + WINDOW]) for place in range(len(numbers) - WINDOW + 1))


def number_of(run: str) -> int:
    """A number of 64 bits that follows from a run of letters alone."""
    return int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big")
