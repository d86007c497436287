"""What the doors show: figures, promises and their records, in words."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from junheng.kernel.indicators.figure import Point, Value
from junheng.kernel.values.span import Span


@dataclass(frozen=True, slots=True)
class FigureAnswer:
    """One figure as it is printed and as it is exactly. Money is in fen here and printed in yuan.

    ``holds`` is there for figures that are statements (全覆盖, 逐年提高, 一县一策): whether the statement is true.
    """

    id: str
    title: str
    chapter: str
    kind: str
    unit: str
    printed: str
    value: Value
    numerator: int | None
    denominator: int | None
    rows: int
    window: Span | None
    as_of: date
    reading: str
    readings: tuple[str, ...]
    snapshot: str
    version: int
    definition_digest: str
    address: str
    holds: bool | None
    sensitive: bool
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class RuleUsed:
    """A rule a figure stands on, with the place that sets it."""

    key: str
    title: str
    value: str
    unit: str
    since: date
    cites: str
    number: str
    certainty: str
    to_be_confirmed: bool


@dataclass(frozen=True, slots=True)
class Record:
    """One record behind a figure or against a promise. ``url`` is empty where the reader may not open it."""

    id: int
    register: str
    label: str
    url: str
    area: str
    county: str
    since: date | None = None
    note: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """A figure with everything it stands on, and one page of its records."""

    figure: FigureAnswer
    why: str
    definition: str
    author: str
    checker: str
    rules: tuple[RuleUsed, ...]
    sql: str
    rows: int
    register: str
    register_title: str
    page: int
    pages: int
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class CountyCell:
    """A figure's part in one county-level unit; ``withheld`` where so few are counted that people could be known."""

    area: str
    name: str
    printed: str
    value: int | Fraction | None
    numerator: int
    denominator: int | None
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class PromiseState:
    """How a promise stands. ``wording`` may be published; it is the sentence only while nothing stands against it."""

    id: str
    title: str
    kind: str
    chapter: str
    sentence: str
    wording: str
    rule: str
    holds: bool
    exceptions: int
    among: int
    owner: str
    since: date | None
    as_of: date
    figures: tuple[str, ...]
    sealed: bool


@dataclass(frozen=True, slots=True)
class PromisePage:
    """A promise and one page of what stands against it, the oldest first."""

    state: PromiseState
    page: int
    pages: int
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Frozen:
    """The snapshot everything on the pages is computed from."""

    digest: str
    taken_at: datetime
    rows: int
    tables: int
    audit_head: int
