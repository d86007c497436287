"""The database's own refusal: even a program that goes around the models cannot change or remove an entry."""

from typing import Any

from django.db import connections

SAID = "audit entries are append-only"
REFUSALS: dict[str, dict[str, str]] = {
    "sqlite": {
        "audit_entry_no_update": "CREATE TRIGGER IF NOT EXISTS audit_entry_no_update BEFORE UPDATE ON audit_entry "
        f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END",
        "audit_entry_no_delete": "CREATE TRIGGER IF NOT EXISTS audit_entry_no_delete BEFORE DELETE ON audit_entry "
        f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END",
    },
    # statement triggers: a change that would touch no row is refused as well, and so is emptying the table
    "postgresql": {
        f"audit_entry_no_{verb.lower()}": f"CREATE OR REPLACE TRIGGER audit_entry_no_{verb.lower()} BEFORE {verb} "
        "ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()"
        for verb in ("UPDATE", "DELETE", "TRUNCATE")
    },
}
"""The statements that make the triggers, by the kind of database and the trigger's name."""
FUNCTION = (
    "CREATE OR REPLACE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{SAID}'; END $$"
)
THERE = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    # a trigger that somebody switched off is as good as none
    "postgresql": "SELECT tgname FROM pg_trigger "
    "WHERE tgrelid = to_regclass('audit_entry') AND tgenabled IN ('O', 'A')",
}
DROPS = {
    "sqlite": "DROP TRIGGER IF EXISTS {name};",
    "postgresql": "DROP TRIGGER IF EXISTS {name} ON audit_entry;",
}


def install_triggers(*, using: str = "default", **_signal: Any) -> None:
    """Install what is missing. Called after every migration, because SQLite remakes a table it alters."""
    connection = connections[using]
    missing = missing_triggers(using=using)
    with connection.cursor() as cursor:
        if missing and connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for name in missing:
            cursor.execute(REFUSALS[connection.vendor][name])
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE audit_entry ENABLE TRIGGER {name}")


def missing_triggers(*, using: str = "default") -> list[str]:
    """The names of the triggers that are not there."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(THERE[connection.vendor])
        there = {name for (name,) in cursor.fetchall()}
    return [name for name in REFUSALS[connection.vendor] if name not in there]


def drops(*, vendor: str) -> list[str]:
    """The statements that take the triggers away: for restoring a backup, and for emptying a test's database."""
    return [DROPS[vendor].format(name=name) for name in REFUSALS[vendor]]
