"""Backup and restore: what comes back is what went in, and whatever fails leaves what was there."""

import errno
import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.db import connection, transaction

from junheng.domains.pupils.models import Household
from junheng.kernel.errors import Refusal
from junheng.platform.access.models import User
from junheng.platform.audit import append, history
from junheng.platform.audit.triggers import drops, missing_triggers
from junheng.platform.sealing.erased import destroy, keys_of, written_down
from junheng.platform.snapshots.freeze import freeze
from junheng.platform.snapshots.queries import current, manifest_of
from junheng.platform.upkeep import archive, carrying
from junheng.platform.upkeep.backup import Made, back_up, pending
from junheng.platform.upkeep.restore import Restored, leaves, restore
from tests.makers.rows import AT
from tests.postgres import a_database, a_server  # noqa: F401
from tests.small_house import built, copy_of, house, junheng, opened, own_house  # noqa: F401

MARK = "demonstration.json"


def backed_up(home: Path, file: Path) -> Made:
    return back_up(file, home=home, at=AT, beside=(MARK,))


def restored(home: Path, file: Path, *, replace: bool = False) -> Restored:
    return restore(file, home=home, replace=replace, beside=frozenset({MARK}))


def listing(folder: Path) -> dict[str, bytes]:
    """Every file with its bytes, but for the lock and the log of an open database, which come and go."""
    passing = ("building.lock", "house.lock", "junheng.sqlite3-wal", "junheng.sqlite3-shm")
    found = (path for path in folder.rglob("*") if path.is_file() and path.name not in passing)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def file(built: Path, tmp_path: Path, django_db_blocker: Any) -> Path:  # noqa: F811
    """A backup of the small city, whose database is closed again."""
    with django_db_blocker.unblock(), opened(built):
        backed_up(built, tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


def test_what_comes_back_is_what_went_in(house: Path, file: Path, tmp_path: Path) -> None:  # noqa: F811
    head, frozen, people = append.head(), current(), User.objects.count()
    assert frozen is not None
    place = tmp_path / "elsewhere"
    place.mkdir()
    with opened(place):
        with pytest.raises(Refusal, match="密钥文件中没有") as refused:
            restored(place, file)
        assert refused.value.code == "backup-needs-keys"
        assert not (place / "junheng.sqlite3").exists()
        shutil.copytree(house / "keys", place / "keys")
        done = restored(place, file)
        assert (done.audit_head, done.snapshots) == (head, 2)
        assert history.verify() is None
        assert missing_triggers() == []
        assert User.objects.count() == people
        again = freeze(by="shenji", at=AT, home=place)
        kept, now = (manifest_of(one, home=place).digests for one in (frozen, again))
        assert now == kept, "no row changed; what was entered in the audit since may be about other things"
    assert (place / MARK).read_bytes() == (house / MARK).read_bytes()


def test_records_are_replaced_only_when_that_was_said(own_house: Path, file: Path) -> None:  # noqa: F811
    User.objects.filter(username="juzhang").update(display_name="改过的名字")
    before = listing(own_house)
    with pytest.raises(Refusal, match="--replace") as refused:
        restored(own_house, file)
    assert refused.value.code == "not-empty"
    assert User.objects.filter(display_name="改过的名字").exists()
    restored(own_house, file, replace=True)
    assert not User.objects.filter(display_name="改过的名字").exists()
    assert {name for name in listing(own_house) if "building-" in name or "restoring" in name} == set()
    assert set(listing(own_house)) <= set(before) | {MARK}


def flipped(file: Path, at: int) -> None:
    data = bytearray(file.read_bytes())
    data[at] ^= 0xFF
    file.write_bytes(bytes(data))


DAMAGES: dict[str, Callable[[Path], Any]] = {
    "a byte of a table": lambda file: flipped(file, file.stat().st_size // 3),
    "a byte of the first member": lambda file: flipped(file, 200),
    "cut short": lambda file: file.write_bytes(file.read_bytes()[:-1000]),
    "empty": lambda file: file.write_bytes(b""),
    "a letter": lambda file: file.write_text("这是一封信。" * 100),
    "a member too few": lambda file: rewritten(file, lambda name: name != "tables/schools_school.parquet"),
    "no seal": lambda file: rewritten(file, lambda name: name != archive.SEAL),
}


def rewritten(file: Path, keep: Callable[[str], bool]) -> None:
    with zipfile.ZipFile(file) as old:
        members = {name: old.read(name) for name in old.namelist() if keep(name)}
    with zipfile.ZipFile(file, "w") as new:
        for name, data in members.items():
            new.writestr(name, data)


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_backup_is_refused_with_nothing_written(
    own_house: Path, file: Path, damage: Callable[[Path], Any]  # noqa: F811
) -> None:  # fmt: skip
    damage(file)
    connection.close()
    before = listing(own_house)
    with pytest.raises(Refusal) as refused:
        restored(own_house, file, replace=True)
    assert refused.value.code == "backup-damaged"
    connection.close()
    assert listing(own_house) == before


def full(*_arguments: Any, **_more: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_leaves_no_half_a_backup(
    house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:  # fmt: skip
    folder = tmp_path / "backups"
    folder.mkdir()
    for place, deed in ((zipfile.ZipFile, "writestr"), (os, "fsync")):
        with monkeypatch.context() as broken:
            broken.setattr(place, deed, full)
            with pytest.raises(OSError, match="No space"):
                backed_up(house, folder / "backup.zip")
        assert list(folder.iterdir()) == []


def test_a_full_disk_leaves_the_old_house(
    own_house: Path, file: Path, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:  # fmt: skip
    connection.close()
    before = listing(own_house)
    with monkeypatch.context() as broken:
        broken.setattr(carrying, "write_rows", full)
        with pytest.raises(OSError, match="No space"):
            restored(own_house, file, replace=True)
    connection.close()
    assert listing(own_house) == before
    assert history.verify() is None
    assert User.objects.exists()


def test_a_backup_of_a_broken_chain_is_not_restored(own_house: Path, tmp_path: Path) -> None:  # noqa: F811
    with connection.cursor() as cursor:
        for drop in drops(vendor=connection.vendor):
            cursor.execute(drop)
        cursor.execute("UPDATE audit_entry SET why = '不是这样' WHERE id = 100")
    backed_up(own_house, tmp_path / "backup.zip")
    with pytest.raises(Refusal, match="第 100 条") as refused:
        restored(own_house, tmp_path / "backup.zip", replace=True)
    assert refused.value.code == "backup-chain-broken"


def test_what_cannot_be_backed_up_is_said(own_house: Path, file: Path) -> None:  # noqa: F811
    with pytest.raises(Refusal, match="已存在"):
        backed_up(own_house, file)
    gone = next(own_house.glob("snapshots/pupils-*"))
    gone.unlink()
    with pytest.raises(Refusal, match=gone.name):
        backed_up(own_house, file.with_name("other.zip"))
    assert not file.with_name("other.zip").exists()


def test_a_backup_is_its_owners_and_holds_no_secret(built: Path, file: Path) -> None:  # noqa: F811
    assert file.stat().st_mode & 0o777 == 0o600
    secret = (built / "secret").read_bytes().strip()
    with zipfile.ZipFile(file) as zip_:
        assert [name for name in zip_.namelist() if secret in zip_.read(name)] == []
        assert "tables/django_session.parquet" not in zip_.namelist()
        said = json.loads(zip_.read(archive.MANIFEST))
    assert said["tables"]["schools_school"]["rows"] > 0
    assert said["settings"]["JUNHENG_CITY"] == "4108"


def test_a_backup_of_a_newer_house_is_refused(file: Path) -> None:
    with archive.unpacked(file) as backup:
        known = leaves(backup)
        assert ("audit", "0001_initial") in known
        backup.said["migrations"].append(["audit", "9999_of_tomorrow"])
        with pytest.raises(Refusal) as refused:
            leaves(backup)
    assert refused.value.code == "backup-newer"


def older(file: Path) -> None:
    """The backup as a house would have made it that did not know the index of the search box yet."""
    with zipfile.ZipFile(file) as old:
        members = {name: old.read(name) for name in old.namelist() if "searching_" not in name}
    said = json.loads(members[archive.MANIFEST])
    said["migrations"] = [one for one in said["migrations"] if one[0] != "searching"]
    for part in ("tables", "members"):
        said[part] = {name: value for name, value in said[part].items() if "searching_" not in name}
    words = json.dumps(said).encode()
    members |= {archive.MANIFEST: words, archive.SEAL: hashlib.sha256(words).hexdigest().encode()}
    with zipfile.ZipFile(file, "w") as new:
        for name, data in members.items():
            new.writestr(name, data)


def test_a_backup_of_an_older_house_is_brought_to_the_present(
    built: Path,  # noqa: F811
    file: Path,
    tmp_path: Path,
    django_db_blocker: Any,
) -> None:
    older(file)
    shutil.copytree(built / "keys", tmp_path / "place" / "keys")
    with django_db_blocker.unblock(), opened(tmp_path / "place"):
        restored(tmp_path / "place", file)
        assert "searching_searchname" in connection.introspection.table_names()
        assert pending() == []


@pytest.mark.slow
def test_a_backup_moves_between_the_databases(built: Path, tmp_path: Path, a_database: str) -> None:  # noqa: F811
    """From SQLite to PostgreSQL and back: the rows of the last copy are those of the first."""
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    server, file = tmp_path / "server", tmp_path / "file"
    there = {"DATABASE_URL": a_database}

    def done(home: Path, *arguments: str, env: dict[str, str] | None = None) -> str:
        said = junheng(home, *arguments, env=env or {})
        assert said.returncode == 0, said.stderr
        return said.stdout

    home = copy_of(built, tmp_path / "home")
    frozen = frozen_in(home, done(home, "snapshot", "freeze"))
    done(home, "backup", "--with-keys", str(first))
    older(first)
    done(server, "restore", str(first), env=there)
    refused = junheng(server, "restore", str(first), env=there)
    assert refused.stderr.endswith("[not-empty]\n")
    assert "留痕链完整" in done(server, "audit", "verify", env=there)
    done(server, "backup", str(second), "--with-keys", env=there)
    done(file, "restore", str(second))
    assert frozen_in(server, done(server, "snapshot", "freeze", env=there)) == frozen
    assert frozen_in(file, done(file, "snapshot", "freeze")) == frozen


def frozen_in(home: Path, said: str) -> dict[str, str]:
    """The digest of every table in the snapshot that a command has told of."""
    manifest = json.loads((home / "snapshots" / f"manifest-{said.split()[-1][:16]}.json").read_text("utf-8"))
    return {name: facts["digest"] for name, facts in manifest["tables"].items()}


def test_a_backup_opens_nothing_by_itself(built: Path, file: Path, tmp_path: Path) -> None:  # noqa: F811
    """No word that is sealed is in it, nor the ring; with --with-keys the ring is."""
    ring = json.loads((built / "keys" / "ring.json").read_text())
    with zipfile.ZipFile(file) as packed:
        whole = b"".join(packed.read(name) for name in packed.namelist())
        households = pl.read_parquet(packed.read("tables/pupils_household.parquet"))
        assert "keys/ring.json" not in packed.namelist()
    assert ring["keys"][0]["key"].encode() not in whole
    assert households["phone"].str.starts_with("~1").all()
    said = junheng(built, "backup", "--with-keys", str(tmp_path / "whole.zip"))
    assert said.returncode == 0, said.stderr
    with zipfile.ZipFile(tmp_path / "whole.zip") as packed:
        assert json.loads(packed.read("keys/ring.json")) == ring


def test_an_old_backup_does_not_bring_erased_words_back(own_house: Path, tmp_path: Path) -> None:  # noqa: F811
    """The list of destroyed keys lies outside the database: a restore applies it."""
    one = Household.objects.order_by("pk").exclude(phone="")[0]
    words = one.phone
    backed_up(own_house, tmp_path / "before.zip")
    gone = keys_of(Household, [one.pk])
    with written_down(gone, because="test"), transaction.atomic():
        destroy(Household, gone)
    assert Household.objects.get(pk=one.pk).phone == "已销毁" != words
    done = restored(own_house, tmp_path / "before.zip", replace=True)
    assert done.erased_again == 1
    assert Household.objects.get(pk=one.pk).phone == "已销毁"
    assert Household.objects.order_by("pk").exclude(pk=one.pk).exclude(phone="")[0].phone.startswith("1")
