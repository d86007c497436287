"""Rooms above that take part in an application: they ask before it is handed in, note what followed, and add to two pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.http import HttpRequest

from junheng.domains.schemes.models import SchemeApplication, SchemeReview
from junheng.platform.registers.panels import Panel


@dataclass(frozen=True, slots=True)
class Link:
    """A way on from a page: what it says, where it leads, and its icon."""

    label: str
    address: str
    icon: str


class Beside(Protocol):
    """What a room above is asked and told. Every step may refuse; then nothing of it is written."""

    def check(self, application: SchemeApplication, *, at: datetime) -> None:
        """Refuse what cannot be handed in."""
        ...

    def handed_in(self, application: SchemeApplication, *, by: Any, at: datetime, why: str) -> None:
        """Note that an application was handed in."""
        ...

    def scored(
        self, review: SchemeReview, points: Mapping[int, int], *, by: Any, at: datetime, why: str
    ) -> None:
        """Note what a juror gave for each criterion."""
        ...

    def tied(self, applications: Sequence[SchemeApplication], login: str) -> set[int]:
        """Those of these applications to which somebody has a tie that only this room knows."""
        ...

    def on_sheet(self, request: HttpRequest, application: SchemeApplication) -> Panel | None:
        """What a juror sees besides the words."""
        ...

    def on_form(self, request: HttpRequest, application: SchemeApplication) -> Panel | None:
        """What a kindergarten sees on its form besides the questions."""
        ...

    def links(self, page: str) -> Sequence[Link]:
        """Where one may go on from a page: ``public``, the page of all schemes, or ``jury``, that of a juror."""
        ...


_BESIDE: dict[str, Beside] = {}


def take_part(name: str, room: Beside) -> None:
    """Have a room asked and told from now on."""
    _BESIDE[name] = room


def every_beside() -> Iterable[Beside]:
    """The rooms that take part."""
    return _BESIDE.values()


def links_on(page: str) -> list[Link]:
    """Where rooms above lead on from a page."""
    return [link for one in every_beside() for link in one.links(page)]


def tied_elsewhere(applications: Sequence[SchemeApplication], login: str) -> set[int]:
    """Those of these applications to which somebody has a tie that another room knows."""
    return {number for one in every_beside() for number in one.tied(applications, login)}
