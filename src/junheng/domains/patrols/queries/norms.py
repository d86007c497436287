"""The norm as the rulebook says it: for which weeks how many checks, how they are read, and who is told when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from junheng.content.rulebook import DUTIES
from junheng.domains.patrols.terms import Reading, Rung
from junheng.domains.waters.terms import Level
from junheng.kernel.duties import Norm, Per, Rest
from junheng.kernel.errors import NotInForce, Refusal
from junheng.kernel.rulebook import Dated, InForce
from junheng.kernel.workdays import Week
from junheng.platform.stewardship.limits import Due, due_on

WEEK = timedelta(days=7)
OF_LEVEL: dict[str, Dated[int]] = {
    Level.TOWNSHIP: DUTIES.township_checks,
    Level.COUNTY: DUTIES.county_checks,
}
HOW: tuple[Dated[Any], ...] = (
    DUTIES.check_reading,
    DUTIES.check_apart,
    DUTIES.check_distinct_days,
    DUTIES.check_rest,
)
"""The rules that say how checks are counted: one count never spans a day on which one of them changes."""
TOLD: dict[str, Dated[int]] = {
    Rung.COUNTY: DUTIES.tell_county,
    Rung.CITY: DUTIES.tell_city,
    Rung.LEADER: DUTIES.tell_leader,
}


def monday_of(day: date) -> date:
    """The Monday of the week in which a day lies."""
    return Week.of(day).monday


def norm_of(level: str, *, first: date, last: date, reading: str = "") -> Norm:
    """The norm of a level for weeks that begin from one day to another; ``reading`` puts the other one in its place.

    How checks are counted is what held on the first day: ``parts`` cuts where that changes.
    """
    steps: list[tuple[int, int]] = []
    for monday in mondays(first, last):
        owed = weekly(level, monday)
        if not steps or steps[-1][1] != owed:
            steps.append((monday.toordinal(), owed))
    return Norm(
        steps=tuple(steps) or ((first.toordinal(), 0),),
        per=Per(reading or DUTIES.check_reading.on(first).value),
        rest=Rest(DUTIES.check_rest.on(first).value),
        apart=DUTIES.check_apart.on(first).value,
        distinct_days=bool(DUTIES.check_distinct_days.on(first).value),
    )


def weekly(level: str, monday: date) -> int:
    """The checks owed in a whole week: none before there was a rule, and none outside the season."""
    try:
        owed = OF_LEVEL[level].on(monday).value
    except NotInForce:
        return 0
    return owed if in_season(monday) else 0


def in_season(day: date) -> bool:
    """Whether checks are owed in the season of a day; a season may run over the end of the year."""
    first, last = DUTIES.check_season_from.on(day).value, DUTIES.check_season_until.on(day).value
    here = 100 * day.month + day.day
    return first <= here <= last if first <= last else here >= first or here <= last


def mondays(first: date, last: date) -> Iterator[date]:
    """The Mondays from one day to another, both included."""
    monday = monday_of(first + timedelta(days=6))
    while monday <= last:
        yield monday
        monday += WEEK


def parts(first: date, last: date) -> list[tuple[date, date]]:
    """A span of weeks in pieces within which checks are counted in one way, as first and last days."""
    changes = {step.since for rule in HOW for step in rule.steps if first < step.since <= last}
    bounds = sorted(
        {first, *(monday_of(day + timedelta(days=6)) for day in changes), last + timedelta(days=1)}
    )
    return [(one, other - timedelta(days=1)) for one, other in pairwise(bounds)]


def reading_on(day: date, asked: str = "") -> Reading:
    """The reading that was asked for; that of the rulebook where none was."""
    try:
        return Reading(asked or DUTIES.check_reading.on(day).value)
    except ValueError:
        raise Refusal(
            "no-such-reading", "没有「{text}」这种口径。请选“按每人”或“按每处水域”。", text=asked[:20]
        ) from None


def reading_is_certain(day: date) -> bool:
    """Whether the bureau has confirmed how the number is read."""
    return not DUTIES.check_reading.on(day).certainty.to_be_confirmed


def told_on(rung: str, listed_on: date) -> Due:
    """The day on which a level is told of a missed week that was listed on a Monday; oneself is told at once."""
    return due_on(listed_on, 0 if rung == Rung.PERSON else TOLD[rung].on(listed_on).value)


@dataclass(frozen=True, slots=True)
class Said:
    """One rule as a page says it."""

    title: str
    value: str
    cites: str
    certain: bool


def rules_on(day: date) -> list[Said]:
    """All rules of the duty on a day, with where they come from and whether they still have to be confirmed."""
    every: tuple[Dated[Any], ...] = (
        *OF_LEVEL.values(),
        *HOW,
        DUTIES.check_season_from,
        DUTIES.check_season_until,
    )
    every = (*every, DUTIES.check_remind_on, *TOLD.values())
    found = []
    for rule in every:
        try:
            found.append(said(rule.on(day)))
        except NotInForce:
            continue
    return found


def said(rule: InForce[Any]) -> Said:
    """A rule in words."""
    words = {**dict(Reading.choices), "down": "舍去", "nearest": "四舍五入", "up": "进一"}
    value = str(words.get(rule.value, rule.value))
    return Said(
        rule.title, f"{value} {rule.unit}".strip(), str(rule.cites), not rule.certainty.to_be_confirmed
    )
