"""What changed since somebody last looked: entries of the audit about rows in the scope, by register and row."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol, TypeVar

from django.db.models import Exists, F, Model, QuerySet

from junheng.platform.audit.append import head
from junheng.platform.audit.models import Entry, Verb
from junheng.platform.changes.counting import CountOf, WithinRuns, answers_to
from junheng.platform.changes.models import Look
from junheng.platform.registers import Register, every_register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.keys import named
from junheng.platform.registers.known import join_run
from junheng.platform.registers.stories import Event, event_for, names_in, words_of_many

MOST = 300
"""Entries one page looks at, the latest ones; it says when there are more."""
ROWS = 20
"""Rows of one register that the page names."""
WRITES = (Verb.CREATE, Verb.CHANGE, Verb.RETIRE, Verb.BATCH, Verb.DEED)


class Speaking(Protocol):
    """What says of which rows it speaks: an entry, or as much of one as counting needs."""

    @property
    def table(self) -> str: ...
    @property
    def row(self) -> int | None: ...
    @property
    def row_key(self) -> str: ...
    @property
    def first_row(self) -> int | None: ...
    @property
    def last_row(self) -> int | None: ...


class Mark(NamedTuple):
    """Of which rows an entry speaks, without what it says of them."""

    table: str
    row: int | None
    row_key: str
    first_row: int | None
    last_row: int | None


S = TypeVar("S", bound=Speaking)


@dataclass(frozen=True, slots=True)
class Changed:
    """One row with what happened to it, latest first."""

    row: Model
    name: str
    events: list[Event]


@dataclass(slots=True)
class Group:
    """What changed in one register: rows, the number of all such rows, and rows that came in batches."""

    register: Register[Any]
    rows: list[Changed] = field(default_factory=list)
    count: int = 0
    arrived: int = 0


@dataclass(frozen=True, slots=True)
class News:
    """What is new: ``upto`` is the entry to mark as seen, ``since`` the look before, ``more`` that older is left out."""

    groups: list[Group]
    upto: int
    since: Look | None
    more: bool

    @property
    def count(self) -> int:
        """Rows that changed; a batch counts as one."""
        return sum(group.count + bool(group.arrived) for group in self.groups)


def news_for(asker: Asker) -> News:
    """Everything new, in words. A number of questions that depends on the registers concerned, never on the rows."""
    since = last_look(asker)
    found = list(entries_for(asker, since)[: MOST + 1])
    entries, more = found[:MOST], len(found) > MOST
    names = names_in(entries)
    groups, told = [], []
    by_table = by_register(entries)
    arrivals = arrived(by_table, asker)
    for register, own in by_table.items():
        single = [entry for entry in own if entry.first_row is None]
        rows = rows_in_scope(register, single, asker)
        by_row: dict[Any, list[Entry]] = defaultdict(list)
        for entry in single:
            if (pk := number_of(entry)) in rows:
                by_row[pk].append(entry)
        told.append((register, rows, by_row, dict(list(by_row.items())[:ROWS])))
    related = words_of_many(
        [(one, [entry for some in shown.values() for entry in some]) for one, _rows, _by, shown in told]
    )
    for (register, rows, by_row, shown), known in zip(told, related, strict=True):
        group = Group(register)
        group.count = len(by_row)
        for pk, some in shown.items():
            events = [event_for(register, one, names.get(one.who, one.who), known=known) for one in some]
            group.rows.append(Changed(rows[pk], named(rows[pk]), events))
        group.arrived = arrivals.get(register, 0)
        if group.count or group.arrived:
            groups.append(group)
    return News(groups, head().id, since, more)


def count_for(asker: Asker) -> tuple[int, bool]:
    """How many rows are new, and whether there are more: for the first page."""
    found = entries_for(asker, last_look(asker)).values_list(*Mark._fields)[: MOST + 1]
    marks = [Mark(*one) for one in found]
    asked: list[CountOf | Exists] = []
    for register, own in by_register(marks[:MOST]).items():
        numbers = {number_of(entry) for entry in own if entry.first_row is None}
        if numbers:
            here = register.model._default_manager.filter(pk__in=numbers)
            asked.append(CountOf(asker.within(here, register, "view")))
        if (arrivals := arrived_rows(register, own, asker)) is not None:
            asked.append(Exists(arrivals))
    return sum(answers_to(asked)), len(marks) > MOST


def last_look(asker: Asker) -> Look | None:
    """When somebody looked last; None before the first time."""
    return Look.objects.filter(user=asker.user).first()


def entries_for(asker: Asker, since: Look | None) -> "QuerySet[Entry]":
    """The entries of others after a look about registers that somebody sees, the latest first."""
    tables = [one.model._meta.label_lower for one in every_register().values() if asker.may("view", one)]
    found = Entry.objects.filter(id__gt=since.entry if since else 0, table__in=tables, verb__in=WRITES)
    return found.exclude(who=asker.user.get_username()).order_by("-id")


def by_register(entries: "Sequence[S]") -> "dict[Register[Any], list[S]]":
    """Entries by the register of their table, registers in the order of the house."""
    tables: dict[str, list[S]] = defaultdict(list)
    for entry in entries:
        tables[entry.table].append(entry)
    return {
        one: tables[label]
        for one in every_register().values()
        if (label := one.model._meta.label_lower) in tables
    }


def number_of(entry: Speaking) -> Any:
    """The key of the row an entry speaks of."""
    return entry.row if entry.row is not None else entry.row_key


def rows_in_scope(register: Register[Any], entries: Sequence[Entry], asker: Asker) -> dict[Any, Model]:
    """The rows that entries speak of, as far as somebody may see them."""
    numbers = {number_of(entry) for entry in entries}
    if not numbers:
        return {}
    return {row.pk: row for row in asker.within(register.rows(), register, "view").filter(pk__in=numbers)}


def arrived(by_table: Mapping[Register[Any], Sequence[Speaking]], asker: Asker) -> dict[Register[Any], int]:
    """How many rows of the scope came in the batches among the entries, for each register that had any."""
    rows = {
        one: found for one, own in by_table.items() if (found := arrived_rows(one, own, asker)) is not None
    }
    return dict(zip(rows, answers_to([CountOf(one) for one in rows.values()]), strict=True))


def arrived_rows(
    register: Register[Any], entries: Sequence[Speaking], asker: Asker
) -> "QuerySet[Any] | None":
    """The rows of the scope that came in the batches among the entries; None where there was no batch."""
    runs: list[tuple[int, int]] = []
    for first, last in sorted(
        (entry.first_row, entry.last_row)
        for entry in entries
        if entry.first_row is not None and entry.last_row is not None
    ):
        join_run(runs, first, last)
    if not runs:
        return None
    inside = register.model._default_manager.filter(WithinRuns(F("pk"), runs))
    return asker.within(inside, register, "view")
