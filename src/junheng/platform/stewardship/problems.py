"""What stands against confirming a register: mechanisms above say how many problems they know of."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from junheng.platform.registers import Register
from junheng.platform.registers.asker import Asker


@dataclass(frozen=True, slots=True)
class Known:
    """Problems of one kind in the rows of a unit: what they are, how many, and where they are listed."""

    label: str
    count: int
    address: str


Source = Callable[[Register[Any], "QuerySet[Any]", Asker], list[Known]]
_SOURCES: dict[str, Source] = {}


def problems(source: Source) -> Source:
    """Have a mechanism asked about the rows of a unit before they are confirmed."""
    _SOURCES[f"{source.__module__}.{source.__qualname__}"] = source
    return source


def problems_of(register: Register[Any], rows: "QuerySet[Any]", asker: Asker) -> list[Known]:
    """Everything that anybody knows against the rows of a unit."""
    return [one for source in _SOURCES.values() for one in source(register, rows, asker) if one.count]
