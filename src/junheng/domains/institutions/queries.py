"""Questions about training institutions: who is called so, and whether the licence holds."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from junheng.domains.institutions.models import Institution
from junheng.kernel.quality import likeness, plain

NEARLY = Fraction(1, 2)
"""How alike a name must be to be offered to somebody who may have misspelt it."""
SHOWN = 30


@dataclass(frozen=True, slots=True)
class Found:
    """One institution as the public sees it on a day."""

    institution: Institution
    licensed: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What a name finds: those that are called so, or else those that are nearly."""

    exact: tuple[Found, ...]
    nearly: tuple[Found, ...]
    more: bool


def called(name: str, area: str, *, on: date) -> Answer:
    """The institutions whose name or licence holds these words; blanks, width and brackets do not count. One question."""
    words = plain(name)
    rows = Institution.objects.select_related("area").order_by("area_id", "code", "-since")
    if area:
        rows = rows.filter(area__gte=area, area__lt=f"{area}~")
    everybody = list(rows)
    exact = [one for one in everybody if not words or words in plain(one.name) or words == plain(one.code)]
    nearly: list[Institution] = []
    if words and not exact:
        shares = sorted(((likeness(words, plain(one.name)), -one.pk, one) for one in everybody), reverse=True)
        nearly = [one for share, _order, one in shares[:5] if share >= NEARLY]
    return Answer(
        tuple(found(one, on) for one in exact[:SHOWN]),
        tuple(found(one, on) for one in nearly),
        len(exact) > SHOWN,
    )


def found(one: Institution, on: date) -> Found:
    """Whether the licence holds on a day."""
    return Found(one, one.since <= on and (one.until is None or one.until > on))
