"""Money per head as values: a rate with its clause, the part of a year, the schools, and what is read into the rules.

Money is whole fen. What is due for a part of a year is the year's amount up to the end of the part less the year's
amount up to its beginning, each rounded down: however a year is cut, its parts add up to the year, and no fen is lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum

import numpy as np
import numpy.typing as npt

from junheng.kernel.errors import Refusal
from junheng.kernel.values.school_term import SchoolTerm

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

STAGES = ("primary", "junior")
"""Stages by their number in every column: 0 and 1."""


class Rule(IntEnum):
    """Why a line of money stands there. Numbers stand in columns and never change."""

    BASE = 0
    """The rate of the stage for each ordinary pupil."""
    SMALL = 1
    """The same rate for the heads that a small school is short of the number it is counted as."""
    CARE = 2
    """The rate of special education, instead of the base: for pupils with a disability, wherever they learn."""
    BOARDER = 3
    """The supplement for a boarder who has a bed, in a boarding school."""
    HEATING = 4
    """The supplement for heating, for every head that is counted."""


RULES = len(Rule)


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a year from ``low`` to ``high``, counted in ``whole`` equal steps: half years, or days."""

    low: int
    high: int
    whole: int

    def __post_init__(self) -> None:
        if not 0 <= self.low < self.high <= self.whole:
            raise Refusal("part-of-no-year", "计算的时段不在一年之内。请核对起止。")

    def of(self, yearly: int) -> int:
        """What of a yearly amount falls into this part.

        >>> SPRING.of(65_001), AUTUMN.of(65_001)
        (32500, 32501)
        """
        return yearly * self.high // self.whole - yearly * self.low // self.whole

    def of_all(self, yearly: Ints) -> Ints:
        """The same for a column."""
        parts: Ints = yearly * self.high // self.whole - yearly * self.low // self.whole
        return parts


SPRING, AUTUMN = Part(0, 1, 2), Part(1, 2, 2)
"""Budgets follow the calendar year: the spring term is its first half, the autumn term its second."""


def part_of(term: SchoolTerm) -> Part:
    """The half of the budget year that a term is."""
    return SPRING if term.season == "S" else AUTUMN


@dataclass(frozen=True, slots=True)
class Rate:
    """Fen for one head and one year, from ``since`` until before ``until``, and the clause that sets it."""

    fen: int
    since: date
    clause: str
    until: date | None = None

    def __post_init__(self) -> None:
        if self.fen < 0:
            raise Refusal("negative-rate", "标准不能为负数。请核对“{clause}”。", clause=self.clause)


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of one term. A rate counts for a term if it holds on the term's first day; any other is refused.

    ``heating`` has no amount until somebody who may has set one; without a rate there is no line.
    """

    term: SchoolTerm
    base: tuple[Rate, Rate]
    care: Rate
    boarder: Rate
    heating: Rate | None = None

    def __post_init__(self) -> None:
        first = self.term.first
        for rate in (*self.base, self.care, self.boarder, *([self.heating] if self.heating else [])):
            if rate.since > first or (rate.until is not None and rate.until <= first):
                raise Refusal(
                    "rate-of-another-term",
                    "{term}不能按“{clause}”计算：它自 {since} 起施行，该学期开学日是 {first}。请改用该学期施行的标准。",
                    term=self.term.label,
                    clause=rate.clause,
                    since=rate.since.isoformat(),
                    first=first.isoformat(),
                )

    def of(self, rule: Rule, stage: int) -> Rate | None:
        """The rate by which a rule counts in a stage."""
        if rule in {Rule.BASE, Rule.SMALL}:
            return self.base[stage]
        return {Rule.CARE: self.care, Rule.BOARDER: self.boarder, Rule.HEATING: self.heating}[rule]

    def table(self) -> Ints:
        """Yearly fen by stage and rule, of shape ``(stages, rules)``; 0 where there is no rate."""
        return np.array(
            [
                [rate.fen if (rate := self.of(rule, stage)) else 0 for rule in Rule]
                for stage in range(len(STAGES))
            ],
            dtype=np.int64,
        )


class SmallBy(StrEnum):
    """What is counted as so many pupils: each stage of a small school, or the school."""

    STAGE = "stage"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Reading:
    """How the clauses are read where they leave it open. ``small`` is the number a small school is counted as.

    ``clause`` is the one that says so: shown with the lines it makes, beside the clause of their rate.
    """

    small: int = 100
    small_by: SmallBy = SmallBy.STAGE
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Schools:
    """The schools of a calculation, in the order in which money is shown. All of shape ``(schools,)``.

    ``small`` says that the rule for small schools may apply (a rural school; whoever is excluded has no mark);
    ``boarding`` that the supplement for boarders may; ``closed`` that the school is no more: it is due nothing.
    """

    number: Ints
    small: Flags
    boarding: Flags
    closed: Flags

    def __post_init__(self) -> None:
        if len({len(self.number), len(self.small), len(self.boarding), len(self.closed)}) != 1:
            raise Refusal("uneven-schools", "学校表不完整：每所学校都要有各项标记。请重新冻结名册。")
        if len(np.unique(self.number)) != len(self.number):
            raise Refusal("school-twice", "学校表中有同一所学校的两行。请核对学校台账。")

    def place(self, numbers: Ints) -> Ints:
        """Where schools stand in the columns; refuses one that is not there."""
        order = np.argsort(self.number, kind="stable")
        found = np.searchsorted(self.number, numbers, sorter=order)
        at = order[np.minimum(found, max(len(order) - 1, 0))] if len(order) else found
        if len(numbers) and (not len(order) or (self.number[at] != numbers).any()):
            missing = numbers[0] if not len(order) else numbers[self.number[at] != numbers][0]
            raise Refusal(
                "school-not-listed",
                "名册中有学校 {school} 的学生，学校台账中却没有这所学校。请核对后重新冻结。",
                school=int(missing),
            )
        return at


@dataclass(frozen=True, slots=True)
class Tally:
    """The frozen roll, counted: of shape ``(schools, stages)``, in the order of the schools.

    ``heads`` are the pupils who count, ``care`` those of them at the rate of special education, ``bedded`` the boarders
    who have a bed. ``held`` are not in ``heads``: pupils on two rolls, who count at neither until somebody has decided.
    """

    heads: Ints
    care: Ints
    boarders: Ints
    bedded: Ints
    held: Ints

    def __post_init__(self) -> None:
        if min(int(one.min(initial=0)) for one in (self.heads, self.care, self.bedded, self.held)) < 0:
            raise Refusal("negative-heads", "人数不能为负数。请核对名册。")
        if (self.care > self.heads).any():
            raise Refusal("more-care-than-heads", "按特殊教育标准计算的学生多于在籍学生。请核对名册。")
        if (self.bedded > self.boarders).any():
            raise Refusal(
                "boarder-without-bed",
                "有床位的寄宿生多于寄宿生。没有床位的寄宿生不享受补助，请核对床位登记。",
            )
        if (self.boarders > self.heads).any():
            raise Refusal("more-boarders-than-heads", "寄宿生多于在籍学生。请核对名册。")


@dataclass(frozen=True, slots=True)
class Lines:
    """Row by row what a school is due by one rule in one stage. Sorted by school, stage and rule; no empty line."""

    rates: Rates
    school: Ints
    stage: Ints
    rule: Ints
    count: Ints
    rate: Ints
    amount: Ints
    part: Part = field(default=SPRING)

    @property
    def total(self) -> int:
        """The sum of all lines, in fen."""
        return int(self.amount.sum())

    def by_school(self) -> Mapping[int, int]:
        """What every school is due in all."""
        numbers, place = np.unique(self.school, return_inverse=True)
        sums = np.zeros(len(numbers), dtype=np.int64)
        np.add.at(sums, place, self.amount)
        return dict(zip(numbers.tolist(), sums.tolist(), strict=True))
