"""What the records answer to a question of prose: the bridge from the reader of claims to figures and promises."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from junheng.kernel.claims import Answer, Question
from junheng.kernel.indicators import Figure, Indicator, Kind, Moment
from junheng.kernel.promises import Promise, Standing, Watch
from junheng.kernel.values.school_term import SchoolTerm

COUNTY_DIGITS = 6


def answer(question: Question, watch: Watch) -> Answer | None:
    """The bureau's own reading of a figure or promise, or None where the records cannot answer.

    A question about an area is answered where the figure has a part there; a promise is asked of the area alone.
    """
    at = Moment(question.as_of, question.window)
    if question.id in watch.promises:
        return of_promise(
            watch.promises[question.id], watch.standing(question.id, at, area=question.area or "")
        )
    card = watch.engine.library.indicators.get(question.id)
    if card is None:
        return None
    if question.area:
        return _of_area(card, question, at, watch)
    found = watch.engine.figure(question.id, at)
    return of_figure(card, found, kept=_kept(question.id, at, watch))


def of_promise(card: Promise, standing: Standing) -> Answer:
    """A promise as prose hears it: whether it holds and how many stand against it; how many is sealed if it is."""
    share = Fraction(standing.among - standing.exceptions, standing.among) if standing.among else None
    hidden = card.sealed and standing.exceptions > 0
    return Answer(
        value=share if not hidden and standing.exceptions <= standing.among else None,
        holds=standing.holds,
        exceptions=None if hidden else standing.exceptions,
    )


def of_figure(card: Indicator, found: Figure, *, kept: bool | None = None) -> Answer:
    """A figure as prose hears it. ``kept`` says whether the promise that stands on a norm is kept."""
    match card.kind:
        case Kind.TERM:
            first = found.value
            return Answer(value=str(SchoolTerm.containing(first)) if isinstance(first, date) else None)
        case Kind.TREND:
            return Answer(holds=None if found.value is None else found.value is True)
        case Kind.UNIVERSAL:
            left = (found.denominator or 0) - (found.numerator or 0)
            return Answer(value=_plain(found.value), holds=found.value == 1, exceptions=left)
        case Kind.SPAN:
            return Answer(value=found.window)
    return Answer(value=_plain(found.value), holds=kept)


def _kept(id: str, at: Moment, watch: Watch) -> bool | None:
    """Whether the promise of the kind 至少 that rests on this norm is kept; None where there is none."""
    for key, card in watch.promises.items():
        if card.norm == id:
            return watch.standing(key, at).holds
    return None


def _of_area(card: Indicator, question: Question, at: Moment, watch: Watch) -> Answer | None:
    area = (question.area or "")[:COUNTY_DIGITS]
    cells: Mapping[str, object] = {cell.area: cell.value for cell in watch.engine.cells(card.id, at)}
    if not cells:
        return None
    if area not in cells:
        return Answer(value=0) if card.kind in {Kind.COUNT, Kind.MONEY} else None
    value = cells[area]
    holds = value == 1 if card.kind is Kind.UNIVERSAL else None
    return Answer(value=_plain(value), holds=holds)


def _plain(value: object) -> "int | Fraction | None":
    return value if not isinstance(value, bool) else int(value)  # type: ignore[return-value]
