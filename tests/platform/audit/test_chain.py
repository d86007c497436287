"""The chain grows, refuses everything else, and tells where somebody broke it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from junheng.domains.schools.models import School
from junheng.kernel.errors import NotAllowed
from junheng.platform.audit.append import Head, append_many, batch_draft, head, record, record_batch
from junheng.platform.audit.chain import GENESIS, Draft, canonical, digest_of_rows, link, plain
from junheng.platform.audit.history import entries_of, verify, version_of
from junheng.platform.audit.models import Entry
from junheng.platform.audit.save import save_row
from junheng.platform.audit.triggers import drops, install_triggers, missing_triggers
from tests.makers import make
from tests.makers.rows import AT

pytestmark = pytest.mark.django_db


def drafts(number: int) -> list[Draft]:
    return [
        Draft(at=AT, who="li", why="登记", verb="deed", table="schools.school", row=one)
        for one in range(number)
    ]


def tamper(statement: str, *values: Any) -> None:
    """Change the stored chain as somebody with the database file could."""
    with connection.cursor() as cursor:
        for drop in drops(vendor=connection.vendor):
            cursor.execute(drop)
        cursor.execute(statement, values)
    install_triggers()


def test_an_empty_chain_holds_and_begins_at_the_genesis_hash() -> None:
    assert head() == Head(0, GENESIS)
    assert verify() is None


def test_entries_are_numbered_without_gaps_and_each_continues_the_last() -> None:
    first, second = append_many(drafts(2))
    (third,) = append_many(drafts(1))
    assert [first.id, second.id, third.id] == [1, 2, 3]
    assert second.hash == link(first.hash, 2, drafts(2)[1])
    assert head() == Head(3, third.hash)
    assert verify() is None


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("who", "wang"),
        ("why", ""),
        ("verb", "read"),
        ("row", 99),
        ("table", "schools.schoolclass"),
        ("at", "2020-01-01 00:00:00"),
        ("after", '{"a":1}'),
        ("hash", "0" * 64),
    ],
)
def test_a_changed_word_is_found_where_it_stands(column: str, value: Any) -> None:
    append_many(drafts(5))
    tamper(f'UPDATE audit_entry SET "{column}" = %s WHERE id = 3', value)
    broken = verify()
    assert broken is not None
    assert broken.id == 3
    assert broken.reason == "第 3 条记录与其校验值不符：内容被改动过。"


def test_a_removed_entry_is_found() -> None:
    append_many(drafts(5))
    tamper("DELETE FROM audit_entry WHERE id = 2")
    broken = verify()
    assert broken is not None
    assert (broken.id, broken.reason) == (2, "第 2 条记录缺失：编号不连续。")


def test_a_chain_cut_short_is_found_by_a_head_kept_elsewhere() -> None:
    append_many(drafts(5))
    kept = head()
    tamper("DELETE FROM audit_entry WHERE id > 3")
    assert verify() is None
    broken = verify(known={kept.id: kept.hash})
    assert broken is not None
    assert broken.id == 4


def test_a_chain_written_anew_is_found_by_a_head_kept_elsewhere() -> None:
    append_many(drafts(2))
    kept = head()
    tamper("DELETE FROM audit_entry")
    append_many([one._replace(who="wang") for one in drafts(2)])
    assert verify() is None
    assert verify(known={kept.id: kept.hash}) is not None


def test_the_code_refuses_to_change_or_remove() -> None:
    (entry,) = append_many(drafts(1))
    for deed in (
        entry.save,
        entry.delete,
        lambda: Entry.objects.update(who="wang"),
        lambda: Entry.objects.all().delete(),
        lambda: Entry.objects.bulk_update([entry], ["who"]),
    ):
        with pytest.raises(NotAllowed, match="只能追加"):
            deed()


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET who = 'wang'", "DELETE FROM audit_entry"])
def test_the_database_refuses_too(statement: str) -> None:
    append_many(drafts(1))
    assert missing_triggers() == []
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_new_row_leaves_all_its_columns_and_a_change_what_changed() -> None:
    school = make(School)
    school.pk = None
    school._state.adding = True
    school.code = "2141000001"
    made = save_row(school, by="li", at=AT, why="新设")
    school.name = "第一小学"
    changed = save_row(school, by="li", at=AT, why="更名")
    assert made is not None
    assert made.before is None
    assert made.after is not None
    assert (made.verb, made.row, made.after["code"]) == ("create", school.pk, "2141000001")
    assert changed is not None
    assert changed.after == {"name": "第一小学"}
    assert save_row(school, by="li", at=AT, why="再存") is None
    assert version_of(school) == changed.id


def test_history_of_a_row_has_its_batch_and_its_own_entries() -> None:
    rows = [make(School) for _ in range(3)]
    facts: dict[str, Any] = {
        "count": 2,
        "digest": "d",
        "source": "事业统计.xlsx",
        "by": "li",
        "at": AT,
        "why": "期初导入",
    }
    batch = record_batch(School, first_row=rows[0].pk, last_row=rows[1].pk, **facts)
    own = record(rows[1], "deed", by="li", at=AT, why="办理")
    record(rows[2], "deed", by="li", at=AT, why="办理")
    assert [entry.id for entry in entries_of(rows[1])] == [own.id, batch.id]
    assert [entry.id for entry in entries_of(rows[0])] == [batch.id]
    assert version_of(rows[0]) == batch.id
    assert batch.after == {"count": 2, "digest": "d", "source": "事业统计.xlsx"}


def test_reading_does_not_make_a_new_version() -> None:
    school = make(School)
    record(school, "read", by="li", at=AT, why="核对")
    assert version_of(school) == 0


def test_a_batch_says_how_many_rows_it_has() -> None:
    facts: dict[str, Any] = {"digest": "d", "source": "s", "by": "li", "at": AT, "why": "导入"}
    with pytest.raises(ValueError, match="cannot be numbered"):
        batch_draft(School, first_row=1, last_row=3, count=4, **facts)


def test_a_deed_without_a_doer_or_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="names who did it"):
        record(make(School), "deed", by="", at=AT, why="办理")
    with pytest.raises(ValueError, match="no time zone"):
        append_many([drafts(1)[0]._replace(at=datetime(2024, 1, 1))])  # noqa: DTZ001


def test_values_are_written_in_one_way() -> None:
    row = {"b": Decimal("1.50"), "a": date(2024, 3, 6), "c": datetime(2024, 3, 6, tzinfo=UTC)}
    assert canonical(plain(row)) == '{"a":"2024-03-06","b":"1.50","c":"2024-03-06T00:00:00.000000Z"}'
    with pytest.raises(TypeError, match="cannot hold"):
        plain(0.1)
    assert digest_of_rows([[1, "甲"], [2, "乙"]]) != digest_of_rows([[2, "乙"], [1, "甲"]])
