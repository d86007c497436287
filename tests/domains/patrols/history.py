"""Histories of waters in the database, and the same read aloud by the oracle."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from junheng.domains.patrols.models import Check, Leave
from junheng.domains.people.models import Person
from junheng.domains.waters.models import Assignment, Water
from junheng.domains.waters.terms import Level
from junheng.kernel.duties import Norm, Per, Rest
from tests.domains import makers
from tests.kernel.duties.oracle import naive

SHANGHAI = ZoneInfo("Asia/Shanghai")
FAR = date(9999, 12, 31)
TOWN, COUNTY = "410802001", "410802"


def check(person: Person, water: Water, on: date, at: str = "09:00", level: str = "township") -> Check:
    """One check at a time of a day in Shanghai."""
    moment = datetime.combine(on, time.fromisoformat(at), SHANGHAI)
    return Check.objects.create(
        person=person, water=water, area_id=water.area_id, level=level, checked_at=moment
    )


def warden(**given: object) -> tuple[Person, Water]:
    """A township warden with one dangerous water."""
    person, water = makers.person(**given), makers.water()
    makers.assignment(water, person)
    return person, water


def read_aloud(
    *, first: date, last: date, per: str, weekly: dict[str, dict[date, int]], rest: str = "down", apart: int = 30,
    distinct_days: bool = False,
) -> dict[tuple[int, str, int, date], tuple[int, int, int]]:  # fmt: skip
    """Days, owed and done of every duty in the database, by person, level, water (0 for all) and Monday."""
    found = {}
    for level in Level.values:
        norm = Norm(
            steps=tuple((monday.toordinal(), owed) for monday, owed in sorted(weekly[level].items())),
            per=Per(per), rest=Rest(rest), apart=apart, distinct_days=distinct_days,
        )  # fmt: skip
        rows, _counted = naive(
            norm, list(charges(level)), list(leaves()), list(checks(level)), first=first.toordinal(), last=last.toordinal()
        )  # fmt: skip
        for (person, water, monday), facts in rows.items():
            found[person, level, max(water, 0), date.fromordinal(monday)] = facts
    return found


def charges(level: str) -> Iterable[tuple[int, int, int, int]]:
    """Whose dangerous water it was, while he was in office and it was on the list."""
    for one in Assignment.objects.filter(level=level, water__risk="high"):
        since = max(one.since, one.water.since, one.person.since)
        until = min(one.until or FAR, one.water.until or FAR, one.person.until or FAR)
        if since < until:
            yield one.person_id, one.water_id, since.toordinal(), until.toordinal()


def leaves() -> Iterable[tuple[int, int, int, int]]:
    """Who was away."""
    for one in Leave.objects.filter(cancelled=False):
        yield one.person_id, one.deputy_id or -1, one.since.toordinal(), (one.until or FAR).toordinal()


def checks(level: str) -> Iterable[tuple[int, int, int]]:
    """Who was where in which minute of Shanghai."""
    for one in Check.objects.filter(level=level):
        here = one.checked_at.astimezone(SHANGHAI)
        yield one.person_id, one.water_id, here.toordinal() * 1440 + here.hour * 60 + here.minute


def mondays(first: date, last: date) -> list[date]:
    """The Mondays of a span, day by day."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [day for day in days if day.weekday() == 0]
