"""A restore that was broken off between its last steps: a note says what was to be moved, and whoever comes next ends it.

A restore moves many things to their places: sealed files, the database, small files of the home folder. No kill of the
process may leave the files of one house beside the database of another. Everything is laid out and proved first; then the
note is written; the moment at which the database changes places decides. Before it all is taken back, after it the rest
is put in place. Both can be begun again as often as they are broken off.
"""

import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import DatabaseError, connection

from junheng.kernel.errors import Conflict

FILE = "restoring.json"
BUILDING = "building-*.sqlite3*"
"""The file of a database while it is built."""
BEFORE, BESIDE = "before", "beside"
"""Below the folders of what is on its way: the files that lay in its places, and the small files."""
Moves = Sequence[tuple[str, bool]]
"""Names below the home folder; with files on their way whether one is there already, with small files whether one is given."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a restore is about to move: ``database`` is by what the new one is known, the rest are names below the home folder."""

    database: str
    files_from: str
    files: Moves
    beside_from: str
    beside: Moves


def write_note(home: Path, note: Note) -> None:
    """Put the note down, whole and durably, before anything is moved."""
    aside = home / f"{FILE}.new"
    with aside.open("w", encoding="utf-8") as out:
        json.dump(asdict(note), out, ensure_ascii=False)
        out.flush()
        os.fsync(out.fileno())
    aside.replace(home / FILE)
    flush_names(home)


def read_note(home: Path) -> Note | None:
    """The note of a restore that is not at its end; none where there is none."""
    try:
        said = json.loads((home / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    for name in ("files", "beside"):
        said[name] = [(place, there) for place, there in said[name]]
    return Note(**said)


def finish(home: Path) -> None:
    """End what was broken off: take the files back where the old database is in its place, else go on."""
    note = read_note(home)
    if note is None:
        return
    try:
        changed = is_in_place(note.database)
    except DatabaseError:
        raise Conflict(
            "restore-unfinished",
            "上次恢复备份中途被打断，要先连上数据库才能收尾，没有做任何改动。请检查 DATABASE_URL 和数据库服务，再启动一次。",
        ) from None
    if changed:
        put_beside(home, home / note.beside_from / BESIDE, note.beside)
    else:
        take_back(home, home / note.files_from, note.files)
        remove_built(note.database)
    clear(home, note)


def clear(home: Path, note: Note) -> None:
    """Nothing is left to be done: remove what was laid out, and the note last."""
    shutil.rmtree(home / note.files_from, ignore_errors=True)
    shutil.rmtree(home / note.beside_from, ignore_errors=True)
    (home / FILE).unlink(missing_ok=True)
    flush_names(home)


def take_back(home: Path, staging: Path, files: Moves) -> None:
    """Every file as it was, whether it was moved already, half moved or not yet."""
    for name, there in reversed(files):
        if there:
            if (before := staging / BEFORE / name).exists():
                before.replace(home / name)
        elif not (staging / name).exists():
            (home / name).unlink(missing_ok=True)


def remove_built(database: str) -> None:
    """The file of a database that was built and did not change places is nobody's; of a schema the next build disposes."""
    if connection.vendor == "sqlite":
        for file in Path(connection.settings_dict["NAME"]).parent.glob(BUILDING):
            if number_of(file) == database:
                file.unlink()


def put_beside(home: Path, staging: Path, beside: Moves) -> None:
    """The small files of the backup in their places; those it does not hold are removed."""
    for name, given in beside:
        if not given:
            (home / name).unlink(missing_ok=True)
        elif (file := staging / name).exists():
            file.replace(home / name)


def known_by() -> str:
    """By what the database that is spoken of now is known wherever it is moved: the number of its file, or of a table."""
    if connection.vendor == "sqlite":
        return number_of(Path(connection.settings_dict["NAME"]))
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'audit_entry'::regclass::oid::text")
        return str(cursor.fetchone()[0])


def is_in_place(database: str) -> bool:
    """Whether a database that was built aside has taken the place of the old one."""
    if connection.vendor == "sqlite":
        return number_of(Path(connection.settings_dict["NAME"])) == database
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(quote_ident(current_schema()) || '.audit_entry')::oid::text")
        return bool(cursor.fetchone()[0] == database)


def number_of(file: Path) -> str:
    """The number by which the disk knows a file; none where it is not there."""
    try:
        known = file.stat()
    except FileNotFoundError:
        return ""
    return f"{known.st_dev}:{known.st_ino}"


def flush_names(folder: Path) -> None:
    """The names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
