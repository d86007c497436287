"""The engine at its edges: nothing to count, nothing to agree on, one year alone, a rule not in force, many threads."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from junheng.content.datasets.preschool import Censuses
from junheng.content.datasets.safety import Waters
from junheng.kernel.datasets.digest import schema_of
from junheng.kernel.errors import NotFound, Refusal
from junheng.kernel.indicators import (
    Count,
    Engine,
    Indicator,
    Kind,
    Latest,
    Moment,
    Period,
    Rising,
    RuleBefore,
    RuleSince,
    RuleValue,
    Share,
    Tables,
    Total,
    Uniform,
    Window,
)
from junheng.kernel.indicators.library import Library
from junheng.kernel.rulebook import Certainty, Dated, Rulebook, Step
from junheng.kernel.sources import Citation, Source

DAY = Moment(date(2023, 12, 31))
CITES = Citation(Source("sample", "示例办法", "示例局", "", date(2024, 1, 1), date(2026, 1, 1)), "第一条")
FIRST, SECOND = date(2020, 1, 1), date(2023, 2, 1)


@dataclass(frozen=True, slots=True)
class Duties:
    checks: Dated[int]


RULES = Rulebook.of(
    Duties(
        Dated(
            "duties.checks", "次数", "checks", "次",
            (Step(FIRST, 1, CITES, Certainty.VERIFIED), Step(SECOND, 2, CITES, Certainty.VERIFIED)),
        )
    )
)  # fmt: skip


def counted(waters: Any, *, at: Any, rule: Any) -> Count:
    return Count(at.holds(waters), of="waters")


def summed(waters: Any, *, at: Any, rule: Any) -> Total:
    return Total(waters.mutate(owed=waters.id * rule("duties.checks")), of="waters", amount="owed")


def shared(waters: Any, *, at: Any, rule: Any) -> Share:
    return Share(at.holds(waters).mutate(part=waters.risk == "high"), of="waters", part="part")


def agreed(waters: Any, *, at: Any, rule: Any) -> Uniform:
    return Uniform(waters.mutate(number=waters.name.length().cast("int64")), of="waters", amount="number")


def latest(waters: Any, *, at: Any, rule: Any) -> Latest:
    return Latest(waters, of="waters", column="since")


def lasting(waters: Any, *, at: Any, rule: Any) -> Period:
    years = waters.mutate(first=waters.since.year(), last=waters.since.year() + 4)
    return Period(years, of="waters", first="first", last="last")


def rising(censuses: Any, *, at: Any, rule: Any) -> Rising:
    return Rising(censuses, of="censuses", year="year", part="inclusive", weight="children")


def now(*, at: Any, rule: Any) -> RuleValue:
    return RuleValue("duties.checks")


def then(*, at: Any, rule: Any) -> RuleBefore:
    return RuleBefore("duties.checks")


def since(*, at: Any, rule: Any) -> RuleSince:
    return RuleSince("duties.checks")


FORMULAS: dict[Callable[..., Any], tuple[Any, ...]] = {
    counted: (Waters,), summed: (Waters,), shared: (Waters,), agreed: (Waters,), latest: (Waters,),
    lasting: (Waters,), rising: (Censuses,), now: (), then: (), since: (),
}  # fmt: skip


def card(formula: Callable[..., Any], reads: tuple[Any, ...]) -> Indicator:
    return Indicator(
        id=formula.__name__, title=formula.__name__, title_en="", chapter="", kind=Kind.COUNT, word="",
        window=Window.TWO_YEARS, definition="", definition_en="", author="a", checker="b",
        next_review=date(2027, 1, 1), reads=reads, formula=formula, why="",
    )  # fmt: skip


LIBRARY = Library({one.__name__: card(one, reads) for one, reads in FORMULAS.items()})


def water(
    id: int, risk: str = "high", *, area: str = "410802001", name: str = "某塘", **given: Any
) -> dict[str, Any]:
    return {
        "id": id,
        "code": str(id),
        "name": name,
        "area": area,
        "risk": risk,
        "since": FIRST,
        "until": None,
    } | given


def census(id: int, year: int, inclusive: bool, children: int) -> dict[str, Any]:
    facts = {
        "id": id,
        "year": year,
        "inclusive": inclusive,
        "children": children,
        "area": "410802",
        "nature": "private",
    }
    return {key: facts.get(key) for key in Censuses.columns}


def engine(*waters: dict[str, Any], censuses: tuple[dict[str, Any], ...] = ()) -> Engine:
    frames = {
        "waters": pl.DataFrame(list(waters), schema=schema_of(Waters)),
        "censuses": pl.DataFrame(list(censuses), schema=schema_of(Censuses)),
    }
    tables = {name: frame.to_arrow() for name, frame in frames.items()}
    return Engine(Tables(tables, {name: name for name in tables}), RULES, LIBRARY)


def value(engine: Engine, name: str, at: Moment = DAY) -> Any:
    return engine.figure(name, at).value


def test_empty_tables_have_answers_or_say_that_there_is_none() -> None:
    empty = engine()
    assert {name: value(empty, name) for name in ("counted", "summed")} == {"counted": 0, "summed": 0}
    for name in ("shared", "agreed", "latest", "lasting", "rising"):
        assert value(empty, name) is None, name
    share = empty.figure("shared", DAY)
    assert (share.numerator, share.denominator, share.rows) == (0, 0, 0)
    for name in FORMULAS:
        assert empty.cells(name.__name__, DAY) == ()
        assert empty.evidence(name.__name__, DAY) == ()


def test_shares_are_exact_and_a_day_counts_from_since_to_before_until() -> None:
    some = engine(
        water(1), water(2, "low"), water(3, "low", until=date(2024, 1, 1)), water(4, until=date(2023, 12, 31))
    )
    assert value(some, "shared") == Fraction(1, 3)
    assert value(some, "counted") == 3
    assert value(some, "counted", Moment(date(2023, 12, 30))) == 4
    assert value(some, "counted", Moment(date(2024, 1, 1))) == 2
    assert value(some, "counted", Moment(FIRST)) == 4
    assert value(some, "counted", Moment(date(2019, 12, 31))) == 0


def test_what_must_agree_agrees_or_has_no_answer() -> None:
    same = engine(water(1, name="一塘"), water(2, name="二塘"))
    assert (value(same, "agreed"), same.figure("agreed", DAY).rows) == (2, 2)
    differing = engine(water(1, name="一塘"), water(2, name="大水库"), water(3, name="小水库", area="410811"))
    assert (value(differing, "agreed"), differing.figure("agreed", DAY).rows) == (None, 3)
    cells = {one.area: (one.value, one.numerator, one.rows) for one in differing.cells("agreed", DAY)}
    assert cells == {"410802": (None, 0, 2), "410811": (3, 3, 1)}, "what must agree is never summed"
    assert value(same, "lasting") == 5
    assert str(same.figure("lasting", DAY).window) == "2020-01-01..2024-12-31"


def test_a_trend_needs_two_years_and_rises_strictly() -> None:
    def years(*shares: tuple[int, int]) -> Any:
        rows = [
            census(2 * place + part, 2020 + place, part == 1, number)
            for place, (inside, outside) in enumerate(shares)
            for part, number in ((1, inside), (0, outside))
        ]
        return value(engine(censuses=tuple(rows)), "rising")

    assert years((1, 2)) is None
    assert years((1, 2), (2, 2)) is True
    assert years((1, 2), (2, 4)) is False, "standing still is not rising"
    assert years((1, 2), (2, 2), (1, 2)) is False
    # 1/3 against a share that differs from it in the seventeenth decimal
    assert (
        years((333_333_333_333_333, 666_666_666_666_667), (333_333_333_333_334, 666_666_666_666_666)) is True
    )


def test_a_rule_answers_for_its_day() -> None:
    some = engine()
    assert (value(some, "now"), value(some, "then"), value(some, "since")) == (2, 1, SECOND)
    before = Moment(date(2023, 1, 31))
    assert (value(some, "now", before), value(some, "then", before), value(some, "since", before)) == (
        1,
        None,
        FIRST,
    )
    ago = Moment(date(2019, 12, 31))
    for name in ("now", "then", "since"):
        figure = some.figure(name, ago)
        assert (figure.value, figure.rules, figure.rows) == (None, (), 0)
    assert value(engine(water(7)), "summed") == 14
    assert value(engine(water(7)), "summed", before) == 7
    assert value(engine(water(7)), "summed", ago) is None


def test_the_rules_that_were_asked_are_named_and_move_the_address() -> None:
    some = engine(water(7))
    figure = some.figure("summed", DAY)
    assert [(rule.key, rule.value, rule.since) for rule in figure.rules] == [("duties.checks", 2, SECOND)]
    other = Engine(some.tables, RULES.changed("duties.checks", SECOND, 3), LIBRARY)
    assert other.figure("summed", DAY).address != figure.address
    assert other.figure("counted", DAY).address == some.figure("counted", DAY).address


def test_records_come_in_pages_and_by_area() -> None:
    some = engine(*(water(number, area=f"4108{2 + number % 2:02d}001") for number in range(1, 10)))
    pages = [some.evidence("counted", DAY, offset=start, limit=4) for start in (0, 4, 8, 12)]
    assert [[one.id for one in page] for page in pages] == [[1, 2, 3, 4], [5, 6, 7, 8], [9], []]
    assert some.counted("counted", DAY, area="410803") == 5
    assert some.counted("counted", DAY, area="4108") == 9
    assert [one.numerator for one in some.cells("counted", DAY)] == [4, 5]


def test_an_area_is_a_value_and_never_a_piece_of_the_statement() -> None:
    some = engine(water(1))
    assert some.counted("counted", DAY, area="' OR 1=1 --") == 0
    assert some.counted("counted", DAY, area="%") == 0


def test_what_is_not_known_is_refused() -> None:
    with pytest.raises(NotFound) as absent:
        engine().figure("none", DAY)
    assert absent.value.code == "unknown-figure"
    with pytest.raises(Refusal, match="可选口径：default") as unknown:
        engine().figure("counted", DAY, reading="x")
    assert unknown.value.code == "unknown-reading"


def test_files_answer_as_rows_in_memory_do(tmp_path: Path) -> None:
    rows = [water(1), water(2, "low")]
    folder = tmp_path / "it's a folder"
    folder.mkdir()
    frame = pl.DataFrame(rows, schema=schema_of(Waters))
    frame.write_parquet(folder / "waters.parquet")
    tables = Tables({"waters": folder / "waters.parquet"}, {"waters": "waters"})
    assert value(Engine(tables, RULES, LIBRARY), "shared") == value(engine(*rows), "shared") == Fraction(1, 2)


def test_eight_threads_at_once_get_what_one_gets() -> None:
    some = engine(*(water(number, "high" if number % 3 else "low") for number in range(1, 2_000)))
    names = [name for name in LIBRARY.indicators if name != "rising"] * 8
    alone = [some.figure(name, DAY).value for name in names]
    fresh = Engine(some.tables, RULES, Library(LIBRARY.indicators))
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda name: fresh.figure(name, DAY).value, names))
    assert together == alone
