"""What the engine answers: figures with an address, their cells by unit, and their evidence."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import TypeAlias

from junheng.kernel.rulebook import InForce
from junheng.kernel.values.span import Span

Value: TypeAlias = int | Fraction | date | datetime | bool | str | None


@dataclass(frozen=True, slots=True)
class Point:
    """One year of a trend: numerator and denominator, exact."""

    year: int
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A computed figure. ``value`` is exact; ``numerator`` and ``denominator`` are there for shares only.

    ``rows`` is the number of records it was counted from; ``address`` is the same for the same inputs, for ever.
    """

    id: str
    reading: str
    value: Value
    numerator: int | None
    denominator: int | None
    rows: int
    window: Span | None
    as_of: date
    tables: tuple[tuple[str, str], ...]
    definition: str
    version: int
    rules: tuple[InForce[object], ...]
    points: tuple[Point, ...] = ()

    @property
    def address(self) -> str:
        """Digest of definition, reading, day, window, snapshot tables and rule values."""
        rules = [[rule.key, str(rule.value), rule.since.isoformat()] for rule in self.rules]
        inputs = [
            self.definition,
            self.reading,
            self.as_of.isoformat(),
            str(self.window),
            list(self.tables),
            rules,
        ]
        return hashlib.sha256(json.dumps(inputs).encode()).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure's part in one unit: ``value`` is None where nothing was counted."""

    area: str
    value: int | Fraction | None
    numerator: int
    denominator: int | None
    rows: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """One record a figure was counted from: its number in the register, its area, and what it contributed."""

    id: int
    area: str
    numerator: int
    denominator: int | None
