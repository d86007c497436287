"""Who may take a quota place: three years on the roll of one junior school without a break, read from the roll itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Finding(StrEnum):
    """What the history of the roll says about one pupil."""

    ELIGIBLE = "eligible"
    LATE = "late"
    """Came to the school after the day by which a pupil must be there (a late transfer)."""
    BROKEN = "broken"
    """Was there in time, left, and came back."""
    ABSENT = "absent"
    """Is not on the school's roll on the day the list is drawn up."""


@dataclass(frozen=True, slots=True)
class Span:
    """One stay on one school's roll, from ``since`` until before ``until``; open while that is ``None``."""

    school: str
    since: date
    until: date | None = None


def finding_of(
    spans: Iterable[Span], school: str, *, entered_by: date, on: date
) -> tuple[Finding, date | None]:
    """What the roll says on a day, and since when the pupil has been there without a break.

    Stays that follow one another without a day between count as one: a change of class is no change of school.

    >>> stays = [Span("a", date(2021, 9, 1), date(2022, 9, 1)), Span("a", date(2022, 9, 1))]
    >>> finding_of(stays, "a", entered_by=date(2021, 9, 30), on=date(2024, 4, 12))
    (<Finding.ELIGIBLE: 'eligible'>, datetime.date(2021, 9, 1))
    """
    stays = sorted(
        (one for one in spans if one.school == school and one.since <= on), key=lambda one: one.since
    )
    began: date | None = None
    last: date | None = None
    earlier = False
    for stay in stays:
        if began is None or last is None or stay.since > last:
            earlier = earlier or (began is not None and began <= entered_by)
            began = stay.since
        last = date.max if stay.until is None else max(last or stay.until, stay.until)
    if began is None or last is None or last <= on:
        return Finding.ABSENT, None
    if began > entered_by:
        return (Finding.BROKEN if earlier else Finding.LATE), began
    return Finding.ELIGIBLE, began
