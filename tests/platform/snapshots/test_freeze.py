"""Freezing rows of the database: the same rows are the same snapshot; a kill leaves the old one."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.db import connection

from junheng.domains.bulletins.models import Article
from junheng.domains.schools.models import School
from junheng.kernel.datasets import Manifest
from junheng.kernel.datasets.breaches import ContractBroken
from junheng.kernel.errors import NotFound, Refusal
from junheng.platform.registers import every_register, register_called
from junheng.platform.snapshots import freeze as freezing
from junheng.platform.snapshots.freeze import freeze
from junheng.platform.snapshots.models import Snapshot
from junheng.platform.snapshots.queries import current, manifest_of, verify
from junheng.platform.snapshots.reading import frame_of
from tests.domains import makers

AT = datetime(2024, 1, 2, 1, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places(db: None) -> None:
    makers.areas()


def school(pk: int, **given: Any) -> School:
    return makers.school(id=pk, code=f"21410000{pk:02d}", name=f"示例第{pk}小学", **given)


def frozen(home: Path, at: datetime = AT) -> Snapshot:
    return freeze(by="office", at=at, home=home)


def test_every_register_is_in_it(tmp_path: Path) -> None:
    school(1)
    snapshot = frozen(tmp_path)
    manifest = manifest_of(snapshot, home=tmp_path)
    assert set(manifest.tables) == {one.fulfils.table for one in every_register().values() if one.fulfils}
    assert (manifest.tables["schools"].rows, manifest.tables["areas"].rows, snapshot.rows) == (1, 5, 6)
    assert (manifest.digest, manifest.taken_at, manifest.rows) == (snapshot.digest, AT, 6)
    assert current() == snapshot
    assert verify(snapshot, home=tmp_path) == ()


def test_a_row_reads_as_its_contract_says() -> None:
    school(3, until=date(2023, 9, 1), boarding=True)
    row = frame_of(register_called("schools")).row(0, named=True)
    assert row == {
        "id": 3,
        "code": "2141000003",
        "name": "示例第3小学",
        "area": "410802",
        "kind": "primary",
        "nature": "public",
        "location": "urban",
        "boarding": True,
        "since": date(2020, 9, 1),
        "until": date(2023, 9, 1),
    }


def test_a_moment_is_told_in_shanghai() -> None:
    Article.objects.create(
        title="题", slug="a", area_id="4108", updated_at=datetime(2024, 3, 5, 17, 0, tzinfo=UTC)
    )
    Article.objects.create(
        title="题", slug="b", area_id="4108", updated_at=datetime(2024, 3, 6, 1, 43, 48, 5, tzinfo=UTC)
    )
    assert frame_of(register_called("articles"))["updated_at"].to_list() == [
        datetime(2024, 3, 6, 1, 0),  # noqa: DTZ001 — the contract's wall clock
        datetime(2024, 3, 6, 9, 43, 48, 5),  # noqa: DTZ001
    ]


def test_an_area_is_numbered_by_its_code() -> None:
    assert frame_of(register_called("areas"))["id"].to_list() == [4108, 410802, 410811, 410802001, 410811001]


def test_a_blank_where_nothing_may_be_is_nothing() -> None:
    water = makers.water()
    from junheng.domains.patrols.models import Check

    Check.objects.create(
        water=water, person=makers.person(), area_id="410802001", level="township", checked_at=AT, hazard=""
    )
    assert frame_of(register_called("checks"))["hazard"].to_list() == [None]


def test_the_order_of_entry_does_not_count(tmp_path: Path) -> None:
    school(1), school(2)
    first = frozen(tmp_path / "a")
    School.objects.all().delete()
    school(2), school(1)
    Snapshot.objects.all().delete()
    assert frozen(tmp_path / "b").digest == first.digest


def test_one_cell_moves_one_table(tmp_path: Path) -> None:
    school(1), makers.water()
    before = manifest_of(frozen(tmp_path), home=tmp_path)
    School.objects.update(name="更名小学")
    after = manifest_of(frozen(tmp_path), home=tmp_path)
    moved = {name for name in after.tables if after.digests[name] != before.digests[name]}
    assert moved == {"schools"}
    assert before.digest != after.digest


def test_nothing_changed_nothing_new(tmp_path: Path) -> None:
    school(1)
    first = frozen(tmp_path)
    files = sorted(tmp_path.rglob("*"))
    assert frozen(tmp_path, AT + timedelta(days=1)) == first
    assert (sorted(tmp_path.rglob("*")), Snapshot.objects.count()) == (files, 1)


def test_going_back_is_a_new_moment_of_the_same_rows(tmp_path: Path) -> None:
    school(1)
    first = frozen(tmp_path)
    School.objects.update(boarding=True)
    second = frozen(tmp_path)
    School.objects.update(boarding=False)
    third = frozen(tmp_path, AT + timedelta(days=1))
    assert first.digest == third.digest != second.digest
    assert current() == third


def test_rows_that_break_their_contract_are_not_frozen(tmp_path: Path) -> None:
    school(1, kind="academy")
    with pytest.raises(ContractBroken) as refused:
        frozen(tmp_path)
    assert [(one.table, one.column, one.row, one.value) for one in refused.value.breaches] == [
        ("schools", "kind", 1, "academy")
    ]
    assert current() is None
    assert list(tmp_path.rglob("manifest-*")) == []


def test_text_that_is_no_day_is_named(tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a server's column of days takes nothing else")
    school(1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE schools_school SET until = 'soon'")
    with pytest.raises(ContractBroken) as refused:
        frozen(tmp_path)
    assert [str(one) for one in refused.value.breaches] == ["schools 第 1 行 until = soon：不是日期"]


@pytest.mark.parametrize("killed_at", [1, 20, 49])
def test_a_kill_on_the_way_leaves_the_old_snapshot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, killed_at: int
) -> None:
    school(1)
    old = frozen(tmp_path)
    School.objects.update(name="更名小学")

    def kill(name: str, rows: int, done: int, of: int) -> None:
        if done == killed_at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        freeze(by="office", at=AT, home=tmp_path, progress=kill)
    assert current() == old
    assert [path.name for path in tmp_path.rglob("manifest-*")] == [Path(old.manifest).name]
    assert verify(old, home=tmp_path) == ()
    assert frozen(tmp_path).digest != old.digest


def test_a_kill_inside_a_file_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    school(1)

    def half(self: pl.DataFrame, path: Path, **options: object) -> None:
        path.write_bytes(b"PAR1")
        raise KeyboardInterrupt

    monkeypatch.setattr(pl.DataFrame, "write_parquet", half)
    with pytest.raises(KeyboardInterrupt):
        frozen(tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_kill_before_the_manifest_has_its_name_leaves_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    school(1)
    replace = Path.replace

    def never(self: Path, target: Path) -> Path:
        if target.suffix == ".json":
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", never)
    with pytest.raises(KeyboardInterrupt):
        frozen(tmp_path)
    assert list(tmp_path.rglob("*.json*")) == []
    assert current() is None


def test_what_was_tampered_with_is_named(tmp_path: Path) -> None:
    school(1)
    snapshot = frozen(tmp_path)
    manifest = manifest_of(snapshot, home=tmp_path)
    changed = pl.read_parquet(manifest.sources["schools"]).with_columns(name=pl.lit("假"))
    changed.write_parquet(manifest.sources["schools"])
    manifest.sources["waters"].unlink()
    manifest.sources["pupils"].write_bytes(b"no parquet")
    assert verify(snapshot, home=tmp_path) == ("pupils", "schools", "waters")


def test_a_manifest_that_names_other_rows_is_named(tmp_path: Path) -> None:
    school(1)
    snapshot = frozen(tmp_path)
    path = tmp_path / snapshot.manifest
    digest = manifest_of(snapshot, home=tmp_path).digests["schools"]
    path.write_text(path.read_text("utf-8").replace(digest, "0" * 64), "utf-8")
    assert verify(snapshot, home=tmp_path) == ("manifest", "schools")


def test_a_manifest_of_another_snapshot_is_named(tmp_path: Path) -> None:
    school(1)
    old = frozen(tmp_path)
    School.objects.update(name="更名小学")
    new = frozen(tmp_path)
    (tmp_path / new.manifest).write_bytes((tmp_path / old.manifest).read_bytes())
    assert verify(new, home=tmp_path) == ("manifest",)


def test_a_manifest_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound) as refused:
        Manifest.load(tmp_path / "manifest-0.json")
    assert str(refused.value) == (
        "快照清单 manifest-0.json 不在数据目录中，可能被移走或删除。请恢复该文件，或重新冻结一次快照。"
    )


@pytest.mark.parametrize("words", ["", "{", "{}", "[]", '{"digest": "0", "taken_at": "soon"}'])
def test_a_manifest_that_is_broken_is_told_and_made_anew(tmp_path: Path, words: str) -> None:
    school(1)
    snapshot = frozen(tmp_path)
    path = tmp_path / snapshot.manifest
    path.write_text(words, "utf-8")
    with pytest.raises(Refusal) as refused:
        Manifest.load(path)
    assert str(refused.value) == (
        f"快照清单 {path.name} 的内容已损坏，读不出快照。请从备份恢复该文件，或重新冻结一次快照。"
    )
    assert frozen(tmp_path) == snapshot
    assert verify(snapshot, home=tmp_path) == ()


def test_only_the_registers_asked_for(tmp_path: Path) -> None:
    asked = freeze(by="office", at=AT, home=tmp_path, registers=[register_called("areas")])
    assert set(manifest_of(asked, home=tmp_path).tables) == {"areas"}


@pytest.mark.django_db(transaction=True)
def test_reading_holds_one_state_and_asks_for_no_lock() -> None:
    with freezing.one_state():
        if connection.vendor == "sqlite":
            assert not connection.in_atomic_block
            assert connection.connection.in_transaction
        else:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT current_setting('transaction_isolation'), current_setting('transaction_read_only')"
                )
                assert cursor.fetchone() == ("repeatable read", "on")
        assert School.objects.count() == 0
    assert connection.vendor != "sqlite" or not connection.connection.in_transaction


def test_a_register_without_a_contract_has_no_frame() -> None:
    class Nothing:
        slug = "nothing"
        fulfils = None

    with pytest.raises(TypeError, match="nothing fulfils no contract"):
        frame_of(Nothing())  # type: ignore[arg-type]
