"""What mechanisms above the registers add to their pages: a panel on a list, on the page of a row, on a form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.http import HttpRequest

from junheng.platform.registers.declare import Register

Place = Literal["list", "detail", "form"]


@dataclass(frozen=True, slots=True)
class Panel:
    """A piece of a page: its template, and what that is told."""

    template: str
    context: dict[str, Any]


Maker = Callable[[HttpRequest, Register[Any], Any], Panel | None]
"""Makes the panel of a page; the row is ``None`` on a list and on the form of a new row. ``None``: nothing to show."""

_MAKERS: dict[Place, list[tuple[int, str, Maker]]] = {"list": [], "detail": [], "form": []}


def panel(place: Place, *, order: int = 50) -> Callable[[Maker], Maker]:
    """Have a panel shown; the smaller ``order`` stands higher."""

    def add(maker: Maker) -> Maker:
        name = f"{maker.__module__}.{maker.__qualname__}"
        if all(name != known for _, known, _ in _MAKERS[place]):
            _MAKERS[place].append((order, name, maker))
            _MAKERS[place].sort(key=lambda one: one[:2])
        return maker

    return add


def panels_for(place: Place, request: HttpRequest, register: Register[Any], row: Any = None) -> list[Panel]:
    """The panels of one page, in their order."""
    made = (maker(request, register, row) for _, _, maker in _MAKERS[place])
    return [one for one in made if one is not None]
