"""Freezing the rows of the house: read in one state, checked, written, named, remembered."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from junheng.kernel.datasets.breaches import check_contract
from junheng.kernel.datasets.freezing import write_manifest, write_table
from junheng.kernel.datasets.snapshot import AuditHead, Manifest, TableEntry
from junheng.kernel.errors import Refusal
from junheng.platform.audit import append
from junheng.platform.registers import Register, every_register
from junheng.platform.snapshots.models import Snapshot
from junheng.platform.snapshots.queries import current, manifest_of
from junheng.platform.snapshots.reading import frame_of

FOLDER = "snapshots"
Progress = Callable[[str, int, int, int], None]
"""Told after each table: its name, its rows, how many tables are done, how many there are."""


def freeze(
    *,
    by: append.Actor | str,
    at: datetime,
    home: Path,
    registers: Iterable[Register[Any]] | None = None,
    keep: Manifest | None = None,
    progress: Progress | None = None,
) -> Snapshot:
    """Freeze all registers that fulfil a contract, or those given, into ``home/snapshots``.

    All tables are read from one state of the database, and writers need not wait meanwhile. Refuses rows that break
    their contract, with nothing remembered. Where nothing changed since the newest snapshot, that one is the answer.
    With ``keep``, an earlier snapshot, the tables of all other registers are taken over from it unread: for who
    knows that nothing else was written since.
    """
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    offered = every_register().values() if registers is None else registers
    wanted = [one for one in offered if one.fulfils is not None]
    entries: dict[str, TableEntry] = dict(keep.tables) if keep is not None else {}
    with one_state():
        head = append.head()
        for done, register in enumerate(wanted, start=1):
            entry = freeze_table(register, folder)
            entries[entry.name] = entry
            if progress is not None:
                progress(entry.name, entry.rows, done, len(wanted))
    # readings, exports and kept figures go on in the chain without a row being another: the frozen rows are the same
    newest = current()
    if newest is not None and holds(newest, entries, home=home):
        return newest
    manifest = write_manifest(entries, taken_at=at, audit_head=AuditHead(head.id, head.hash), folder=folder)
    if newest is not None and newest.digest == manifest.digest:
        return newest  # its manifest was gone or broken, and was made anew
    return Snapshot.objects.create(
        digest=manifest.digest,
        taken_at=at,
        audit_head_id=head.id,
        audit_head_hash=head.hash,
        rows=manifest.rows,
        manifest=f"{FOLDER}/{manifest.path.name}",
        by=append.name_of(by),
    )


def holds(newest: Snapshot, entries: dict[str, TableEntry], *, home: Path) -> bool:
    """Whether a snapshot is of these very tables, and its manifest still says so."""
    try:
        return manifest_of(newest, home=home).tables == entries
    except Refusal:
        return False


def freeze_table(register: Register[Any], folder: Path) -> TableEntry:
    """Read, check and write one table; afterwards its rows are out of memory again."""
    frame = frame_of(register)
    table = register.fulfils
    assert table is not None
    check_contract(table, frame)
    return write_table(table, frame, folder)


@contextmanager
def one_state() -> Iterator[None]:
    """Read everything as it stood at one moment.

    A plain transaction on SQLite begins by locking out writers; this one only reads, so it asks for no lock. Inside
    another transaction that one already holds the state still.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
