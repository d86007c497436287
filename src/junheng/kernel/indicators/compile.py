"""From a formula to SQL, once for each definition: the moment and the rules stay parameters.

The moment is a one-row table ``context`` and the rules of the day a one-row table ``rules``; both are put in front
of the compiled statement when it runs. So a definition is compiled once, whatever day is asked for, and what was
compiled is kept by the digest of the definition.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from junheng.kernel.datasets import Table
from junheng.kernel.indicators.measures import (
    Count,
    Latest,
    Measure,
    Period,
    Rising,
    RuleBefore,
    RuleSince,
    RuleValue,
    Share,
    Total,
    Uniform,
)

if TYPE_CHECKING:
    import ibis.expr.types as ir

CONTEXT = {
    "as_of": "date",
    "two_years_first": "date",
    "two_years_last": "date",
    "year_first": "date",
    "year_last": "date",
    "term": "string",
    "autumn": "string",
}
_TYPES = {"int64": "int64", "string": "string", "date": "date", "datetime": "timestamp", "bool": "boolean"}


@dataclass(frozen=True, slots=True)
class Compiled:
    """A definition as SQL. ``shape`` says how the rows are summed; ``rules`` which rules were asked for."""

    shape: str
    of: str
    sql: str
    rules: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, entry: dict[str, Any]) -> "Compiled":
        return cls(entry["shape"], entry["of"], entry["sql"], tuple(entry["rules"]))


class At:
    """The moment inside a formula: its days and terms as expressions, and the three questions asked of them."""

    def __init__(self, window: str) -> None:
        import ibis  # noqa: PLC0415 — costs a second to import; a process with compiled definitions never needs it

        row = ibis.table(CONTEXT, name="context")
        self.as_of = row.as_of.as_scalar()
        self.term = row.term.as_scalar()
        self.autumn = row.autumn.as_scalar()
        years = window if window in {"two_years", "year"} else "year"
        self.first = row[f"{years}_first"].as_scalar()
        self.last = row[f"{years}_last"].as_scalar()
        self.year = row.year_last.as_scalar().year()

    def holds(self, rows: "ir.Table", on: Any = None) -> "ir.Table":
        """The rows whose fact holds on a day (default: the day of the question)."""
        day = self.as_of if on is None else on
        return rows.filter((rows.since <= day) & (rows.until.isnull() | (rows.until > day)))

    def within(self, column: Any) -> Any:
        """Whether a date lies in the window."""
        return (column >= self.first) & (column <= self.last)


class Rules:
    """The rules of the day inside a formula: called with a key it gives the value, and remembers that it was asked."""

    def __init__(self) -> None:
        self._asked: dict[str, None] = {}

    def __call__(self, key: str) -> Any:
        import ibis  # noqa: PLC0415 — see At

        self._asked[key] = None
        # the second column keeps Ibis from writing SELECT *, which would take all the rules of the statement
        return ibis.table({key: "int64", "nothing": "int64"}, name="rules")[key].as_scalar()

    @property
    def asked(self) -> tuple[str, ...]:
        """The keys asked for, in the order in which they were first asked for."""
        return tuple(self._asked)


def compile_formula(
    formula: Callable[..., Measure], reads: tuple[type[Table], ...], window: str, reading: str | None
) -> Compiled:
    """Bind the formula to its tables and write down the SQL and the rules it asked for."""
    rule = Rules()
    tables = [bind(table) for table in reads]
    words = {} if reading is None else {"reading": reading}
    measure = formula(*tables, at=At(window), rule=rule, **words)
    if isinstance(measure, RuleValue | RuleBefore | RuleSince):
        return Compiled(type(measure).__name__, "", "", (measure.rule,))
    return Compiled(type(measure).__name__, measure.of, to_sql(_rows(measure)), rule.asked)


def bind(table: type[Table]) -> "ir.Table":
    """A contract as an Ibis table, with no data behind it."""
    import ibis  # noqa: PLC0415 — see At

    return ibis.table({key: _TYPES[column.type] for key, column in table.columns.items()}, name=table.table)


def to_sql(rows: "ir.Table") -> str:
    """The DuckDB statement of an expression."""
    import ibis  # noqa: PLC0415 — see At

    return str(ibis.to_sql(rows, dialect="duckdb"))


def _rows(measure: Measure) -> "ir.Table":
    """The measure's rows in one form: id, area, what each adds to numerator and denominator, year, moment."""
    import ibis  # noqa: PLC0415 — see At

    one = ibis.literal(1, "int64")
    none = ibis.null("int64")
    match measure:
        case Count(rows):
            return rows.select("id", "area", numerator=one, denominator=none)
        case Total(rows, _, amount) | Uniform(rows, _, amount):
            return rows.select("id", "area", numerator=rows[amount].cast("int64"), denominator=none)
        case Period(rows, _, first, last):
            years = rows[last] - rows[first] + 1
            return rows.select(
                "id", "area", numerator=years, denominator=none, first=rows[first], last=rows[last]
            )
        case Share(rows, _, part, weight):
            whole = one if weight is None else rows[weight].cast("int64")
            return rows.select(
                "id", "area", numerator=rows[part].ifelse(whole, ibis.literal(0, "int64")), denominator=whole
            )
        case Rising(rows, _, year, part, weight):
            whole = one if weight is None else rows[weight].cast("int64")
            inside = rows[part].ifelse(whole, ibis.literal(0, "int64"))
            return rows.select("id", "area", numerator=inside, denominator=whole, year=rows[year])
        case Latest(rows, _, column):
            return rows.select("id", "area", numerator=one, denominator=none, moment=rows[column])
    raise TypeError(f"{measure!r} has no rows")
