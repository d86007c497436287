"""A rule in time: steps, each with the day it begins and the place that sets it."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from junheng.kernel.errors import NotInForce
from junheng.kernel.sources import Citation

T = TypeVar("T")


class Certainty(StrEnum):
    """How sure we are of a value. Everything but VERIFIED is shown to administrators as to be confirmed."""

    VERIFIED = "V"
    KNOWN = "K"
    UNSURE = "U"
    DESIGN = "D"
    ARTICLE = "A"

    @property
    def to_be_confirmed(self) -> bool:
        return self in {Certainty.KNOWN, Certainty.UNSURE, Certainty.DESIGN}


@dataclass(frozen=True, slots=True)
class Step(Generic[T]):
    """From ``since`` on the rule has ``value``; None is a repeal."""

    since: date
    value: T | None
    cites: Citation
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class InForce(Generic[T]):
    """What a rule says on one day: the value, the day it began, and the place that sets it."""

    key: str
    title: str
    unit: str
    value: T
    since: date
    cites: Citation
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """A rule with a history. ``unit`` is the unit of every value of it."""

    key: str
    title: str
    title_en: str
    unit: str
    steps: tuple[Step[T], ...]

    def __post_init__(self) -> None:
        days = [step.since for step in self.steps]
        if not days or days != sorted(set(days)):
            raise ValueError(f"{self.key}: steps must be there and begin on different days, earliest first")

    def on(self, day: date) -> InForce[T]:
        """The value in force on a day; NotInForce before the first step and after a repeal."""
        place = bisect_right([step.since for step in self.steps], day) - 1
        if place < 0 or self.steps[place].value is None:
            raise NotInForce(
                "rule-not-in-force",
                "“{title}”在 {day} 尚无规定或已废止，无法计算。请改选其施行期间内的日期。",
                title=self.title,
                day=day.isoformat(),
            )
        return self._in_force(self.steps[place])

    def before(self, day: date) -> InForce[T]:
        """The value that the one in force on ``day`` replaced; NotInForce if it is the first."""
        return self.on(date.fromordinal(self.on(day).since.toordinal() - 1))

    def changed(self, since: date, value: T) -> "Dated[T]":
        """The same rule with another value from the step that begins on ``since`` (for what-if and tests)."""
        steps = tuple(replace(step, value=value) if step.since == since else step for step in self.steps)
        if steps == self.steps:
            raise ValueError(f"{self.key}: no step begins on {since}, or it already says {value!r}")
        return replace(self, steps=steps)

    def _in_force(self, step: Step[T]) -> InForce[T]:
        assert step.value is not None
        return InForce(self.key, self.title, self.unit, step.value, step.since, step.cites, step.certainty)
