"""Weeks as people read them: one line a person, with who stood in, and a year of one person."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from junheng.domains.patrols.models import Leave, Miss
from junheng.domains.patrols.queries.counting import Counted, Duty, compliance
from junheng.domains.patrols.queries.norms import mondays
from junheng.domains.people.models import Person
from junheng.domains.waters.models import Assignment
from junheng.domains.waters.terms import Level, Risk
from junheng.kernel.workdays import Week, is_known, is_working_day
from junheng.platform.spans import held_from

ONE = timedelta(days=1)
COUNTY = 6
"""Signs of the code of a county."""


@dataclass(frozen=True, slots=True)
class Total:
    """What was owed, done and missed together."""

    owed: int
    done: int
    missed: int

    @property
    def met(self) -> bool:
        """Whether nothing is missing."""
        return not self.missed


@dataclass(frozen=True, slots=True)
class Line:
    """One person of one level in one week."""

    person: Person
    level: str
    monday: date
    waters: int
    days: int
    total: Total
    away: tuple[Leave, ...]
    stands_in: tuple[Leave, ...]
    miss: Miss | None

    @property
    def level_word(self) -> str:
        """The level as people say it."""
        return str(Level(self.level).label)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a week: whether offices work, and why not as the day of the week says."""

    day: date
    works: bool
    kind: str
    """``holiday``, ``makeup``, ``plain``; ``unknown`` where the year's arrangement is not published."""


def days_of(monday: date) -> list[Day]:
    """The seven days of a week with holidays and make-up days."""
    return [day_of(monday + n * ONE) for n in range(7)]


def day_of(day: date) -> Day:
    """One day.

    >>> day_of(date(2023, 10, 6)).kind, day_of(date(2023, 10, 7)).kind, day_of(date(2023, 10, 8)).works
    ('holiday', 'makeup', True)
    """
    works, weekday = is_working_day(day), day.weekday() < 5
    if not is_known(day):
        return Day(day, works, "unknown")
    return Day(day, works, "plain" if works == weekday else "makeup" if works else "holiday")


def duties(counted: Iterable[Counted]) -> list[Duty]:
    """All lines of several counts."""
    return [one for each in counted for one in each.duties()]


def summed(lines: Iterable[Duty]) -> dict[tuple[int, str, date], list[Duty]]:
    """The duties of each person, level and week: one where the norm is read per person, else one for every water."""
    found: dict[tuple[int, str, date], list[Duty]] = defaultdict(list)
    for one in lines:
        found[one.person, one.level, one.monday].append(one)
    return found


def total_of(lines: Iterable[Duty | Total]) -> Total:
    """What several duties come to. What was done beyond one makes up for no other."""
    rows = list(lines)
    return Total(
        sum(one.owed for one in rows), sum(one.done for one in rows), sum(one.missed for one in rows)
    )


def week(
    monday: date, *, where: tuple[str, ...] = (), within: Q | None = None, until: date, reading: str = ""
) -> list[Line]:
    """One line for each person who had a duty in a week, whoever is furthest behind first.

    ``where`` are the counties to count, ``within`` the persons to show, ``until`` the first day nobody knows of yet.
    """
    found = summed(duties(compliance(first=monday, last=monday, until=until, reading=reading, where=where)))
    people = Person.objects.select_related("area").filter(within or Q(), pk__in={key[0] for key in found})
    known = {one.pk: one for one in people}
    leaves = leaves_of(monday, known)
    misses = {
        (one.person_id, one.level): one for one in Miss.objects.filter(monday=monday, person__in=list(known))
    }
    waters = waters_of(monday, known)
    lines = [
        Line(
            person=known[person],
            level=level,
            monday=monday,
            waters=waters[person, level],
            days=max(one.days for one in rows),
            total=total_of(rows),
            away=tuple(one for one in leaves if one.person_id == person),
            stands_in=tuple(one for one in leaves if one.deputy_id == person),
            miss=misses.get((person, level)),
        )
        for (person, level, _monday), rows in found.items()
        if person in known
    ]
    return sorted(
        lines, key=lambda one: (-one.total.missed, one.person.area_id[:COUNTY], one.level, one.person.pk)
    )


def leaves_of(monday: date, people: Iterable[int]) -> list[Leave]:
    """The leaves of a week in which any of these people was away or stood in."""
    chosen = list(people)
    rows = Leave.objects.filter(Q(person__in=chosen) | Q(deputy__in=chosen), cancelled=False)
    rows = rows.filter(held_from(monday), since__lt=monday + 7 * ONE)
    return list(rows.select_related("person", "deputy").order_by("since", "pk"))


def waters_of(monday: date, people: Iterable[int]) -> Counter[tuple[int, str]]:
    """How many dangerous waters each of these people has at some time of a week, by level."""
    rows = Assignment.objects.filter(
        held_from(monday), since__lt=monday + 7 * ONE, water__risk=Risk.HIGH, person__in=list(people)
    )
    pairs = rows.order_by().values_list("person", "level", "water").distinct()
    return Counter((person, level) for person, level, _water in pairs)


def totals(lines: Sequence[Line]) -> list[tuple[str, int, Total]]:
    """Level by level how many people, and what they come to; all together last."""
    found = []
    for level in Level:
        rows = [one.total for one in lines if one.level == level]
        found.append((str(level.label), len(rows), total_of(rows)))
    return [*found, ("", len(lines), total_of(one.total for one in lines))]


@dataclass(frozen=True, slots=True)
class Cell:
    """One week of a year, where it is drawn, and how it went: ``met``, ``missed``, ``none``, ``open``."""

    monday: date
    total: Total
    state: str
    x: int
    top: int
    height: int
    miss: Miss | None


WIDTH, TALL, LEAST = 16, 48, 3
"""Drawing units a week takes, how high the strip is, and how much is drawn of nothing."""


def year(
    person: Person, *, of: int, until: date, reading: str = "", misses: Iterable[Miss] = ()
) -> list[Cell]:
    """The weeks that begin in a year, as a strip: how much of what was owed was done, with the person's ``misses``."""
    first, last = date(of, 1, 1), date(of, 12, 31)
    counted = compliance(
        first=first, last=last, until=until, reading=reading, where=(person.area_id[:COUNTY],)
    )
    own: dict[date, list[Duty]] = defaultdict(list)
    for one in duties(counted):
        if one.person == person.pk:
            own[one.monday].append(one)
    missed = {one.monday: one for one in misses}
    cells = []
    for place, each in enumerate(map(Week, mondays(first, last))):
        total = total_of(own.get(each.monday, []))
        state = (
            "open"
            if each.sunday >= until - ONE
            else "none"
            if not total.owed
            else "met"
            if total.met
            else "missed"
        )
        height = max(TALL * min(total.done, total.owed) // total.owed if total.owed else 0, LEAST)
        cells.append(
            Cell(each.monday, total, state, place * WIDTH, TALL - height, height, missed.get(each.monday))
        )
    return cells
