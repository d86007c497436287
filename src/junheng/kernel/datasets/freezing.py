"""Freezing: one Parquet file a table, and one manifest that names them all.

A file is written beside its place, flushed to the disk and then renamed, and the manifest comes last: whoever is
killed on the way leaves files that nobody names, never a snapshot that is not whole.
"""

import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import polars as pl

from junheng.kernel.datasets.digest import digest_of, schema_of
from junheng.kernel.datasets.snapshot import SHORT, AuditHead, Manifest, TableEntry, digest_of_tables
from junheng.kernel.datasets.table import Table, every_table
from junheng.kernel.errors import Refusal


def write_table(table: type[Table], frame: pl.DataFrame, folder: Path) -> TableEntry:
    """Freeze rows as a Parquet file named by their digest; a file that is already there holds the same rows."""
    digest = digest_of(table, frame)
    file = f"{table.table}-{digest[:SHORT]}.parquet"
    if not (folder / file).exists():
        _put(folder / file, lambda path: frame.write_parquet(path, compression="zstd", compression_level=1))
    return TableEntry(table.table, digest, frame.height, file)


def write_manifest(
    tables: Mapping[str, TableEntry], *, taken_at: datetime, audit_head: AuditHead, folder: Path
) -> Manifest:
    """Name a set of frozen tables. The same tables under the same audit head are the same snapshot."""
    ordered = {name: tables[name] for name in sorted(tables)}
    manifest = Manifest(digest_of_tables(ordered, audit_head), taken_at, audit_head, ordered, folder)
    with suppress(Refusal):
        if (there := Manifest.load(manifest.path)).digest == manifest.digest:
            return there
    words = json.dumps(manifest.as_words(), ensure_ascii=False, indent=1) + "\n"
    _put(manifest.path, lambda path: path.write_text(words, "utf-8"))
    return manifest


def broken_tables(manifest: Manifest) -> tuple[str, ...]:
    """The tables whose file is gone or no longer holds the rows that the manifest names, in alphabetical order.

    The manifest's own digest is checked as well; where it is wrong, the name ``manifest`` stands first.
    """
    contracts = every_table()
    whole = digest_of_tables(manifest.tables, manifest.audit_head) == manifest.digest
    broken = [
        name for name, entry in manifest.tables.items() if not _holds(contracts.get(name), manifest, entry)
    ]
    return (*(() if whole else ("manifest",)), *sorted(broken))


def _holds(table: type[Table] | None, manifest: Manifest, entry: TableEntry) -> bool:
    """Whether the file of one table holds exactly the rows that the manifest names."""
    if table is None:
        return False
    try:
        frame = pl.read_parquet(manifest.folder / entry.file, memory_map=False)
    except (OSError, pl.exceptions.PolarsError):
        return False
    as_agreed = dict(frame.schema) == schema_of(table) and frame.height == entry.rows
    return as_agreed and digest_of(table, frame) == entry.digest


def _put(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file so that it is there whole or not at all, even if the power fails."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        write(beside)
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    """Make the rename itself last; where a folder cannot be opened as a file (Windows), the system sees to it."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
