"""Rules are read from TOML, and a file that makes no sense says which rule and which day."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from junheng.kernel.rulebook import Certainty, Dated, load_rules
from junheng.kernel.sources import Source

SOURCES = {"sample": Source("sample", "示例办法", "示例局", "", date(2024, 1, 1), date(2026, 1, 1))}
GOOD = """
[largest_class]
title = "班额上限"
title_en = "Largest class"
unit = "人"

[[largest_class.steps]]
since = 2012-09-01
value = 45
cites = "sample#第七条"
certainty = "K"

[[largest_class.steps]]
since = 2024-09-01
cites = "sample#第九条"
certainty = "V"
"""


@dataclass(frozen=True, slots=True)
class ClassSize:
    """班额。"""

    largest_class: Dated[int]


def load(tmp_path: Path, text: str) -> ClassSize:
    path = tmp_path / "class_size.toml"
    path.write_text(text, encoding="utf-8")
    return load_rules(ClassSize, path, SOURCES)


def test_a_rule_is_named_after_its_file_and_its_table(tmp_path: Path) -> None:
    rule = load(tmp_path, GOOD).largest_class
    assert (rule.key, rule.title, rule.title_en, rule.unit) == (
        "class_size.largest_class",
        "班额上限",
        "Largest class",
        "人",
    )


def test_steps_carry_value_place_and_certainty_and_a_repeal_has_no_value(tmp_path: Path) -> None:
    first, repeal = load(tmp_path, GOOD).largest_class.steps
    assert (first.since, first.value, str(first.cites), first.certainty) == (
        date(2012, 9, 1),
        45,
        "《示例办法》第七条",
        Certainty.KNOWN,
    )
    assert (repeal.since, repeal.value) == (date(2024, 9, 1), None)


def test_a_value_without_a_place_does_not_load(tmp_path: Path) -> None:
    with pytest.raises(
        ValueError,
        match=r"^class_size\.toml: largest_class since 2012-09-01: every value names the place that sets it$",
    ):
        load(tmp_path, GOOD.replace('cites = "sample#第七条"\n', ""))


def test_a_value_that_cites_an_unknown_document_does_not_load(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="which sources.toml does not know"):
        load(tmp_path, GOOD.replace("sample#第七条", "nobody#第七条"))


def test_rules_and_fields_are_the_same(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="rules and fields differ: .'largest_clas', 'largest_class'."):
        load(tmp_path, GOOD.replace("largest_class", "largest_clas"))


def test_a_certainty_nobody_knows_does_not_load(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="'X' is not a valid Certainty"):
        load(tmp_path, GOOD.replace('"K"', '"X"'))
