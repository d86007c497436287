"""The two databases the house runs on, as Django wants to be told about them."""

from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

Settings = dict[str, Any]
POSTGRESQL = frozenset({"postgresql", "postgres"})


class Pool(NamedTuple):
    """Connections that a process which serves pages keeps open: at least, at most, and how long to wait for one."""

    fewest: int
    most: int
    seconds: int = 10


PATIENCE = {"statement_timeout": "60s", "idle_in_transaction_session_timeout": "120s"}
"""How long one question of a page may take, and how long a page that fell silent holds what it locked. A proxy gives up
after two minutes, and a question whose asker is gone would go on for hours. What the URL says counts more."""


def settings_of(name: str, url: str, home: Path, *, pool: Pool | None) -> Settings:
    """The settings behind a URL: the embedded file where it is empty or begins with ``sqlite``, else a server.

    ``pool`` is for a process that serves pages; None for a process that needs only one connection. ``name`` is the
    variable the URL came from, for the sentence of a refusal.
    """
    if not url:
        return embedded(home / "junheng.sqlite3", stays_open=pool is not None)
    parts = urlsplit(url)
    if parts.scheme in POSTGRESQL:
        return server(name, url, pool=pool)
    if parts.scheme != "sqlite" or parts.netloc or not parts.path.lstrip("/"):
        raise ImproperlyConfigured(
            f"{name} names a database of the kind {parts.scheme or url!r}, which this version does not know. HINT:"
            " sqlite:////absolute/path/to/file.sqlite3 or postgresql://user:password@host:5432/name"
        )
    return embedded(Path(unquote(parts.path[1:])).absolute(), stays_open=pool is not None)


def embedded(file: Path, *, stays_open: bool = False) -> Settings:
    """SQLite in a file; a process that serves pages keeps it open (see ``kept_open``).

    It has a connection for each of its many threads, so each keeps few pages of its own: the others lie in the map of
    the file, which all of them share.
    """
    pages = 4 if stays_open else 64
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "CONN_MAX_AGE": None if stays_open else 0,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # WAL and a long timeout keep readers and writers from refusing each other; FULL survives a power cut.
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
            f"PRAGMA cache_size=-{pages * 1024};"
            "PRAGMA mmap_size=268435456;PRAGMA journal_size_limit=67108864;PRAGMA temp_store=MEMORY;",
        },
    }


def server(name: str, url: str, *, pool: Pool | None) -> Settings:
    """PostgreSQL. Whatever libpq understands may stand in the URL: ``?sslmode=require``, ``?host=/run/postgresql``."""
    try:
        from psycopg import ProgrammingError  # noqa: PLC0415 — needed only where a server is named
        from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415
    except ImportError:
        raise ImproperlyConfigured(
            f"{name} names PostgreSQL, but its driver is not installed. HINT: pip install 'psycopg[binary,pool]'"
        ) from None
    try:
        said = {key: str(value) for key, value in conninfo_to_dict(url).items() if value is not None}
    except ProgrammingError:
        # the words of the driver would repeat the password
        raise ImproperlyConfigured(
            f"{name} is no address that PostgreSQL understands. HINT: postgresql://user:password@host:5432/name"
        ) from None
    if not said.get("dbname"):
        raise ImproperlyConfigured(f"{name} names no database. HINT: postgresql://user:password@host/name")
    options: Settings = {"connect_timeout": 10, "application_name": "junheng"}
    if pool is not None:
        fewest, most, seconds = pool
        if not 0 <= fewest <= most or most < 1 or seconds < 1:
            raise ImproperlyConfigured(
                f"A pool of {fewest} to {most} connections and {seconds} s to wait for one makes no sense."
                " HINT: at least 1 each, and no more at least than at most."
            )
        # who waits longer than this for a connection is told so, instead of being kept
        options["pool"] = {"min_size": fewest, "max_size": most, "timeout": seconds}
        patience = " ".join(f"-c {name}={limit}" for name, limit in PATIENCE.items())
        said["options"] = f"{patience} {said.get('options', '')}".strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": said.pop("dbname"),
        "USER": said.pop("user", ""),
        "PASSWORD": said.pop("password", ""),
        "HOST": said.pop("host", ""),
        "PORT": said.pop("port", ""),
        "CONN_MAX_AGE": 0,
        # a connection that died with the server is found out before it is used, so the house recovers by itself
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options | said,
    }
