"""Every declared deed, found by the register it is about."""

from typing import Any, TypeVar

from junheng.kernel.errors import NotFound
from junheng.platform.deeds.declare import Deed
from junheng.platform.registers.asker import Asker

D = TypeVar("D", bound=type[Deed[Any]])

_DEEDS: dict[tuple[str, str], Deed[Any]] = {}


def deed(declaration: D) -> D:
    """Add a deed to the house."""
    one = declaration()
    if _DEEDS.setdefault((one.register, one.slug), one) is not one:
        raise TypeError(f"two deeds about {one.register!r} are called {one.slug!r}")
    return declaration


def every_deed() -> tuple[Deed[Any], ...]:
    """All deeds, in the order of declaration."""
    return tuple(_DEEDS.values())


def deed_called(register: str, slug: str) -> Deed[Any]:
    """The deed at an address."""
    try:
        return _DEEDS[register, slug]
    except KeyError:
        raise NotFound("unknown-deed", "没有这项业务。请从记录页面上的按钮进入。") from None


def deeds_about(register: str, row: Any, asker: Asker) -> list[Deed[Any]]:
    """The deeds that somebody can do about a row now."""
    return [
        one
        for one in every_deed()
        if one.register == register and one.is_open(row) and one.is_for(asker, row)
    ]
