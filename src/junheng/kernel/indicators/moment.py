"""The moment a figure speaks of: a day, and the windows that end with it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from junheng.kernel.errors import Refusal
from junheng.kernel.values.school_term import SchoolTerm
from junheng.kernel.values.span import Span

EARLIEST, LATEST = date(1949, 10, 1), date(2199, 12, 31)
"""The days about which the records of a bureau can say anything."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and, if the asker insists on one, a window that replaces the ones derived from the day.

    >>> at = Moment(date(2023, 12, 31))
    >>> str(at.two_years), str(at.year), at.term, at.autumn
    ('2022-01-01..2023-12-31', '2023-01-01..2023-12-31', '2023A', '2023A')
    >>> Moment(date(2024, 3, 6)).term, str(Moment(date(2024, 3, 6)).year)
    ('2024S', '2023-01-01..2023-12-31')
    """

    as_of: date
    window: Span | None = None

    def __post_init__(self) -> None:
        if not EARLIEST <= self.as_of <= LATEST:
            raise Refusal(
                "day-out-of-reach",
                "统计时点 {as_of} 不在可计算的范围内，什么都没有计算。请选 {first} 至 {last} 之间的日期。",
                as_of=self.as_of.isoformat(),
                first=EARLIEST.isoformat(),
                last=LATEST.isoformat(),
            )
        if self.window is not None and self.window.first > self.as_of:
            raise Refusal(
                "window-after-as-of",
                "统计区间 {window} 晚于统计时点 {as_of}，没有可计算的数据。请把时点改到区间开始之后。",
                window=str(self.window),
                as_of=self.as_of.isoformat(),
            )

    @property
    def two_years(self) -> Span:
        """近两年: the 24 months that end with the day (calendar years if the day is a 31 December)."""
        return self.window or Span(_years_before(self.as_of + timedelta(days=1), 2), self.as_of)

    @property
    def year(self) -> Span:
        """The last calendar year that is complete on the day."""
        if self.window is not None:
            return self.window
        last = self.as_of.year if (self.as_of.month, self.as_of.day) == (12, 31) else self.as_of.year - 1
        return Span(date(last, 1, 1), date(last, 12, 31))

    @property
    def term(self) -> str:
        """The school term that runs, or last ran, on the day."""
        return str(SchoolTerm.containing(self.as_of))

    @property
    def autumn(self) -> str:
        """The last autumn term that had begun on the day."""
        term = SchoolTerm.containing(self.as_of)
        return str(term if term.season == "A" else SchoolTerm(term.year - 1, "A"))

    def on(self, day: date) -> "Moment":
        """The same question asked for another day."""
        return replace(self, as_of=day)


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return date(day.year - years, 3, 1)
