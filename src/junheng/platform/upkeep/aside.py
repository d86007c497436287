"""Building a database aside: whoever is killed on the way leaves the old one as it was."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from django.db import connection

from junheng.kernel.errors import Conflict
from junheng.platform.upkeep.door import nobody_else
from junheng.platform.upkeep.unfinished import BUILDING


@contextmanager
def built_aside(home: Path) -> Iterator[None]:
    """Everything inside works on a new, empty database; on success it takes the place of the old one at once.

    Refuses if another build runs in the same folder, if anybody works in the house, or if the old database is in use.
    What an earlier build left behind is removed.
    """
    with _alone(home), nobody_else(home), _aside():
        yield


def refuse_in_use(home: Path) -> None:
    """Refuse at once, before hours of work, where the database is in use that shall be replaced."""
    with nobody_else(home):
        if connection.vendor == "postgresql":
            from junheng.platform.upkeep.schema import refuse_sessions  # noqa: PLC0415 — needs the driver of the server

            refuse_sessions()


def _aside() -> AbstractContextManager[None]:
    """A file of its own, or on a server a schema of its own."""
    if connection.vendor == "sqlite":
        return _built_in_file()
    from junheng.platform.upkeep.schema import built_in_schema  # noqa: PLC0415 — needs the driver of the server

    return built_in_schema()


@contextmanager
def _built_in_file() -> Iterator[None]:
    """A file of its own, renamed over the old one."""
    target = Path(connection.settings_dict["NAME"])
    beside = target.parent  # a file can only be renamed on the disk it lies on
    for file in beside.glob(BUILDING):
        file.unlink()
    aside = beside / f"building-{os.getpid()}.sqlite3"
    connection.close()
    connection.settings_dict["NAME"] = str(aside)
    try:
        with connection.cursor() as cursor:
            # nothing here needs to survive a crash: a file that is not finished is thrown away
            cursor.execute("PRAGMA journal_mode=OFF")
            cursor.execute("PRAGMA synchronous=OFF")
        yield
        connection.close()
        _flush(aside)
        _put_in_place(aside, target)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = target
        for file in beside.glob(f"{aside.name}*"):
            file.unlink()


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One build at a time in one folder; the lock goes away with its holder."""
    with (home / "building.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Conflict(
                "database-is-being-built",
                "另一个进程正在 {home} 中生成演示城市或恢复备份。请等它完成，或用 JUNHENG_HOME 指定另一个目录。",
                home=str(home),
            ) from None
        yield


def _flush(path: Path) -> None:
    """The file's bytes are on the disk before its name is."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _put_in_place(aside: Path, target: Path) -> None:
    """Rename over the old file, after its own log is folded in: a log left behind would be read as the new file's."""
    if target.exists():
        try:
            with closing(sqlite3.connect(target, timeout=2)) as old:
                old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                old.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError:
            raise Conflict(
                "database-in-use",
                "数据库 {file} 正在使用，不能替换。请先停止正在运行的网页服务，再试一次。",
                file=target.name,
            ) from None
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    aside.replace(target)
