"""What stands round every page: the menu and the day the data are of. The surfaces offer it, the base template asks."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse


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
        return address_of(self.view, self.args, get_script_prefix(), get_urlconf())


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines."""

    heading: Any
    entries: tuple[Entry, ...]


class Line(NamedTuple):
    """One line of the menu as somebody sees it on a page: all that its looks depend on."""

    word: str
    icon: str
    address: str
    current: bool


@dataclass(slots=True)
class Chrome:
    """What has been offered: the menu of people with a login, the menu of the public, and the day of the data."""

    menu: tuple[Section, ...] = ()
    public: tuple[Entry, ...] = ()
    day: Callable[[], date | None] = field(default=lambda: None)

    def whole(self) -> tuple[tuple[str, tuple[Line, ...]], ...]:
        """The menu with every line that there is, for whoever gets ready to show it."""
        return tuple(
            (
                str(section.heading),
                tuple(
                    Line(str(entry.word), entry.icon, address, current=False)
                    for entry in section.entries
                    if (address := entry.address())
                ),
            )
            for section in self.menu
        )


CHROME = Chrome()


@lru_cache(maxsize=1024)
def address_of(view: str, args: tuple[str, ...], _prefix: str, _addresses: str | None) -> str | None:
    """Where a view is found, looked up once for each set of addresses; None where there is no such page."""
    try:
        return reverse(view, args=args)
    except NoReverseMatch:
        return None


def lines(entries: tuple[Entry, ...], request: HttpRequest) -> tuple[Line, ...]:
    """The lines of one section that lead somewhere, with the one that is open marked."""
    found = [(entry, address) for entry in entries if (address := seen_at(entry, request))]
    open_at = max((address for _, address in found if holds(address, request.path)), key=len, default=None)
    return tuple(Line(str(entry.word), entry.icon, address, address == open_at) for entry, address in found)


def seen_at(entry: Entry, request: HttpRequest) -> str | None:
    """Where a line leads, if it is for whoever asks. What is not for everybody is for nobody who is not logged in."""
    if entry.shown is None:
        return entry.address()
    user = getattr(request, "user", None)  # a page of an early refusal knows none
    return entry.address() if user is not None and user.is_authenticated and entry.shown(request) else None


def holds(address: str, path: str) -> bool:
    """Whether a page lies under an address of the menu; the home page holds only itself."""
    return path == address if address == "/" else path.startswith(address)
