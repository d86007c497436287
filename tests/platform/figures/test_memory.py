"""Answers kept beside a snapshot: the same figures without an engine, and no trust in a shelf that is spoilt."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from junheng.kernel.indicators import Tables
from junheng.platform.figures import memory, workshop
from tests.small_house import forget


@pytest.fixture
def prepared(own_house: Path) -> Path:
    """The shelf of a house whose answers were prepared."""
    workshop.prepare()
    (shelf,) = (own_house / memory.FOLDER).glob("*.json")
    return shelf


def test_a_prepared_house_answers_its_first_pages_without_the_engine(
    prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = workshop.moment()
    figures, standings = (
        workshop.all_figures(workshop.opened(), at),
        workshop.all_standings(workshop.opened(), at),
    )
    forget()

    def closed(self: Tables) -> None:
        raise AssertionError("the engine was opened")

    monkeypatch.setattr(Tables, "_open", closed)
    assert workshop.all_figures(workshop.opened(), at) == figures
    assert workshop.all_standings(workshop.opened(), at) == standings
    workshop.warm()
    watch, broken = workshop.watch(), [key for key, one in standings.items() if not one.holds]
    assert broken
    for county in {cell.area for key in figures for cell in workshop.opened().engine.cells(key, at)}:
        for key in broken:  # how each stands in a county, as whoever works there sees it
            watch.standing(key, at, area=county)
            watch.exceptions(key, at, limit=1, area=county)
    with pytest.raises(AssertionError, match="the engine was opened"):
        workshop.opened().engine.evidence("waters-174", at, offset=1_000)


@pytest.mark.parametrize("spoilt", ["", "[]", "{", '{"engine": "another", "answers": {}}', '{"answers": []}'])
def test_a_shelf_that_cannot_be_trusted_is_no_shelf(prepared: Path, spoilt: str) -> None:
    at = workshop.moment()
    before = workshop.opened().engine.figures(at)
    prepared.write_text(spoilt, encoding="utf-8")
    forget()
    assert memory.read(prepared) == {}
    assert workshop.opened().engine.figures(at) == before


def test_an_answer_that_was_changed_on_the_shelf_is_found(prepared: Path) -> None:
    assert workshop.misremembered() == ()
    words = json.loads(prepared.read_text(encoding="utf-8"))
    at = workshop.moment()
    engine = workshop.opened().engine
    compiled = engine.library.indicator("waters-174", "default")
    question = "SELECT coalesce(sum(numerator), 0)::BIGINT, sum(denominator)::BIGINT, count(*) FROM rows"
    key = memory.key_of(engine.statement(compiled, at, question), {})
    words["answers"][key][0][0] += 1
    prepared.write_text(json.dumps(words), encoding="utf-8")
    forget()
    assert workshop.misremembered() == ("waters-174",)


def test_only_the_newest_shelves_are_kept(tmp_path: Path) -> None:
    for number in range(memory.KEPT + 2):
        memory.Memory(tmp_path / f"{number}.json", {}).keep()
    assert len(list(tmp_path.glob("*.json"))) == memory.KEPT
    assert not list(tmp_path.glob("*.tmp"))


def test_values_come_back_as_they_were(tmp_path: Path) -> None:
    rows = [(1, None, True, "字", 2**70, date(2023, 12, 31), datetime(2023, 1, 2, 3, 4, 5, 6, UTC))]
    made = memory.Memory(tmp_path / "one.json")
    made.answers = {"a": rows}
    made.keep()
    assert memory.Memory(tmp_path / "one.json").answers == {"a": rows}
    assert memory.plain(rows)
    assert not memory.plain([(1.5,)])
