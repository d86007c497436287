"""Text in the order of its code points: what prefixes of names and codes are searched by, and scopes are cut by."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.base.base import BaseDatabaseWrapper

QUESTION = "SELECT '9' < ':' AND 'Z' < 'a' AND '410802' < '4108:' AND '一' < U&'\\+10FFFF'"
HINT = (
    "HINT: CREATE DATABASE name TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
    " (or 'C' where the server does not know C.UTF-8)"
)
_asked: set[str] = set()


def check_order(*, connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Refuse a server's database that sorts text by a language: an area would no longer hold what lies in it.

    Asked once a process and database, when it is first reached. SQLite always sorts by code points.
    """
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "postgresql" or name in _asked:
        return
    with connection.cursor() as cursor:
        cursor.execute(QUESTION)
        if not cursor.fetchone()[0]:
            raise ImproperlyConfigured(f"The database {name} sorts text by the rules of a language. {HINT}")
    _asked.add(name)
