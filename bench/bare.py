"""The limit of a sending: a bare WSGI application that inserts the same rows by hand, one transaction a request.

It reads the form and believes every word of it: no pass, no rules, no sealing, no chain. The rows go into tables like
those of the house (same columns and indexes, same durability), which are taken away afterwards.
"""

import os
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

DATABASE = os.environ.get("BARE_DATABASE", "")
ON_A_SERVER = DATABASE.startswith("postgres")
MARK = "%s" if ON_A_SERVER else "?"
PRAGMAS = "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA busy_timeout=20000;PRAGMA cache_size=-65536;PRAGMA mmap_size=268435456"
SERIAL = "bigserial" if ON_A_SERVER else "integer"
TABLES = (
    f"CREATE TABLE IF NOT EXISTS bare_application (id {SERIAL} PRIMARY KEY, code varchar(16) UNIQUE, intake_id bigint,"
    " area_id varchar(9), season varchar(16), pid varchar(32), details text, seal varchar(120), home_area_id varchar(9),"
    " catchment_school_id bigint, address_blind varchar(64), migrant bool, bound_to varchar(32), channel varchar(6),"
    " entered_by varchar(60), state varchar(10), sent_at varchar(40), salt varchar(32), receipt varchar(64),"
    " request_key varchar(40) UNIQUE, UNIQUE (season, pid))",
    "CREATE INDEX IF NOT EXISTS bare_a ON bare_application (intake_id)",
    "CREATE INDEX IF NOT EXISTS bare_b ON bare_application (area_id)",
    "CREATE INDEX IF NOT EXISTS bare_c ON bare_application (address_blind)",
    "CREATE INDEX IF NOT EXISTS bare_d ON bare_application (catchment_school_id)",
    f"CREATE TABLE IF NOT EXISTS bare_choice (id {SERIAL} PRIMARY KEY, application_id bigint, area_id varchar(9),"
    " rank smallint, school_id varchar(10), UNIQUE (application_id, rank), UNIQUE (application_id, school_id))",
    f"CREATE TABLE IF NOT EXISTS bare_stated (id {SERIAL} PRIMARY KEY, application_id bigint, area_id varchar(9),"
    " kind varchar(12), state varchar(8), UNIQUE (application_id, kind))",
    f"CREATE TABLE IF NOT EXISTS bare_entry (id {SERIAL} PRIMARY KEY, at varchar(40), who varchar(150), row_id bigint, after text)",
)
ADD = (
    "INSERT INTO bare_application (code, intake_id, area_id, season, pid, details, seal, home_area_id, address_blind,"
    " migrant, bound_to, channel, entered_by, state, sent_at, salt, receipt, request_key) VALUES ("
    + ", ".join([MARK] * 18)
    + ") RETURNING id"
)
_own = threading.local()


def connection() -> Any:
    """The connection of this thread."""
    if not hasattr(_own, "connection"):
        if ON_A_SERVER:
            import psycopg  # noqa: PLC0415 — only where there is a server

            _own.connection = psycopg.connect(DATABASE, autocommit=True)
        else:
            _own.connection = sqlite3.connect(DATABASE, isolation_level=None)
            _own.connection.executescript(PRAGMAS)
    return _own.connection


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """One request: read, insert, commit."""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    form = dict(parse_qsl(body.decode()))
    words = form["pass"].split(";")
    code, area, now = words[2][:12], form["home_area"], datetime.now(UTC).isoformat()
    found = connection()
    if ON_A_SERVER:
        with found.transaction():
            insert(found, form, words, code, area, now, body.decode())
    else:
        found.execute("BEGIN IMMEDIATE")
        insert(found, form, words, code, area, now, body.decode())
        found.execute("COMMIT")
    start(
        "303 See Other",
        [("Location", "/registrations/receipt/"), ("X-Receipt", code), ("Content-Length", "0")],
    )
    return [b""]


def insert(
    found: Any, form: dict[str, str], words: list[str], code: str, area: str, now: str, body: str
) -> None:
    """The rows of one application."""
    (number,) = found.execute(
        ADD,
        (
            code, int(words[0]), area, "2024", form["id_number"], body, words[2] * 2, area, form["phone"] * 4, False, "",
            "phone", "", "sent", now, words[2], words[2] * 2, words[2],
        ),
    ).fetchone()  # fmt: skip
    for rank in (1, 2, 3):
        found.execute(
            f"INSERT INTO bare_choice (application_id, area_id, rank, school_id) VALUES ({MARK}, {MARK}, {MARK}, {MARK})",
            (number, area, rank, form[f"choice{rank}"]),
        )
    for kind in form["has"].split(","):
        found.execute(
            f"INSERT INTO bare_stated (application_id, area_id, kind, state) VALUES ({MARK}, {MARK}, {MARK}, 'claimed')",
            (number, area, kind),
        )
    found.execute(
        f"INSERT INTO bare_entry (at, who, row_id, after) VALUES ({MARK}, 'bare', {MARK}, {MARK})",
        (now, number, body),
    )


def tables(*, there: bool) -> None:
    """Make the tables, or take them away."""
    found = connection()
    if there:
        for one in TABLES:
            found.execute(one)
    else:
        for name in ("application", "choice", "stated", "entry"):
            found.execute(f"DROP TABLE IF EXISTS bare_{name}")


if __name__ == "__main__":
    tables(there=sys.argv[1] == "make")
