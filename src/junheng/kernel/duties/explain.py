"""Compliance as lines that people read: one person, one week."""

from dataclasses import dataclass
from datetime import date

from junheng.kernel.duties.solve import Compliance


@dataclass(frozen=True, slots=True)
class Line:
    """One duty in one week."""

    person: int
    water: int
    monday: date
    days: int
    owed: int
    done: int

    @property
    def missed(self) -> int:
        """How many checks are missing."""
        return max(0, self.owed - self.done)


def lines_of(found: Compliance, *, missed_only: bool = False) -> list[Line]:
    """The lines by week and person."""
    rows = zip(
        found.person.tolist(),
        found.water.tolist(),
        found.monday.tolist(),
        found.days.tolist(),
        found.owed.tolist(),
        found.done.tolist(),
        strict=True,
    )
    lines = [
        Line(person, water, date.fromordinal(monday), days, owed, done)
        for person, water, monday, days, owed, done in rows
    ]
    return sorted(
        (one for one in lines if one.missed or not missed_only),
        key=lambda one: (one.monday, one.person, one.water),
    )
