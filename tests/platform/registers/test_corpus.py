"""The corpus of dirty files: every planted mistake is named at its cell, and nothing else is."""

from typing import Any

import pytest
from django.db.models import ForeignKey

from junheng.platform.registers.importing import read_sheet, rehearse
from junheng.platform.registers.plans import Plan
from tests import cast
from tests.makers import areas
from tests.platform.registers.corpus import FAULTY, HARMLESS, SLUGS, Kind, Table, file_of

pytestmark = pytest.mark.django_db


def preview(table: Table, slug: str) -> Plan:
    """What the house makes of a file, for somebody who may import it."""
    asker = cast.asker(cast.who_may(table.register, "import"))
    name = f"{slug}.{table.kind_of_file}"
    return rehearse(table.register, read_sheet(table.register, name, table.content()), asker)


def tables(kinds: dict[str, Kind], kind: str) -> list[tuple[str, Table]]:
    """The files of a kind, with their register."""
    areas()
    return [(slug, table) for slug in SLUGS if (table := file_of(kinds, kind, slug))]


@pytest.mark.parametrize("kind", HARMLESS)
def test_harmless_dirt_is_read_as_what_it_means(kind: str) -> None:
    found = tables(HARMLESS, kind)
    assert found
    for slug, table in found:
        plan = preview(table, slug)
        assert not plan.problems, (slug, plan.problems[:3])
        assert [values(table, one.row) for one in plan.drafts] == distinct(table.truth), slug


@pytest.mark.parametrize("kind", FAULTY)
def test_every_planted_mistake_is_named_at_its_cell_and_no_other(kind: str) -> None:
    found = tables(FAULTY, kind)
    assert found
    for slug, table in found:
        plan = preview(table, slug)
        assert {(one.cell or str(one.line), one.cause) for one in plan.problems} == table.wrong, (
            slug,
            plan.problems,
        )


def test_the_corpus_is_large() -> None:
    assert sum(len(tables(kinds, kind)) for kinds in (HARMLESS, FAULTY) for kind in kinds) >= 200


def values(table: Table, row: Any) -> dict[str, Any]:
    """The values of a row in the columns of the file."""
    return {
        name: row.area_id if isinstance(table.register.model_field(name), ForeignKey) else getattr(row, name)
        for name in table.names
    }


def distinct(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines without those that follow their like."""
    return [one for place, one in enumerate(lines) if place == 0 or one != lines[place - 1]]
