"""School terms: ``2023A`` is the autumn term that begins in 2023, ``2023S`` the spring term of 2023."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal, Self

from junheng.kernel.errors import Refusal

Season = Literal["A", "S"]
_FIRST_DAY: dict[str, tuple[int, int]] = {"S": (2, 1), "A": (9, 1)}
_NAME: dict[str, str] = {"S": "春季", "A": "秋季"}


@dataclass(frozen=True, slots=True)
class SchoolTerm:
    """One term of a school year. Budget and roll take 1 February and 1 September as its first days.

    >>> SchoolTerm.parse("2023S").label, SchoolTerm.parse("2023S").first
    ('2023年春季学期', datetime.date(2023, 2, 1))
    """

    year: int
    season: Season

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2023A`` or ``2023S``; refuses anything else."""
        if not re.fullmatch(r"(?:19|20)\d\d[AS]", text):
            raise Refusal(
                "term-unreadable",
                "「{text}」不是学期。请写成“2023A”（秋季）或“2023S”（春季）。",
                text=text[:40],
            )
        return cls(int(text[:4]), "A" if text[4] == "A" else "S")

    @classmethod
    def containing(cls, day: date) -> Self:
        """The term in which the day lies; summer belongs to the spring term before it."""
        if day.month >= 9:
            return cls(day.year, "A")
        if day.month == 1:
            return cls(day.year - 1, "A")
        return cls(day.year, "S")

    @property
    def first(self) -> date:
        """The first day of the term."""
        return date(self.year, *_FIRST_DAY[self.season])

    @property
    def school_year(self) -> int:
        """The year in whose autumn the school year of the term began.

        >>> SchoolTerm.parse("2023A").school_year, SchoolTerm.parse("2024S").school_year
        (2023, 2023)
        """
        return self.year if self.season == "A" else self.year - 1

    @property
    def label(self) -> str:
        """The term as it is written in a Chinese sentence."""
        return f"{self.year}年{_NAME[self.season]}学期"

    def __str__(self) -> str:
        return f"{self.year}{self.season}"


def school_year(day: date) -> int:
    """The year in which the school year of a day began.

    >>> school_year(date(2023, 12, 31)), school_year(date(2024, 1, 20)), school_year(date(2024, 8, 31))
    (2023, 2023, 2023)
    >>> school_year(date(2024, 9, 1))
    2024
    """
    return SchoolTerm.containing(day).school_year


def school_year_began(day: date) -> date:
    """The first day of the school year of a day.

    >>> school_year_began(date(2024, 8, 31)), school_year_began(date(2024, 9, 1))
    (datetime.date(2023, 9, 1), datetime.date(2024, 9, 1))
    """
    return SchoolTerm(school_year(day), "A").first
