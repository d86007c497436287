"""Tables of very many lines: kept as columns, planned and written a block at a time, and the same comes of them."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from junheng.domains.schools.models import School
from junheng.kernel.errors import Conflict
from junheng.platform.access.roles import Role
from junheng.platform.audit.history import verify
from junheng.platform.audit.models import Entry
from junheng.platform.registers import importing, planning, register_called, tables
from junheng.platform.registers.importing import carry_out, read_sheet, rehearse
from tests import cast
from tests.makers import areas
from tests.makers.rows import HERE

HEAD = "学校标识码,学校名称,所在区划,办学类型,办学性质,城乡分类,寄宿制,设立日"


def text(count: int, *, odd: int | None = None, twice: bool = False) -> bytes:
    """A .csv of schools with a blank line, a total and a signature between them."""
    lines = [HEAD]
    for at in range(count):
        since = "9月1日" if at == odd else "2023-09-01"
        code = 2141000000 + (0 if twice and at == count - 1 else at)
        lines.append(f"{code},　第{'一二三四五六七八九十'[at % 10]}小学 ,{HERE},小学,公办,城区,否,{since}")
        if at % 7 == 3:
            lines += [",,,,,,,", "合计,7,,,,,,"]
    return "\n".join([*lines, "填表人：某某"]).encode()


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of five lines, so that some lines are many."""
    from junheng.platform.registers import headings

    for module in (tables, headings, planning):
        monkeypatch.setattr(module, "BLOCK", 5)
    monkeypatch.setattr(tables, "KEPT", 5)
    monkeypatch.setattr(headings, "KEPT", 5)


@pytest.fixture
def asker(db: Any) -> Any:
    areas()
    return cast.asker(cast.somebody(Role.COUNTY_OFFICER, area=HERE))


def sheet(content: bytes) -> Any:
    return read_sheet(register_called("schools"), "a.csv", content)


@pytest.mark.django_db
def test_a_large_table_has_the_same_lines(small_blocks: None, monkeypatch: pytest.MonkeyPatch) -> None:
    large = sheet(text(23))
    assert isinstance(large.lines, tables.Records)
    monkeypatch.undo()
    plain = sheet(text(23))
    assert isinstance(plain.lines, list)
    assert list(large.lines) == plain.lines
    assert [large.lines[at] for at in (0, 11, 22)] == [plain.lines[at] for at in (0, 11, 22)]
    assert (large.lines[5:9], large.notes, large.places) == (plain.lines[5:9], plain.notes, plain.places)
    assert plain.lines[0].cells[1] == "第一小学"


def test_blocks_are_one_import(small_blocks: None, asker: Any) -> None:
    register = register_called("schools")
    plan = rehearse(register, sheet(text(23)), asker)
    assert (plan.new, plan.problems, School.objects.count()) == (23, [], 0)
    carry_out(register, sheet(text(23)), asker, why="试")
    assert School.objects.count() == Entry.objects.filter(verb="create").count() == 23
    assert verify() is None
    again = carry_out(register, sheet(text(23)), asker, why="试")
    assert (again.unchanged, again.new, again.changed) == (23, 0, 0)


def test_a_mistake_in_the_last_block_undoes_the_first(small_blocks: None, asker: Any) -> None:
    register = register_called("schools")
    with pytest.raises(Conflict) as refused:
        carry_out(register, sheet(text(23, odd=22)), asker, why="试")
    assert refused.value.code == "import-has-problems"
    assert not School.objects.exists()
    assert not Entry.objects.exists()
    plan = rehearse(register, sheet(text(23, twice=True)), asker)
    assert [(one.cause, one.reason) for one in plan.problems] == [("twice", "与第 2 行是同一条记录。")]


def test_statements_grow_with_blocks_and_not_with_lines(asker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    register = register_called("schools")
    counts = {}
    rehearse(register, sheet(text(3)), asker)
    for count in (40, 160):
        with CaptureQueriesContext(connection) as asked:
            rehearse(register, sheet(text(count)), asker)
        counts[count] = len(asked)
    assert counts[40] == counts[160]
    monkeypatch.setattr(planning, "BLOCK", 80)
    with CaptureQueriesContext(connection) as asked:
        rehearse(register, sheet(text(160)), asker)
    assert counts[160] < len(asked) <= 2 * counts[160]


@pytest.mark.parametrize(
    "cell", ["　甲", "甲 ", "a\nb", "\u200b甲", "_x000D_甲", "甲", "a b", "", "合计", "é", "\u3000", "=1"]
)
def test_a_column_is_looked_at_as_its_cells_would_be(cell: str) -> None:
    rows = [["甲", cell], ["乙"], ["丙", cell]]
    odd = tables.look_through(rows)
    assert rows == [["甲", tables.clean(cell)], ["乙"], ["丙", tables.clean(cell)]]
    assert odd == ({0, 2} if "合" in cell else set())


def test_importing_knows_its_own_blocks() -> None:
    assert importing.BATCH <= tables.BLOCK <= tables.KEPT
