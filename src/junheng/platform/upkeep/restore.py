"""Restoring a backup: built aside, proved, and only then put in the place of what there was."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import polars as pl
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.access.models import User
from junheng.platform.audit import append, history
from junheng.platform.audit.models import Entry
from junheng.platform.sealing.erased import destroy_again
from junheng.platform.sealing.ring import read_ring, ring_path
from junheng.platform.sealing.rotating import look
from junheng.platform.snapshots import queries
from junheng.platform.snapshots.models import Snapshot
from junheng.platform.upkeep.archive import Packed, unpacked
from junheng.platform.upkeep.aside import built_aside, refuse_in_use
from junheng.platform.upkeep.carrying import load_table
from junheng.platform.upkeep.door import nobody_else
from junheng.platform.upkeep.groundwork import lay_groundwork
from junheng.platform.upkeep.lying import STAGING, BroughtBack, brought_back
from junheng.platform.upkeep.rows import count_on, without_indexes
from junheng.platform.upkeep.unfinished import (
    BESIDE,
    Note,
    clear,
    known_by,
    put_beside,
    read_note,
    write_note,
)

KEYS_ASKED = 200
"""Rows of each table whose keys are looked at before a restore goes on."""
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and the end of its audit chain."""

    digest: str
    rows: int
    snapshots: int
    files: int
    """Photos and exhibits that lie beside the database again."""
    audit_head: append.Head
    erased_again: int = 0
    """Keys that the backup still held and that had been destroyed since: destroyed again."""


def restore(
    path: Path,
    *,
    home: Path,
    replace: bool = False,
    beside: frozenset[str] = frozenset(),
    without_keys: bool = False,
    progress: Progress = lambda done, total, what: None,
) -> Restored:
    """Put a backup in the place of the database of this installation, whichever of the two it is.

    Refuses a backup that is damaged or newer than the code, and, without ``replace``, a place that holds records. The
    rows, their relations, the audit chain, every snapshot and every sealed file are checked before anything takes the
    old one's place; a kill or a full disk leaves the old one, or, once the database has changed places, a note by which
    whoever comes next brings the rest (``unfinished``). ``beside`` are the small files of the home folder that a backup decides
    about: those it does not hold are removed.
    """
    refuse_in_use(home)
    with unpacked(path) as backup:
        backup.check()
        targets = leaves(backup)
        if not replace and holds_records():
            raise Conflict(
                "not-empty",
                "这里已有数据，没有做任何改动。如确要用备份替换，请加 --replace；替换前建议先备份一次。",
            )
        staging = home / f"{STAGING}{os.getpid()}"
        with nobody_else(home):
            clear_left(home)
            with staged(backup, home, staging), brought_back(backup, home) as files, built_aside(home):
                files.lay_out()
                rows = _fill(backup, targets, progress)
                head = _prove(backup, staging)
                erased_again = _settle_keys(backup, staging, without_keys=without_keys)
                count = Snapshot.objects.count()
                _settle_snapshots(staging, home)
                note = noted(home, files, staging, beside)
                files.settle()
            # the database has changed places: from here on a restore is only ever ended, never taken back
            put_beside(home, staging / BESIDE, note.beside)
            clear(home, note)
    return Restored(backup.digest, rows, count, len(backup.files), head, erased_again)


def holds_records() -> bool:
    """Whether the database has anything that a restore would replace: an entry of the audit, or somebody's account."""
    there = set(connection.introspection.table_names()) if _is_there() else set()
    return any(model._meta.db_table in there and model._default_manager.exists() for model in (Entry, User))


def _is_there() -> bool:
    """Whether there is a database; asking one that is not there would make an empty file."""
    return connection.vendor != "sqlite" or Path(connection.settings_dict["NAME"]).exists()


def leaves(backup: Packed) -> list[tuple[str, str]]:
    """The last migration of each application that the backup's tables have been through; refuses unknown ones."""
    wanted = {(app, name) for app, name in backup.said["migrations"]}
    graph = MigrationExecutor(None).loader.graph
    unknown = sorted(wanted - set(graph.nodes))
    if unknown:
        raise Refusal(
            "backup-newer",
            "备份 {file} 是由更新版本的系统生成的，本版本读不懂，没有做任何改动。请先升级系统，再恢复。",
            file=backup.name,
        )
    followed = {
        parent.key for key in wanted for parent in graph.node_map[key].parents if parent.key[0] == key[0]
    }
    return sorted(wanted - followed)


def clear_left(home: Path) -> None:
    """Remove what a restore laid out that was killed before it moved anything."""
    for left in home.glob(f"{STAGING}*"):
        shutil.rmtree(left)


@contextmanager
def staged(backup: Packed, home: Path, staging: Path) -> Iterator[None]:
    """Lay the small files out beside their place; where it fails, nothing of them is left, unless a note needs them."""
    try:
        for member in backup.said["members"]:
            if member.startswith(("snapshots/", f"{BESIDE}/", "keys/")):
                file = staging / Path(member).parent.name / Path(member).name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(backup.read(member))
        yield
    except BaseException:
        if read_note(home) is None:
            shutil.rmtree(staging, ignore_errors=True)
        raise


def noted(home: Path, files: BroughtBack, staging: Path, beside: frozenset[str]) -> Note:
    """Write down what is about to be moved."""
    note = Note(
        database=known_by(),
        files_from=files.staging.relative_to(home).as_posix(),
        files=files.plan(),
        beside_from=staging.relative_to(home).as_posix(),
        beside=[(name, (staging / BESIDE / name).is_file()) for name in sorted(beside)],
    )
    write_note(home, note)
    return note


def _fill(backup: Packed, targets: list[tuple[str, str]], progress: Progress) -> int:
    """Make the tables as they were, fill them, and bring them to the present."""
    lay_groundwork(targets)
    tables = backup.said["tables"]
    rows = 0
    with without_indexes(), transaction.atomic():
        for done, (table, facts) in enumerate(tables.items(), start=1):
            frame = pl.read_parquet(BytesIO(backup.read(f"tables/{table}.parquet")))
            load_table(table, frame)
            if frame.height != facts["rows"]:
                raise AssertionError(f"{table}: {frame.height} rows, but the manifest says {facts['rows']}")
            rows += frame.height
            progress(done, len(tables), "恢复数据")
    connection.check_constraints()
    call_command("migrate", verbosity=0)
    count_on()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return rows


def _prove(backup: Packed, staging: Path) -> append.Head:
    """Refuse unless the chain holds, ends where it ended, and every snapshot is what it was."""
    head = append.head()
    known = {one.audit_head_id: one.audit_head_hash for one in Snapshot.objects.all() if one.audit_head_id}
    broken = history.verify(known=known)
    told = backup.said["audit"]
    if broken is not None or (head.id, head.hash) != (told["id"], told["hash"]):
        raise Refusal(
            "backup-chain-broken",
            "备份 {file} 中的留痕链不完整（{reason}），没有做任何改动。请改用另一份备份，并查明原因。",
            file=backup.name,
            reason=broken.reason if broken else f"{head.id} ≠ {told['id']}",
        )
    for snapshot in Snapshot.objects.order_by("id"):
        if wrong := queries.verify(snapshot, home=staging):
            raise Refusal(
                "backup-snapshot-broken",
                "备份 {file} 中的快照 {digest} 与冻结时不一致（{tables}），没有做任何改动。请改用另一份备份。",
                file=backup.name,
                digest=snapshot.digest[:12],
                tables="、".join(wrong),
            )
    return head


def _settle_keys(backup: Packed, staging: Path, *, without_keys: bool) -> int:
    """See that what the backup holds sealed can be opened here, and destroy again what was destroyed since.

    A ring that travels in the backup is put in place only where there is none. Without the keys the restore is
    refused, unless somebody says that it shall be done without.
    """
    given = staging / "keys" / "ring.json"
    if given.is_file() and read_ring() is None:
        ring_path().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        given.chmod(0o600)
        shutil.copy2(given, ring_path())
    known = set(found.masters) if (found := read_ring()) else set()
    missing = sorted(set(look(sample=KEYS_ASKED).under) - known - {""})
    if missing and not without_keys:
        raise Refusal(
            "backup-needs-keys",
            "备份 {file} 中的敏感信息是用密钥 {keys} 加密的，本机的密钥文件中没有，没有做任何改动。"
            "请先把原来的密钥文件放到 {place}；如密钥确已丢失，可加 --without-keys 恢复其余数据。",
            file=backup.name,
            keys="、".join(missing),
            place=str(ring_path()),
        )
    with transaction.atomic():
        return destroy_again()


def _settle_snapshots(staging: Path, home: Path) -> None:
    """Move the snapshots to their place. Their files are named by their digests: nobody misses the old ones."""
    if (frozen := staging / "snapshots").is_dir():
        (home / "snapshots").mkdir(exist_ok=True)
        for file in sorted(frozen.iterdir()):
            file.replace(home / "snapshots" / file.name)
