"""Every word of the house is in the glossary, once; the words that are not ours are nowhere."""

import ast
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps

from junheng.content import datasets
from junheng.kernel.datasets import every_table
from tests.house.tree import ROOT

SOURCE = ROOT / "src" / "junheng"
TERMS = tomllib.loads((SOURCE / "content" / "glossary.toml").read_text("utf-8"))["term"]
NEVER = {"manager", "handler", "processor", "utils", "misc", "services"}
"""Words that say nothing about the business, whatever they would be used for."""


def snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def identifiers(path: Path) -> set[str]:
    """Every name that a file gives to something."""
    found = {path.stem}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.arg(arg=name):
                found.add(name)
            case ast.Name(id=name, ctx=ast.Store()):
                found.add(name)
    return found


def test_a_term_says_what_it_is_and_nothing_else() -> None:
    assert [term for term in TERMS if not {"zh", "en", "meaning"} <= set(term)] == []
    assert {key for term in TERMS for key in term} == {"zh", "en", "meaning", "not", "table"}
    assert [term["zh"] for term in TERMS if not term["meaning"].endswith(("。", "）"))] == []


@pytest.mark.parametrize("key", ["zh", "en", "table"])
def test_no_word_stands_for_two(key: str) -> None:
    words = Counter(term[key] for term in TERMS if key in term)
    assert [word for word, times in words.items() if times > 1] == []


def test_every_model_is_a_term() -> None:
    known = {term["en"] for term in TERMS}
    rooms = [one for one in apps.get_models() if one.__module__.startswith("junheng.domains.")]
    assert len(rooms) >= 49
    assert {snake(model.__name__) for model in rooms} - known == set()


def test_every_room_is_a_term() -> None:
    known = {word for term in TERMS for word in (term["en"], term.get("table"))}
    rooms = {path.parent.name for path in (SOURCE / "domains").glob("*/apps.py")}
    assert rooms - known == set()


def test_every_table_is_a_term() -> None:
    assert datasets.__all__
    ours = {name for name, table in every_table().items() if table.__module__.startswith("junheng.content.")}
    assert ours - {term.get("table") for term in TERMS} == set()


def test_no_identifier_is_a_word_that_is_not_ours() -> None:
    forbidden = NEVER | {word for term in TERMS for word in term.get("not", [])}
    found = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts
        for name in identifiers(path)
        if forbidden & set(snake(name).split("_"))
    }
    assert found == set()
