"""Typed readers of the environment: the only way in which one installation differs from another.

A reader says what is missing or makes no sense, and what to do about it.
"""

import contextlib
import os
import secrets
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from junheng.project.databases import Pool, Settings, settings_of

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off"})


def text(name: str, default: str) -> str:
    """A line of text, without blanks around it. An empty one is none: a line of the sample nobody filled in."""
    return os.environ.get(name, "").strip() or default


def words(name: str, default: str) -> list[str]:
    """Several words, separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def flag(name: str, *, default: bool) -> bool:
    """Yes or no; anything else is refused rather than guessed."""
    value = text(name, "1" if default else "0").lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no. HINT: write 1 or 0.")


def number(name: str, default: int) -> int:
    """A whole number."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number.") from None


def choice(name: str, among: Sequence[str], default: str) -> str:
    """One of several words."""
    value = text(name, default)
    if value not in among:
        raise ImproperlyConfigured(f"{name}={value!r} is none of {', '.join(among)}.")
    return value


def content(name: str) -> str:
    """What stands in a file that is named, such as a secret that a service manager hands over; empty if none is."""
    path = text(name, "")
    try:
        return Path(path).read_text("utf-8").strip() if path else ""
    except OSError as error:
        raise ImproperlyConfigured(f"{name}={path!r} cannot be read ({error.strerror}).") from None


def origin(address: str) -> str:
    """Scheme, host and port of an address that a browser is sent to."""
    parts = urlsplit(address)
    if parts.scheme not in {"https", "http"} or not parts.netloc:
        raise ImproperlyConfigured(f"{address!r} is no web address. HINT: write https://id.example/…")
    return f"{parts.scheme}://{parts.netloc}"


def folder(name: str, default: str) -> Path:
    """A folder, made if it is not there yet."""
    path = Path(text(name, default)).expanduser().absolute()
    path.mkdir(parents=True, exist_ok=True)
    return path


def database(name: str, home: Path, *, pool: Pool | None) -> Settings:
    """The database: ``sqlite:////absolute/path``, ``postgresql://…``, or a file in the home folder."""
    return settings_of(name, text(name, ""), home, pool=pool)


def secret(name: str, home: Path) -> str:
    """The signing key: from the environment, or made once and kept in ``home/secret``, readable by the owner only."""
    if given := text(name, ""):
        if len(given) < 32:
            raise ImproperlyConfigured(
                f"{name} is shorter than 32 characters. HINT: leave it out, one will be made."
            )
        return given
    path = home / "secret"
    if not path.exists():
        keep_once(path, secrets.token_urlsafe(48))
    kept = path.read_text("ascii").strip()
    if len(kept) < 32:
        raise ImproperlyConfigured(f"{path} holds no key. HINT: delete the file, one will be made.")
    return kept


def keep_once(path: Path, words: str) -> None:
    """Write a file of the owner's that is there whole or not at all; whoever else came first keeps theirs."""
    handle, beside = tempfile.mkstemp(prefix=f"{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(words)
        with contextlib.suppress(FileExistsError):
            os.link(beside, path)
    finally:
        os.unlink(beside)  # noqa: PTH108 # the name came from the system as text


def day(name: str) -> date | None:
    """A day as 2023-12-31, or None where nothing is said."""
    value = text(name, "")
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value!r} is not a day. HINT: write it as 2023-12-31.") from None
