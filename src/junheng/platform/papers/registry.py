"""Which official papers there are: each declared once, by the room that knows what it says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from junheng.platform.papers.official import Official
from junheng.platform.registers import Register, register_called
from junheng.platform.registers.asker import Asker

Maker = Callable[[Any, Asker], Official]
"""Writes the paper of a row for somebody: it says only what that person may see of it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of paper: of which register a row becomes one, what it is called, and which rows are ready for it.

    A room whose rows have pages of their own and no register names what gives the rights over them.
    """

    slug: str
    register: str | Register[Any]
    label: Any
    make: Maker
    ready: Callable[[Any], bool]

    @property
    def scope(self) -> Register[Any]:
        """The register whose readers may take it."""
        return register_called(self.register) if isinstance(self.register, str) else self.register


KINDS: dict[str, Kind] = {}


def always(_row: Any) -> bool:
    """Every row is ready."""
    return True


def paper(
    slug: str, *, register: str | Register[Any], label: Any, ready: Callable[[Any], bool] = always
) -> Callable[[Maker], Maker]:
    """Have a function write a kind of paper."""

    def add(make: Maker) -> Maker:
        known = KINDS.get(slug)
        if known is not None and known.make.__qualname__ != make.__qualname__:
            raise ValueError(f"two papers are called {slug}")
        KINDS[slug] = Kind(slug, register, label, make, ready)
        return make

    return add


def papers_of(register: Register[Any], row: Any) -> list[Kind]:
    """The papers that a row can become now."""
    return [one for one in KINDS.values() if one.register in (register, register.slug) and one.ready(row)]
