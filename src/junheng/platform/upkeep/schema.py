"""Building on a server: in a schema of its own, whose tables change places with the old ones in one transaction."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.db import connection
from django.db.utils import OperationalError
from psycopg.errors import DeadlockDetected, LockNotAvailable
from psycopg.sql import SQL, Identifier

from junheng.kernel.errors import Conflict

LOCK = 0x4A48_4255494C
"""Number of the lock that keeps two builds in one database apart; it goes away with its holder."""
LEFT_OVER = "building_%"
WAIT = "15s"
LEAVING = 3.0
"""Seconds that a session which was left may take to end."""
SESSIONS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s"
    " AND pid NOT IN (pg_backend_pid(), %s)"
)


@contextmanager
def built_in_schema() -> Iterator[None]:
    """Let Django speak of a new, empty schema; on success its tables take the place of those of the same name.

    Until then readers see the old tables; a kill leaves them, and a schema that the next build removes.
    """
    keeper = connection.copy()
    before = connection.settings_dict["OPTIONS"]
    schema = f"building_{os.getpid()}"
    try:
        with keeper.cursor() as cursor:
            _alone(cursor)
            _refuse_sessions(cursor)
            _clear(cursor)
            cursor.execute("SELECT current_schema()")
            (target,) = cursor.fetchone()
            cursor.execute(SQL("CREATE SCHEMA {}").format(Identifier(schema)))
        connection.close()
        # nothing aside needs to survive a crash, so nobody waits for the disk
        here = f"-c search_path={schema} -c synchronous_commit=off"
        connection.settings_dict["OPTIONS"] = before | {"options": here}
        yield
        connection.close()
        _put_in_place(keeper, schema, target)
    finally:
        connection.close()
        connection.settings_dict["OPTIONS"] = before
        with (
            suppress(Exception),
            keeper.cursor() as cursor,
        ):  # the server may be gone: the next build clears up
            _clear(cursor)
        keeper.close()


def _alone(cursor: Any) -> None:
    cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
    if not cursor.fetchone()[0]:
        raise Conflict(
            "database-is-being-built",
            "另一个进程正在数据库 {name} 中生成演示城市或恢复备份。"
            "请等它完成，或用 DATABASE_URL 指定另一个数据库。",
            name=str(connection.settings_dict["NAME"]),
        )


def refuse_sessions() -> None:
    """Refuse where other processes of the house are connected, on this machine or another."""
    with connection.cursor() as cursor:
        _refuse_sessions(cursor)


def _refuse_sessions(cursor: Any) -> None:
    """The same; a session that was left a moment ago is waited for."""
    raw = connection.connection
    ours = raw.info.backend_pid if raw is not None else 0
    name = connection.settings_dict["OPTIONS"]["application_name"]
    until = time.monotonic() + LEAVING
    while True:
        cursor.execute(SESSIONS, [name, ours])
        (others,) = cursor.fetchone()
        if not others:
            return
        if time.monotonic() > until:
            raise _in_use()
        time.sleep(0.1)


def _in_use() -> Conflict:
    """The refusal to replace a database that somebody works with."""
    return Conflict(
        "database-in-use",
        "数据库 {file} 正在使用，不能替换。请先停止正在运行的网页服务，再试一次。",
        file=str(connection.settings_dict["NAME"]),
    )


def _clear(cursor: Any) -> None:
    """Remove what builds that were killed left behind; only the holder of the lock may."""
    cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE %s ORDER BY nspname", [LEFT_OVER])
    for (name,) in cursor.fetchall():
        cursor.execute(SQL("DROP SCHEMA {} CASCADE").format(Identifier(name)))


def _put_in_place(keeper: Any, schema: str, target: str) -> None:
    """Remove the old tables and move the new ones to their place: all of it or nothing."""
    with keeper.cursor() as cursor:
        _refuse_sessions(
            cursor
        )  # before the transaction: inside one the list of sessions stays as it was first read
    keeper.set_autocommit(False)
    try:
        with keeper.cursor() as cursor:
            # readers keep the old tables as long as they read; nobody waits for them forever
            cursor.execute(f"SET LOCAL lock_timeout = '{WAIT}'")
            new, old = _tables(cursor, schema), _tables(cursor, target)
            replaced = sorted(new & old)
            if replaced and "audit_entry" not in old:
                raise Conflict(
                    "not-our-tables",
                    "数据库 {name} 中已有别的系统的表（{table} 等），没有做任何改动。请为本系统建一个空的数据库。",
                    name=str(connection.settings_dict["NAME"]),
                    table=replaced[0],
                )
            if replaced:
                gone = sorted({*replaced, *_of_the_house(cursor, target, old)})
                names = SQL(", ").join(Identifier(target, name) for name in gone)
                cursor.execute(SQL("DROP TABLE {}").format(names))
            refuse = SQL("{}.audit_entry_refuse()")
            cursor.execute(SQL("DROP FUNCTION IF EXISTS ") + refuse.format(Identifier(target)))
            for name in sorted(new):
                cursor.execute(
                    SQL("ALTER TABLE {} SET SCHEMA {}").format(Identifier(schema, name), Identifier(target))
                )
            cursor.execute(
                SQL("ALTER FUNCTION {} SET SCHEMA {}").format(
                    refuse.format(Identifier(schema)), Identifier(target)
                )
            )
        keeper.commit()
    except OperationalError as problem:
        keeper.rollback()
        if not isinstance(problem.__cause__, LockNotAvailable | DeadlockDetected):
            raise
        raise _in_use() from None
    except BaseException:
        keeper.rollback()
        raise
    finally:
        keeper.set_autocommit(True)


def _of_the_house(cursor: Any, schema: str, tables: set[str]) -> set[str]:
    """The tables that some version of the house has made, a newer one as well: each bears the name of its application.

    Whoever goes back to an older version would else leave tables behind that the next upgrade wants to make.
    """
    cursor.execute(SQL("SELECT DISTINCT app FROM {}").format(Identifier(schema, "django_migrations")))
    owners = tuple(f"{app}_" for (app,) in cursor.fetchall())
    return {name for name in tables if name.startswith(owners)}


def _tables(cursor: Any, schema: str) -> set[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema])
    return {name for (name,) in cursor.fetchall()}
