"""New rows are indexed from their entries as they would be from the table, in every register that the box searches."""

from typing import Any

import pytest

from junheng.platform.audit.append import append_many
from junheng.platform.audit.save import draft_of
from junheng.platform.registers import Register
from junheng.platform.searching import index
from junheng.platform.searching.models import SearchName
from tests.makers import make_many
from tests.makers.rows import AT

pytestmark = pytest.mark.django_db


def kept(register: Register[Any]) -> list[tuple[Any, ...]]:
    rows = SearchName.objects.filter(register=register.slug).order_by("row")
    return list(rows.values_list("row", "name", "sounds", "keys"))


@pytest.mark.parametrize("register", index.searched_registers(), ids=repr)
def test_new_rows_are_called_as_the_table_says(register: Register[Any], monkeypatch: Any) -> None:
    monkeypatch.setattr(index, "MANY", 2)
    rows = make_many(register.model, 3)
    SearchName.objects.all().delete()
    append_many([draft for row in rows if (draft := draft_of(row, None, by="zhang", at=AT, why="试"))])
    told = kept(register)
    index.reindex()
    assert {one[0] for one in told} == {row.pk for row in rows}
    assert told == [one for one in kept(register) if one[0] in {row.pk for row in rows}]


def test_a_row_that_changed_at_once_is_called_as_it_is_now(monkeypatch: Any) -> None:
    monkeypatch.setattr(index, "MANY", 2)
    register = next(one for one in index.searched_registers() if one.slug == "schools")
    rows = make_many(register.model, 3)
    drafts = [draft_of(row, None, by="zhang", at=AT, why="试") for row in rows]
    before = {"name": rows[0].name}
    rows[0].name = "后改名小学"
    rows[0].save()
    later = draft_of(rows[0], {**(drafts[0].after or {}), **before}, by="zhang", at=AT, why="试")  # type: ignore[union-attr]
    append_many([one for one in [*drafts, later] if one])
    assert "后改名小学" in [name for _row, name, _sounds, _keys in kept(register)]
