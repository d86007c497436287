"""The limit of a sync: a bare WSGI application that inserts the same rows by hand, one transaction a request.

It believes every word: no session, no charge, no question, no digest, no chain. The tables have the columns and indexes
of the house's and the same durability, and are taken away afterwards.
"""

import json
import os
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from bench.bare import MARK, ON_A_SERVER, SERIAL, connection

TABLES = {
    "check": "water_id bigint, person_id bigint, area_id varchar(9), level varchar(8), checked_at varchar(40), hazard varchar(200)",
    "record": "uuid varchar(36) UNIQUE, person_id bigint, area_id varchar(9), water_id bigint, check_id bigint UNIQUE,"
    " checked_at varchar(40), version smallint, state varchar(4), device varchar(60), received_at varchar(40)",
    "version": "record_id bigint, number smallint, digest varchar(64), water_id bigint, told_at varchar(40), checked_at varchar(40),"
    " longitude integer, latitude integer, accuracy integer, signs text, hazard varchar(200), severity varchar(8),"
    " received_at varchar(40), UNIQUE (record_id, number)",
    "entry": "at varchar(40), who varchar(150), row_id bigint, after text",
}
INDEXES = {
    "check": ("water_id", "person_id", "area_id"),
    "record": ("person_id, checked_at", "checked_at", "area_id", "water_id"),
}


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """One request: read, insert, commit."""
    told = json.loads(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
    found, now = connection(), datetime.now(UTC).isoformat()
    if ON_A_SERVER:
        with found.transaction():
            receipts = [insert(found, one, now) for one in told["records"]]
    else:
        found.execute("BEGIN IMMEDIATE")
        receipts = [insert(found, one, now) for one in told["records"]]
        found.execute("COMMIT")
    body = json.dumps({"receipts": receipts}).encode()
    start("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


def insert(found: Any, one: dict[str, Any], now: str) -> dict[str, Any]:
    """The rows of one record."""
    (check,) = add(
        found, "check", (one["water"], 1, "410802001", "township", one["checked_at"], one["hazard"])
    )
    (record,) = add(
        found,
        "record",
        (one["id"], 1, "410802001", one["water"], check, one["checked_at"], 1, "kept", "bare", now),
    )
    place = one["place"]
    add(
        found, "version",
        (
            record, 1, "0" * 64, one["water"], one["checked_at"], one["checked_at"], place["lon"], place["lat"],
            place["accuracy"], json.dumps(one["signs"]), one["hazard"], one["severity"], now,
        ),
    )  # fmt: skip
    for _ in range(3):
        add(found, "entry", (now, "bare", record, json.dumps(one)))
    return {"id": one["id"], "state": "kept"}


def add(found: Any, table: str, values: tuple[Any, ...]) -> Any:
    """One row."""
    names = ", ".join(one.split()[0] for one in columns_of(table))
    marks = ", ".join([MARK] * len(values))
    return found.execute(
        f"INSERT INTO bare_{table} ({names}) VALUES ({marks}) RETURNING id", values
    ).fetchone()


def columns_of(table: str) -> list[str]:
    """The declarations of columns, without the constraints of the table."""
    return [
        one.strip()
        for one in TABLES[table].split(", ")
        if not one.strip().startswith(("UNIQUE (", "number)"))
    ]


def tables(*, there: bool) -> None:
    """Make the tables, or take them away."""
    found = connection()
    for name, columns in TABLES.items():
        if not there:
            found.execute(f"DROP TABLE IF EXISTS bare_{name}")
            continue
        found.execute(f"CREATE TABLE IF NOT EXISTS bare_{name} (id {SERIAL} PRIMARY KEY, {columns})")
        for place, over in enumerate(INDEXES.get(name, ())):
            found.execute(f"CREATE INDEX IF NOT EXISTS bare_{name}_{place} ON bare_{name} ({over})")


if __name__ == "__main__":
    assert os.environ["BARE_DATABASE"]
    tables(there=sys.argv[1] == "make")
