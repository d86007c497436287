"""A school's year of safety, made from the calendar and the rules: nobody enters what is owed, only what was done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from junheng.content.rulebook import SAFETY
from junheng.domains.kindergartens.models import Kindergarten
from junheng.domains.kindergartens.queries.support import category_on
from junheng.domains.kindergartens.terms import Category
from junheng.domains.posts.models import DutyRecord
from junheng.domains.posts.terms import DutyKind
from junheng.domains.schools.models import School
from junheng.kernel.rulebook import Dated
from junheng.kernel.values.school_term import school_year

ONE = timedelta(days=1)
STARTS_IN = 9
"""A school year begins on the first of this month."""
HOLIDAY_MONTHS = (1, 2, 7, 8)
"""Months in which schools are closed for the most part: nothing monthly is owed in them."""

Rules = tuple[tuple[DutyKind, str, "Dated[int]"], ...]
OF_SCHOOLS: Rules = (
    (DutyKind.DRILL, "month", SAFETY.drills_a_month),
    (DutyKind.LESSON, "year", SAFETY.lesson_hours),
    (DutyKind.SELF_CHECK, "month", SAFETY.self_checks_a_month),
    (DutyKind.FIRE_CHECK, "month", SAFETY.fire_checks_a_month),
    (DutyKind.SURVEY, "term", SAFETY.surveys_a_term),
)
OF_KINDERGARTENS: Rules = (
    (DutyKind.DRILL, "quarter", SAFETY.drills_a_quarter),
    (DutyKind.SELF_CHECK, "month", SAFETY.self_checks_a_month),
    (DutyKind.FIRE_CHECK, "month", SAFETY.fire_checks_a_month),
)
BY_CATEGORY: Mapping[str, Rules] = dict.fromkeys(Category, OF_KINDERGARTENS)
"""One set for kindergartens of every category: a recognised one is under the management of public ones at once."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing owed in one period, and how much of it was done."""

    kind: DutyKind
    period: str
    first: date
    last: date
    owed: int
    done: int
    certain: bool
    cites: str

    @property
    def met(self) -> bool:
        """Whether enough was done."""
        return self.done >= self.owed

    def state(self, day: date) -> str:
        """``met``, ``missing`` when its last day has passed, ``running``, or ``coming``."""
        if self.met:
            return "met"
        return "missing" if self.last < day else "running" if self.first <= day else "coming"


def terms_of(year: int) -> list[tuple[str, date, date]]:
    """The two terms of a school year: name, first and last day."""
    spring = date(year + 1, 2, 1)
    return [
        (_("%(year)s年秋季学期") % {"year": year}, date(year, STARTS_IN, 1), spring - ONE),
        (_("%(year)s年春季学期") % {"year": year + 1}, spring, date(year + 1, 7, 31)),
    ]


def periods(every: str, year: int) -> list[tuple[str, date, date]]:
    """The periods of a kind in a school year."""
    if every == "term":
        return terms_of(year)
    if every == "year":
        name = _("%(year)s学年") % {"year": f"{year}–{year + 1}"}
        return [(name, date(year, STARTS_IN, 1), date(year + 1, STARTS_IN, 1) - ONE)]
    step = 1 if every == "month" else 3
    found = []
    for n in range(0, 12, step):
        first, beyond = month(year, n), month(year, n + step)
        if every == "month" and first.month in HOLIDAY_MONTHS:
            continue
        name = f"{first:%Y-%m}" if step == 1 else f"{first:%Y-%m} – {beyond - ONE:%Y-%m}"
        found.append((name, first, beyond - ONE))
    return found


def month(year: int, n: int) -> date:
    """The first day of the n-th month of a school year, counted from 0."""
    place = STARTS_IN - 1 + n
    return date(year + place // 12, place % 12 + 1, 1)


def items_of(rules: Rules, done: Sequence[tuple[str, date, int]], *, year: int) -> list[Item]:
    """What a year holds: every period of every rule, with what was done in it."""
    found = []
    for kind, every, rule in rules:
        for name, first, last in periods(every, year):
            said = rule.on(first)
            amount = sum(number for of, on, number in done if of == kind and first <= on <= last)
            certain = not said.certainty.to_be_confirmed
            found.append(Item(kind, name, first, last, said.value, amount, certain, str(said.cites)))
    return found


def done_by(rows: Iterable[DutyRecord]) -> list[tuple[str, date, int]]:
    """What records say: kind, day, how much."""
    return [(one.kind, one.on, one.amount) for one in rows]


def year_of_school(school: School, *, day: date) -> list[Item]:
    """A school's year: one question."""
    year = school_year(day)
    return items_of(OF_SCHOOLS, done_by(within(DutyRecord.objects.filter(school=school), year)), year=year)


def year_of_kindergarten(kindergarten: Kindergarten, *, day: date) -> list[Item]:
    """A kindergarten's year, by the set of its category on the day."""
    year = school_year(day)
    rules = BY_CATEGORY[category_on(kindergarten, on=day)]
    rows = within(DutyRecord.objects.filter(kindergarten=kindergarten), year)
    return items_of(rules, done_by(rows), year=year)


def within(rows: Any, year: int) -> Any:
    """The records of a school year."""
    return rows.filter(on__gte=date(year, STARTS_IN, 1), on__lt=date(year + 1, STARTS_IN, 1))
