"""A checked draft as pieces of text, each with the claim it makes or without one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

VERDICTS = ("differs", "ambiguous", "unknown", "proved")
"""In the order in which they need attention."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the draft; ``number`` counts its claims from 1, and is 0 where it makes none."""

    text: str
    number: int = 0
    claim: Any = None


def pieces(text: str, claims: Sequence[Any]) -> list[Piece]:
    """Cut the draft at its claims. A claim that overlaps the one before it is left to the list beside the text.

    >>> from types import SimpleNamespace as Claim
    >>> [piece.text for piece in pieces("建成70所，新增82所。", [Claim(start=2, end=5), Claim(start=8, end=11)])]
    ['建成', '70所', '，新增', '82所', '。']
    """
    cut, at = [], 0
    for number, claim in enumerate(claims, start=1):
        if claim.start < at:
            continue
        if claim.start > at:
            cut.append(Piece(text[at : claim.start]))
        cut.append(Piece(text[claim.start : claim.end], number, claim))
        at = claim.end
    return [*cut, Piece(text[at:])] if at < len(text) else cut


def tally(claims: Sequence[Any]) -> list[tuple[str, int]]:
    """How many claims got each verdict, those that need attention first."""
    counts = Counter(str(claim.verdict) for claim in claims)
    return [(verdict, counts[verdict]) for verdict in VERDICTS]
