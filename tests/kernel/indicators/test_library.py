"""The shelf of compiled definitions: kept, read again, and never believed when it is stale or broken."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from junheng.content.datasets.safety import Waters
from junheng.kernel.indicators import Count, Indicator, Kind, Window, library
from junheng.kernel.indicators.fingerprint import fingerprint
from junheng.kernel.indicators.library import Library

LEVEL = "high"


def risky(waters: Any) -> Any:
    return waters.filter(waters.risk == LEVEL)


def formula(waters: Any, *, at: Any, rule: Any) -> Count:
    """Why."""
    return Count(risky(waters), of="waters")  # a comment


def same(waters: Any, *, at: Any, rule: Any) -> Count:
    """Said otherwise."""
    return Count(
        risky(waters),
        of="waters",
    )


def other(waters: Any, *, at: Any, rule: Any) -> Count:
    return Count(waters, of="waters")


CARD = Indicator(
    id="x", title="", title_en="", chapter="", kind=Kind.COUNT, word="处", window=Window.AS_OF, definition="",
    definition_en="", author="a", checker="b", next_review=date(2027, 1, 1), reads=(Waters,), formula=formula, why="",
)  # fmt: skip


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    place = tmp_path / "below" / "definitions.json"
    kept = Library({"x": CARD}, place)
    kept.indicator("x", "default")
    kept.keep()
    return place


def compiles(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the formulas that are compiled from now on."""
    seen: list[str] = []
    compile_formula = library.compile_formula

    def noted(formula: Any, *rest: Any) -> Any:
        seen.append(formula.__name__)
        return compile_formula(formula, *rest)

    monkeypatch.setattr(library, "compile_formula", noted)
    return seen


def test_what_was_kept_is_not_compiled_again(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = compiles(monkeypatch)
    again = Library({"x": CARD}, shelf)
    fresh = Library({"x": CARD})
    assert again.indicator("x", "default") == fresh.indicator("x", "default")
    assert seen == ["formula"], "only the one without a shelf"
    assert [file.name for file in shelf.parent.iterdir()] == ["definitions.json"], "no draft is left"


def test_a_changed_definition_is_compiled_although_its_id_is_on_the_shelf(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = compiles(monkeypatch)
    changed = Library({"x": replace(CARD, formula=other)}, shelf)
    assert "high" not in changed.indicator("x", "default").sql
    assert seen == ["other"]


@pytest.mark.parametrize(
    "words", ["", "{", "[]", "null", '{"compiled": {}}', '{"compiler": "x", "compiled": {}}']
)
def test_a_shelf_that_cannot_be_read_is_no_shelf(
    shelf: Path, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.write_text(words, encoding="utf-8")
    seen = compiles(monkeypatch)
    again = Library({"x": CARD}, shelf)
    assert again.indicator("x", "default").of == "waters"
    assert seen == ["formula"]
    again.keep()
    assert json.loads(shelf.read_text(encoding="utf-8"))["compiled"]


def test_half_a_shelf_and_one_of_another_compiler_are_no_shelf(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = shelf.read_text(encoding="utf-8")
    shelf.write_text(whole[: len(whole) // 2], encoding="utf-8")
    seen = compiles(monkeypatch)
    Library({"x": CARD}, shelf).indicator("x", "default")
    shelf.write_text(whole, encoding="utf-8")
    monkeypatch.setattr(library, "compiler_digest", lambda: "another")
    Library({"x": CARD}, shelf).indicator("x", "default")
    assert seen == ["formula", "formula"]


def test_a_library_without_a_shelf_keeps_nothing(tmp_path: Path) -> None:
    Library({"x": CARD}).keep()
    assert list(tmp_path.iterdir()) == []


def test_names_comments_and_layout_do_not_move_a_definition() -> None:
    assert fingerprint(formula) == fingerprint(same)
    assert CARD.digest == replace(CARD, formula=same).digest
    assert CARD.digest != replace(CARD, formula=other).digest


def test_what_a_formula_calls_and_the_constants_it_names_belong_to_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = fingerprint.__wrapped__(formula)
    monkeypatch.setitem(risky.__globals__, "LEVEL", "low")
    constant = fingerprint.__wrapped__(formula)
    monkeypatch.setitem(formula.__globals__, "risky", lambda_free)
    helper = fingerprint.__wrapped__(formula)
    assert len({before, constant, helper}) == 3


def lambda_free(waters: Any) -> Any:
    return waters


@pytest.mark.parametrize(
    "change",
    [{"version": 2}, {"window": Window.YEAR}, {"word": "个"}, {"readings": ("a", "b")}, {"reads": ()}],
    ids=str,
)
def test_everything_that_makes_the_answer_moves_the_digest(change: dict[str, Any]) -> None:
    assert replace(CARD, **change).digest != CARD.digest


def test_what_is_only_said_about_it_does_not() -> None:
    assert replace(CARD, title="别的", author="c", next_review=date(2028, 1, 1)).digest == CARD.digest
