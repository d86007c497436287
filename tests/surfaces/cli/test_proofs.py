"""``junheng audit verify`` and ``junheng snapshot``: what was tampered with is found and named, with exit code 3."""

from pathlib import Path

import pytest
from django.db import connection

from junheng.domains.schools.models import School
from junheng.platform.audit.triggers import drops
from junheng.platform.snapshots.models import Snapshot
from tests.surfaces.cli.conftest import Ask


def test_an_untouched_chain_is_whole(ask: Ask) -> None:
    said = ask("audit", "verify")
    assert (said.code, said.out, said.err) == (0, "留痕链完整。\n", "")


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        ("UPDATE audit_entry SET why = why || '。' WHERE id = 100", "第 100 条记录与其校验值不符"),
        ("DELETE FROM audit_entry WHERE id = 200", "第 200 条记录缺失"),
        ("DELETE FROM audit_entry WHERE id > 2000", "以后的记录被删除"),
    ],
    ids=["changed", "removed", "cut short"],
)
def test_a_tampered_entry_is_the_first_broken_link(ask_own: Ask, deed: str, words: str) -> None:
    with connection.cursor() as cursor:
        # whoever has the file can take the guards away; the chain still tells
        for drop in drops(vendor=connection.vendor):
            cursor.execute(drop)
        cursor.execute(deed)
    said = ask_own("audit", "verify")
    assert (said.code, said.err) == (3, "")
    assert said.out.startswith("留痕链断裂：")
    assert words in said.out


def test_a_frozen_day_is_what_it_was(ask: Ask) -> None:
    said = ask("snapshot", "verify")
    assert said.code == 0
    assert Snapshot.objects.order_by("-id")[0].digest in said.out


def test_a_changed_file_is_named(ask_own: Ask, own_house: Path) -> None:
    (file,) = (own_house / "snapshots").glob("schools-*.parquet")
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.write_bytes(data)
    said = ask_own("snapshot", "verify")
    assert (said.code, said.out) == (3, "与冻结时不一致：schools\n")


def test_a_missing_file_is_named(ask_own: Ask, own_house: Path) -> None:
    (file,) = (own_house / "snapshots").glob("waters-*.parquet")
    file.unlink()
    assert ask_own("snapshot", "verify").out == "与冻结时不一致：waters\n"


def test_freezing_what_did_not_change_is_the_same_snapshot(ask_own: Ask) -> None:
    before = Snapshot.objects.order_by("-id")[0]
    said = ask_own("snapshot", "freeze")
    assert said.code == 0
    assert before.digest in said.out
    assert Snapshot.objects.order_by("-id")[0] == before


def test_freezing_after_an_edit_is_another(ask_own: Ask) -> None:
    before = Snapshot.objects.order_by("-id")[0]
    School.objects.filter(pk=1).update(boarding=True)
    School.objects.filter(pk=2).update(boarding=False)
    School.objects.filter(pk=3).update(boarding=True)
    assert ask_own("snapshot", "freeze").code == 0
    newest = Snapshot.objects.order_by("-id")[0]
    assert (newest.digest != before.digest, newest.by) == (True, "命令行")
    assert ask_own("snapshot", "verify").code == 0
