"""The database's own refusal: even a program that goes around the models cannot change or remove an entry."""

from typing import Any

from django.db import connections

REFUSALS = {
    "audit_entry_no_update": "CREATE TRIGGER IF NOT EXISTS audit_entry_no_update BEFORE UPDATE ON audit_entry "
    "BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END",
    "audit_entry_no_delete": "CREATE TRIGGER IF NOT EXISTS audit_entry_no_delete BEFORE DELETE ON audit_entry "
    "BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END",
}


def install_triggers(*, using: str = "default", **_signal: Any) -> None:
    """Install what is missing. Called after every migration, because SQLite remakes a table it alters."""
    with connections[using].cursor() as cursor:
        for statement in REFUSALS.values():
            cursor.execute(statement)


def missing_triggers(*, using: str = "default") -> list[str]:
    """The names of the triggers that are not there."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        there = {name for (name,) in cursor.fetchall()}
    return [name for name in REFUSALS if name not in there]
