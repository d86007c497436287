"""An embedded database stays open from one request to the next: opening it again for each costs what a small page costs.

A file that was put in its place meanwhile (a restored backup, a city built anew) is another file under the same name.
It is looked at before every request, so nobody is answered from a file that is no longer there.
"""

from pathlib import Path
from typing import Any

from django.core.signals import request_started
from django.db import connections
from django.db.backends.signals import connection_created

OPENED = "opened_file"


def keep_open() -> None:
    """Have open files looked at; for a process that serves."""
    connection_created.connect(note_file)
    request_started.connect(close_replaced)


def note_file(connection: Any, **_given: Any) -> None:
    """Remember which file was opened."""
    if connection.vendor == "sqlite":
        setattr(connection, OPENED, identity(connection))


def close_replaced(**_given: Any) -> None:
    """Close what is no longer the file of its name; the next question opens the new one."""
    for connection in connections.all(initialized_only=True):
        if connection.vendor == "sqlite" and connection.connection is not None:
            close_if_replaced(connection)


def close_if_replaced(connection: Any) -> None:
    """Close one connection whose file was taken away or put in place anew."""
    if getattr(connection, OPENED, None) != identity(connection):
        connection.close()


def identity(connection: Any) -> tuple[int, int] | None:
    """By what the disk knows the file that has the name now; None where there is none."""
    try:
        found = Path(connection.settings_dict["NAME"]).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
