"""What waits for one person: every mechanism says its part, the first page lists it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, DateField, Min, QuerySet, Value
from django.db.models.functions import Cast

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


@dataclass(frozen=True, slots=True)
class Waiting:
    """Rows that wait: how many, and by when the first, is asked for all mechanisms in one statement."""

    rows: "QuerySet[Any]"
    line: Callable[[int, date | None], Todo]
    """The line for a number and a first day; it is made where there are any."""
    due: Any = None
    """The column of days, or what they are computed from; ``None``: these wait for no day."""


Source = Callable[[Asker], Iterable[Todo | Waiting]]
_SOURCES: dict[str, Source] = {}


def todo(source: Source) -> Source:
    """Have a mechanism asked what waits for somebody. It answers with few queries, however many rows there are.

    What only counts rows and looks for their first day asks nothing itself: it answers with ``Waiting``.
    """
    _SOURCES[f"{source.__module__}.{source.__qualname__}"] = source
    return source


def todo_of(asker: Asker) -> list[Todo]:
    """All that waits for one person: what is late first, then by day."""
    found = lines(one for source in _SOURCES.values() for one in source(asker))
    return sorted(found, key=lambda one: (not one.late, one.due or date.max, one.label))


def lines(said: "Iterable[Todo | Waiting]") -> list[Todo]:
    """The lines of what mechanisms say, in their order, without those of which there is none."""
    every = list(said)
    asked = iter(counted([one for one in every if isinstance(one, Waiting)]))
    found: list[Todo] = []
    for one in every:
        if isinstance(one, Todo):
            found.append(one)
            continue
        number, due = next(asked)
        if number:
            found.append(one.line(number, due))
    return [one for one in found if one.count]


def counted(waiting: Sequence[Waiting]) -> list[tuple[int, date | None]]:
    """How many rows wait each time, and by when the first: one statement, whatever is asked."""
    parts = [
        one.rows.order_by()
        .annotate(_place=Value(place))
        .values("_place")
        .annotate(_number=Count("pk"), _due=Min(one.due) if one.due else no_day())
        .values_list("_place", "_number", "_due")
        for place, one in enumerate(waiting)
    ]
    if not parts:
        return []
    told = {place: (number, due) for place, number, due in parts[0].union(*parts[1:], all=True)}
    return [told.get(place, (0, None)) for place in range(len(parts))]


def no_day() -> Cast:
    """No day, in a column of days: a union wants one kind in a column."""
    return Cast(Value(None), DateField())
