"""What waits for one person: every mechanism says its part, the first page lists it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from junheng.platform.registers.asker import Asker


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: what it is, where it is done, how many of it, and since or until when."""

    label: str
    address: str
    count: int
    icon: str
    due: date | None = None
    late: bool = False
    certain: bool = True
    """False where ``due`` counts working days of a year whose holidays are not published yet."""


Source = Callable[[Asker], Iterable[Todo]]
_SOURCES: dict[str, Source] = {}


def todo(source: Source) -> Source:
    """Have a mechanism asked what waits for somebody. It answers with few queries, however many rows there are."""
    _SOURCES[f"{source.__module__}.{source.__qualname__}"] = source
    return source


def todo_of(asker: Asker) -> list[Todo]:
    """All that waits for one person: what is late first, then by day."""
    found = [one for source in _SOURCES.values() for one in source(asker) if one.count]
    return sorted(found, key=lambda one: (not one.late, one.due or date.max, one.label))
