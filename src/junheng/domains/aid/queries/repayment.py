"""When a contract asks for what: the years of its repayment, by the rules of the school year for which it was signed.

During study nothing is due. From the first due day after graduation interest is due, after the years of grace principal
too, and in the year in which the term ends all that is left.
"""

from dataclasses import dataclass
from datetime import date

from junheng.content.rulebook import AID
from junheng.domains.aid.terms import Repay, loan_year
from junheng.kernel.rulebook import Dated


@dataclass(frozen=True, slots=True)
class Way:
    """The years in which interest and principal are due for the first time, and the year in which the term ends."""

    interest: int
    principal: int
    last: int


def rules_of(year: int) -> date:
    """The day on which the rules of a school year are read.

    >>> rules_of(2023)
    datetime.date(2023, 9, 1)
    """
    return date(year, 9, 1)


def day_in(rule: Dated[str], year: int) -> date:
    """A rule that says month and day, in a year.

    >>> day_in(AID.loan_due_day, 2023)
    datetime.date(2023, 12, 20)
    """
    month, day = rule.on(rules_of(year)).value.split("-")
    return date(year, int(month), int(day))


def due_day(year: int) -> date:
    """The day of a year on which what it asks for is due."""
    return day_in(AID.loan_due_day, year)


def known_from() -> date:
    """The first day of signing for which the rules are known.

    >>> known_from()
    datetime.date(2015, 7, 1)
    """
    return date(loan_year(AID.loan_grace.steps[0].since), 7, 1)


def way_of(signed: date, graduates: date) -> Way:
    """The years of a contract. Of the day of signing only year and month count.

    >>> way_of(date(2023, 8, 1), date(2026, 6, 30))
    Way(interest=2026, principal=2031, last=2041)
    """
    rules = rules_of(loan_year(signed))
    interest = graduates.year + (graduates >= due_day(graduates.year))
    longest = signed.year + AID.loan_longest.on(rules).value
    last = min(graduates.year + AID.loan_after_study.on(rules).value, longest)
    return Way(interest, min(interest + AID.loan_grace.on(rules).value, last), last)


def asked_in(year: int, signed: date, graduates: date | None) -> tuple[Repay, date | None]:
    """What a year asks of a contract, and the day: while somebody studies, the first day on which anything is due.

    >>> asked_in(2026, date(2023, 8, 1), date(2026, 6, 30))
    (Repay.FIRST_INTEREST, datetime.date(2026, 12, 20))
    """
    if graduates is None or signed < known_from():
        return Repay.UNKNOWN, None
    way = way_of(signed, graduates)
    if graduates >= due_day(year):
        return Repay.STUDY, last_day(way) if way.interest >= way.last else due_day(way.interest)
    if year >= way.last:
        return Repay.LAST if year == way.last else Repay.ENDED, last_day(way)
    if year >= way.principal:
        return Repay.FIRST_PRINCIPAL if year == way.principal else Repay.PRINCIPAL, due_day(year)
    return Repay.FIRST_INTEREST if year == way.interest else Repay.INTEREST, due_day(year)


def last_day(way: Way) -> date:
    """The day by which everything is settled."""
    return day_in(AID.loan_last_due_day, way.last)
