"""What stands round every page: the menu and the day the data are of. The surfaces offer it, the base template asks."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu. ``word`` and headings are lazy translations, ``icon`` a heroicons name.

    ``shown`` says for whom, where it is not for everybody.
    """

    word: Any
    icon: str
    view: str
    args: tuple[str, ...] = ()
    shown: Callable[[HttpRequest], bool] | None = None

    def address(self) -> str | None:
        """Where it leads, or None while its page does not exist."""
        try:
            return reverse(self.view, args=self.args)
        except NoReverseMatch:
            return None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines."""

    heading: Any
    entries: tuple[Entry, ...]


@dataclass(slots=True)
class Chrome:
    """What has been offered: the menu of people with a login, the menu of the public, and the day of the data."""

    menu: tuple[Section, ...] = ()
    public: tuple[Entry, ...] = ()
    day: Callable[[], date | None] = field(default=lambda: None)


CHROME = Chrome()


def lines(entries: tuple[Entry, ...], request: HttpRequest) -> list[dict[str, Any]]:
    """The lines of one section that lead somewhere, with the one that is open marked."""
    found = [(entry, address) for entry in entries if (address := seen_at(entry, request))]
    open_at = max((address for _, address in found if holds(address, request.path)), key=len, default=None)
    return [
        {"word": entry.word, "icon": entry.icon, "address": address, "current": address == open_at}
        for entry, address in found
    ]


def seen_at(entry: Entry, request: HttpRequest) -> str | None:
    """Where a line leads, if it is for whoever asks. What is not for everybody is for nobody who is not logged in."""
    if entry.shown is None:
        return entry.address()
    user = getattr(request, "user", None)  # a page of an early refusal knows none
    return entry.address() if user is not None and user.is_authenticated and entry.shown(request) else None


def holds(address: str, path: str) -> bool:
    """Whether a page lies under an address of the menu; the home page holds only itself."""
    return path == address if address == "/" else path.startswith(address)
