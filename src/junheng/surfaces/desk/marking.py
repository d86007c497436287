"""A checked draft as pieces of text and as a list of findings, each with the words a page needs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from junheng.kernel.claims import Verdict
from junheng.platform.figures.words import told

VERDICTS = ("differs", "ambiguous", "unknown", "proved")
"""In the order in which they need attention."""


class Placed(Protocol):
    """Anything that stands at a place in the text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the draft; ``number`` counts the claims from 1, and is 0 where there is none."""

    text: str
    number: int = 0
    claim: Placed | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One claim for the list beside the text. ``computed`` is empty where the records gave no answer."""

    number: int
    words: str
    verdict: str
    figure: str
    title: str
    computed: str
    why: str
    readings: tuple[tuple[str, str], ...]


def pieces(text: str, claims: Sequence[Placed]) -> list[Piece]:
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


def findings(claims: Sequence[Verdict]) -> list[Finding]:
    """Every claim in words. The readings are told where there are several."""
    return [
        Finding(
            number=number,
            words=claim.words,
            verdict=str(claim.verdict),
            figure=claim.figure or "",
            title=claim.readings[0].title if claim.readings and claim.figure else "",
            computed=told(claim.readings[0].words) if len(claim.readings) == 1 else "",
            why=told(claim.why),
            readings=tuple((one.label or one.title, told(one.words)) for one in claim.readings)
            if len(claim.readings) > 1
            else (),
        )
        for number, claim in enumerate(claims, start=1)
    ]


def tally(claims: Sequence[Verdict]) -> list[tuple[str, int]]:
    """How many claims got each verdict, those that need attention first."""
    counts = Counter(str(claim.verdict) for claim in claims)
    return [(verdict, counts[verdict]) for verdict in VERDICTS]
