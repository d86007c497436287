"""The engine: frozen tables and rules in, figures with their evidence out. DuckDB underneath."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from junheng.kernel.errors import NotFound, NotInForce, Refusal
from junheng.kernel.indicators.compile import Compiled
from junheng.kernel.indicators.declare import Indicator, Window
from junheng.kernel.indicators.figure import Cell, Evidence, Figure, Point, Value
from junheng.kernel.indicators.library import Library
from junheng.kernel.indicators.moment import Moment
from junheng.kernel.rulebook import InForce, Rulebook
from junheng.kernel.values.span import Span

if TYPE_CHECKING:
    import duckdb

AGREEING = frozenset({"Uniform", "Period"})
"""Shapes whose answer is what all rows agree on, never a sum."""
_BY_UNIT = "sum(denominator)::BIGINT, count(*) FROM rows WHERE length(area) >= 6 GROUP BY 1 ORDER BY 1"
_SUM_BY_UNIT = f"SELECT substr(area, 1, 6), sum(numerator)::BIGINT, {_BY_UNIT}"
_AGREED_BY_UNIT = (
    "SELECT substr(area, 1, 6), CASE WHEN min(numerator) = max(numerator) THEN min(numerator) END," + _BY_UNIT
)


@dataclass(frozen=True)
class Tables:
    """Frozen tables: where each lies (a Parquet file, or rows in memory for tests) and the digest of its rows."""

    sources: Mapping[str, Path | Any]
    digests: Mapping[str, str]
    _opened: "list[duckdb.DuckDBPyConnection]" = field(default_factory=list, compare=False)
    _opening: Lock = field(default_factory=Lock, compare=False)

    @property
    def connection(self) -> "duckdb.DuckDBPyConnection":
        """DuckDB over the tables, opened when the first question comes: who only remembers answers never pays for it."""
        with self._opening:
            if not self._opened:
                self._opened.append(self._open())
            return self._opened[0]

    def _open(self) -> "duckdb.DuckDBPyConnection":
        import duckdb  # noqa: PLC0415 — see connection

        opened = duckdb.connect(":memory:")
        for name, source in self.sources.items():
            if isinstance(source, Path):
                place = str(source).replace("'", "''")
                opened.execute(f"""CREATE VIEW "{name}" AS SELECT * FROM read_parquet('{place}')""")  # noqa: S608 — names come from contracts
            else:
                # a registered object is seen by one connection only; a table by all its cursors
                opened.from_arrow(source).create(name)
        return opened

    def fetch(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        """Run a statement, with ``$name`` for each value, on a cursor of its own: threads must not share one."""
        return self.connection.cursor().execute(sql, values or None).fetchall()


@dataclass(frozen=True)
class Engine:
    """Computes figures of one snapshot under one rulebook."""

    tables: Tables
    rulebook: Rulebook
    library: Library

    def figure(self, id: str, moment: Moment, *, reading: str | None = None) -> Figure:
        """Compute one figure; its value is None where a rule it needs is not in force that day.

        Refuses an unknown id or reading.
        """
        card, name, compiled = self._find(id, reading)
        try:
            rules = tuple(self._rules(compiled, moment))
            value, numerator, denominator, rows, points = self._evaluate(compiled, moment)
        except NotInForce:
            rules, (value, numerator, denominator, rows, points) = (), (None, None, None, 0, ())
        return Figure(
            id=id,
            reading=name,
            value=value,
            numerator=numerator,
            denominator=denominator,
            rows=rows,
            window=self._period(compiled, moment)
            if compiled.shape == "Period"
            else _window(card.window, moment),
            as_of=moment.as_of,
            tables=tuple((table.table, self.tables.digests[table.table]) for table in card.reads),
            definition=card.digest,
            version=card.version,
            rules=rules,
            points=points,
        )

    def figures(self, moment: Moment) -> tuple[Figure, ...]:
        """Every figure at one moment, in the order of declaration."""
        return tuple(self.figure(key, moment) for key in self.library.indicators)

    def cells(self, id: str, moment: Moment, *, reading: str | None = None) -> tuple[Cell, ...]:
        """The figure by county-level unit; empty where it has no rows of its own (a rule)."""
        compiled = self._find(id, reading)[2]
        if not compiled.sql:
            return ()
        agreeing = compiled.shape in AGREEING
        found = self._run(compiled, moment, _AGREED_BY_UNIT if agreeing else _SUM_BY_UNIT)
        return tuple(
            Cell(area, _part(compiled.shape, top, bottom), top or 0, bottom, rows)
            for area, top, bottom, rows in found
        )

    def evidence(
        self,
        id: str,
        moment: Moment,
        *,
        reading: str | None = None,
        offset: int = 0,
        limit: int = 50,
        area: str = "",
    ) -> tuple[Evidence, ...]:
        """The records the figure was counted from, in the order of the register, a page at a time.

        ``area`` narrows them to one area and what lies in it. Of a share these are the records in the numerator.
        """
        compiled = self._find(id, reading)[2]
        if not compiled.sql:
            return ()
        found = self._run(
            compiled,
            moment,
            "SELECT id, area, numerator, denominator FROM rows WHERE numerator <> 0"
            " AND starts_with(area, $area) ORDER BY id LIMIT $limit OFFSET $offset",
            area=area,
            limit=limit,
            offset=offset,
        )
        return tuple(Evidence(*row) for row in found)

    def counted(self, id: str, moment: Moment, *, reading: str | None = None, area: str = "") -> int:
        """How many records ``evidence`` has in all."""
        compiled = self._find(id, reading)[2]
        if not compiled.sql:
            return 0
        question = "SELECT count(*) FROM rows WHERE numerator <> 0 AND starts_with(area, $area)"
        return int(self._run(compiled, moment, question, area=area)[0][0])

    def sql(self, id: str, moment: Moment, *, reading: str | None = None) -> str:
        """The whole statement as it runs, for whoever wants to repeat it elsewhere."""
        compiled = self._find(id, reading)[2]
        return self.statement(compiled, moment, "SELECT * FROM rows") if compiled.sql else ""

    def register_of(self, id: str, *, reading: str | None = None) -> str:
        """The register whose rows are counted; empty for a rule."""
        return self._find(id, reading)[2].of

    def statement(self, compiled: Compiled, moment: Moment, question: str) -> str:
        """Put moment, rules and the compiled rows in front of a question about ``rows``."""
        values = [(rule.key, rule.value) for rule in self._rules(compiled, moment)]
        rules = ", ".join(["0 AS nothing", *(f'{int(value)}::BIGINT AS "{key}"' for key, value in values)])
        context = ", ".join(f"{value} AS {name}" for name, value in _context(moment).items())
        return (
            f'WITH "context" AS (SELECT {context}),\n"rules" AS (SELECT {rules}),\n'
            f"rows AS (\n{compiled.sql}\n)\n{question}"
        )

    def _run(self, compiled: Compiled, moment: Moment, question: str, **values: Any) -> list[tuple[Any, ...]]:
        return self.tables.fetch(self.statement(compiled, moment, question), **values)

    def _find(self, id: str, reading: str | None) -> tuple[Indicator, str, Compiled]:
        card = self.library.indicators.get(id)
        if card is None:
            raise NotFound(
                "unknown-figure", "没有编号为“{id}”的数据。请在“年度数据”中查找正确的编号。", id=id
            )
        name = reading or card.readings[0]
        if name not in card.readings:
            raise Refusal(
                "unknown-reading",
                "“{title}”没有“{reading}”这种口径。可选口径：{readings}。",
                title=card.title,
                reading=name,
                readings="、".join(card.readings),
            )
        return card, name, self.library.indicator(id, name)

    def _rules(self, compiled: Compiled, moment: Moment) -> Iterable[InForce[Any]]:
        before = compiled.shape == "RuleBefore"
        for key in compiled.rules:
            yield self.rulebook[key].before(moment.as_of) if before else self.rulebook[key].on(moment.as_of)

    def _evaluate(
        self, compiled: Compiled, moment: Moment
    ) -> tuple[Value, int | None, int | None, int, tuple[Point, ...]]:
        match compiled.shape:
            case "RuleValue" | "RuleBefore":
                (rule,) = self._rules(compiled, moment)
                return rule.value, None, None, 0, ()
            case "RuleSince":
                (rule,) = self._rules(compiled, moment)
                return rule.since, None, None, 0, ()
            case "Rising":
                return self._rising(compiled, moment)
            case "Latest":
                ((value, rows),) = self._run(compiled, moment, "SELECT max(moment), count(*) FROM rows")
                return value, None, None, rows, ()
            case shape if shape in AGREEING:
                ((low, high, rows),) = self._run(
                    compiled, moment, "SELECT min(numerator), max(numerator), count(*) FROM rows"
                )
                return (low if low == high else None), None, None, rows, ()
        ((top, bottom, rows),) = self._run(
            compiled,
            moment,
            "SELECT coalesce(sum(numerator), 0)::BIGINT, sum(denominator)::BIGINT, count(*) FROM rows",
        )
        if compiled.shape == "Share":
            return _part("Share", top, bottom), top, bottom or 0, rows, ()
        return top, None, None, rows, ()

    def _period(self, compiled: Compiled, moment: Moment) -> Span | None:
        """The years a plan is made for: they are the window of such a figure."""
        found = self._run(compiled, moment, "SELECT DISTINCT first, last FROM rows")
        return Span.of_years(*found[0]) if len(found) == 1 else None

    def _rising(
        self, compiled: Compiled, moment: Moment
    ) -> tuple[Value, int | None, int | None, int, tuple[Point, ...]]:
        found = self._run(
            compiled,
            moment,
            "SELECT year, sum(numerator)::BIGINT, sum(denominator)::BIGINT, count(*) FROM rows GROUP BY 1 ORDER BY 1",
        )
        points = tuple(Point(year, top, bottom) for year, top, bottom, _ in found)
        rows = sum(row[3] for row in found)
        if len(points) < 2:  # one year alone neither rises nor falls
            return None, None, None, rows, points
        # a/b < c/d as integers: no share is ever a float
        rises = all(a.numerator * b.denominator < b.numerator * a.denominator for a, b in pairwise(points))
        return rises, None, None, rows, points


def _part(shape: str, top: int | None, bottom: int | None) -> int | Fraction | None:
    if shape in {"Share", "Rising"}:
        return Fraction(top or 0, bottom) if bottom else None
    return top


def _window(window: Window, moment: Moment) -> Span | None:
    match window:
        case Window.TWO_YEARS:
            return moment.two_years
        case Window.YEAR:
            return moment.year
    return None


def _context(moment: Moment) -> dict[str, str]:
    return {
        "as_of": f"DATE '{moment.as_of}'",
        "two_years_first": f"DATE '{moment.two_years.first}'",
        "two_years_last": f"DATE '{moment.two_years.last}'",
        "year_first": f"DATE '{moment.year.first}'",
        "year_last": f"DATE '{moment.year.last}'",
        "term": f"'{moment.term}'",
        "autumn": f"'{moment.autumn}'",
    }
