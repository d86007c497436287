"""What an indicator may answer: a few shapes, each over rows that can be shown one by one.

``rows`` is an Ibis table that keeps at least ``id`` and ``area`` of the register named by ``of``: one row for each
thing counted. Whatever is printed is a sum over these rows, so the rows are the proof.
"""

from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows there are."""

    rows: Any
    of: str


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of an integer column over the rows (money in fen)."""

    rows: Any
    of: str
    amount: str


@dataclass(frozen=True, slots=True)
class Share:
    """The part of the rows for which ``part`` is true; ``weight`` (integer) lets a row count for more than one."""

    rows: Any
    of: str
    part: str
    weight: str | None = None


@dataclass(frozen=True, slots=True)
class Uniform:
    """The number ``amount`` that is the same for every row; no answer where rows differ or there are none."""

    rows: Any
    of: str
    amount: str


@dataclass(frozen=True, slots=True)
class Period:
    """How many years from ``first`` to ``last`` (integer columns), both included; no answer where rows differ."""

    rows: Any
    of: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Rising:
    """Whether the share of ``part`` (weighted) rises strictly from each ``year`` to the next."""

    rows: Any
    of: str
    year: str
    part: str
    weight: str | None = None


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest date or time in ``column``."""

    rows: Any
    of: str
    column: str


@dataclass(frozen=True, slots=True)
class RuleValue:
    """The value of a rule on the day."""

    rule: str


@dataclass(frozen=True, slots=True)
class RuleBefore:
    """The value of a rule that the one in force on the day replaced."""

    rule: str


@dataclass(frozen=True, slots=True)
class RuleSince:
    """The day from which the value in force has held."""

    rule: str


OverRows: TypeAlias = Count | Total | Share | Uniform | Period | Rising | Latest
OverRule: TypeAlias = RuleValue | RuleBefore | RuleSince
Measure: TypeAlias = OverRows | OverRule
