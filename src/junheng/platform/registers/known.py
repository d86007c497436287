"""A register as it was known at the end of a day: what the audit wrote since is undone, for whoever reads.

Two times are kept apart. ``on`` is the day on which a row holds in the world (its first and last day). ``known`` is the
day at whose end the house is asked what it knew: rows entered later are absent, values changed later are as they were.
Rights are those of today; where a row lay is where it lay then.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import ForeignKey, Model
from django.db.models.constants import LOOKUP_SEP

from junheng.kernel.errors import Refusal
from junheng.platform.access.once import fresh_page
from junheng.platform.audit.history import last_entry_by, written_since
from junheng.platform.audit.models import Verb
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.declare import Register
from junheng.platform.registers.registry import register_of
from junheng.platform.registers.shadows import Shadow, cast
from junheng.platform.sealing import followers

MOST = 20_000
"""Entries that are undone for one page. A day before a promotion of a whole city is asked of a snapshot instead."""
NOW = "now"
"""The word for: as it is known now."""
Change = tuple[str, int | None, str, str, dict[str, Any] | None, dict[str, Any] | None]


def read_known(text: str) -> date | None:
    """The day as of whose knowledge somebody asks; ``None`` for what is known now."""
    if not text or text == NOW:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal(
            "bad-known",
            "「{text}」不是有效的日期。请按 2023-12-31 的格式填写“当时掌握的情况”，或清空后重试。",
            text=text[:30],
        ) from None


@contextmanager
def as_known(
    register: Register[Any], day: date | None, *, asker: Asker, values_only: bool = False
) -> Iterator[None]:
    """Read a register, and what its rows name, as it was known at the end of a day; as it is where no day is given.

    Where a register names its readers, a row that has left somebody's scope stays out of it: who no longer may know
    does not know by going back. ``values_only`` asks for something milder: the rows that are known now, with the values they had on that day. First
    and last day of a row stay as they are known now.
    """
    if day is None:
        yield
        return
    shadows = shadows_of(models_read(register), last_entry_by(day), values_only=values_only)
    if register.readers is not None:
        shadows = [
            still_seen(one, register, asker) if one.model is register.model else one for one in shadows
        ]
    with cast(shadows), fresh_page(remembers=False):
        yield


def still_seen(shadow: Shadow, register: Register[Any], asker: Asker) -> Shadow:
    """The shadow without the rows that are today outside the scope."""
    columns = register.model._meta.concrete_fields
    place = next(number for number, one in enumerate(columns) if one.primary_key)
    here = register.model._default_manager.filter(pk__in=[row[place] for row in shadow.rows])
    seen = set(asker.within(here, register, "view").values_list("pk", flat=True))
    return replace(shadow, rows=tuple(row for row in shadow.rows if row[place] in seen))


def models_read(register: Register[Any]) -> list[type[Model]]:
    """The tables that a list of the register reads: its own, those its rows name, and those its scope passes."""
    found: dict[type[Model], None] = {register.model: None}
    paths = [
        *register.joined(),
        *register.joins,
        register.area,
        register.school,
        register.school_class,
        register.kindergarten,
    ]
    for path in filter(None, paths):
        here: Any = register.model
        for step in path.split(LOOKUP_SEP):
            column = next((one for one in here._meta.get_fields() if one.name == step), None)
            if column is None or not column.is_relation:
                break
            here = column.related_model
            found[here] = None
    return list(found)


def shadows_of(models: Iterable[type[Model]], entry: int, *, values_only: bool) -> list[Shadow]:
    """How these tables differ from how they stood after an entry. Three questions and one a table that changed."""
    tables = {one._meta.label_lower: one for one in models}
    written = written_since(tables, entry)
    later: list[Change] = list(
        written.filter(first_row=None)
        .exclude(verb=Verb.BATCH)
        .values_list("table", "row", "row_key", "verb", "before", "after")[: MOST + 1]
    )
    if len(later) > MOST:
        raise Refusal(
            "known-too-far-back",
            "那一天以后这些名录的修改超过 {most} 处，无法在页面上还原。请选一个较近的日期，或查看当时冻结的快照。",
            most=MOST,
        )
    batches = written.filter(first_row__isnull=False).order_by("first_row")
    runs: dict[str, list[tuple[int, int]]] = {}
    for table, first, last in [] if values_only else batches.values_list("table", "first_row", "last_row"):
        if first is not None and last is not None:
            join_run(runs.setdefault(table, []), first, last)
    by_table: dict[str, list[Change]] = {}
    for change in later:
        by_table.setdefault(change[0], []).append(change)
    return [
        shadow_of(model, by_table.get(table, []), tuple(runs.get(table, ())), values_only=values_only)
        for table, model in tables.items()
    ]


def join_run(runs: list[tuple[int, int]], first: int, last: int) -> None:
    """Add a run to runs that are sorted by their first row; what touches becomes one."""
    if runs and first <= runs[-1][1] + 1:
        runs[-1] = (runs[-1][0], max(runs[-1][1], last))
    else:
        runs.append((first, last))


def shadow_of(
    model: type[Model], changes: list[Change], runs: tuple[tuple[int, int], ...], *, values_only: bool
) -> Shadow:
    """One table with its changes undone, the latest first."""
    older: dict[Any, dict[str, Any]] = {}
    absent: set[Any] = set()
    for _table, row, row_key, verb, before, after in changes:
        key = row_key if row is None else row
        if before is not None:
            older.setdefault(key, {}).update(before)
        elif made_the_row(model, verb, after) and not values_only:
            absent.add(key)
    if values_only:
        kept = days_of(model)
        older = {key: {n: v for n, v in one.items() if n not in kept} for key, one in older.items()}
    older = {key: one for key, one in older.items() if key not in absent}
    found = rebuilt(model, older) if older else {}
    rows = [row for key, row in found.items() if not (isinstance(key, int) and inside(runs, key))]
    return Shadow(model, touched=(*found, *absent), rows=tuple(rows), runs=runs)


def made_the_row(model: type[Model], verb: str, after: dict[str, Any] | None) -> bool:
    """Whether an entry without a state before tells of a new row: of other deeds only what they were about is kept."""
    return verb == Verb.CREATE or (bool(after) and model._meta.pk.attname in (after or {}))


def days_of(model: type[Model]) -> set[str]:
    """The columns that say from when to when a row holds."""
    register = register_of(model)
    return {one for one in (register.since, register.until) if one} if register else set()


def inside(runs: tuple[tuple[int, int], ...], number: int) -> bool:
    """Whether a row lies in one of these runs."""
    return any(first <= number <= last for first, last in runs)


def rebuilt(model: type[Model], older: Mapping[Any, dict[str, Any]]) -> dict[Any, tuple[Any, ...]]:
    """Rows with some of their values put back, as the database keeps them, by key."""
    columns = model._meta.concrete_fields
    rows = model._base_manager.filter(pk__in=list(older)).order_by("pk")
    with connection.cursor() as cursor:
        plain = rows.values_list(*(one.attname for one in columns))
        cursor.execute(*plain.query.sql_with_params())
        stored = cursor.fetchall()
    place = next(number for number, one in enumerate(columns) if one.primary_key)
    return {row[place]: put_back(model, row, older[row[place]]) for row in stored}


def put_back(model: type[Model], row: tuple[Any, ...], before: Mapping[str, Any]) -> tuple[Any, ...]:
    """One stored row with older values in it. What follows from a sealed number follows from the older one."""
    columns = model._meta.concrete_fields
    values = {one.attname: value for one, value in zip(columns, row, strict=True)}
    for one in columns:
        if one.attname in before:
            values[one.attname] = stored_value(one, before[one.attname])
    for one in followers(model):
        if one.of in before:
            values[one.attname] = following(model, one, values)
    return tuple(values[one.attname] for one in columns)


def stored_value(column: Any, value: Any) -> Any:
    """A value of an entry as the database keeps it; a sealed one is in the entry as it is stored."""
    if value is None or getattr(column, "is_sealed", False):
        return value
    target = column.target_field if isinstance(column, ForeignKey) else column
    return target.get_db_prep_save(target.to_python(value), connection)


def following(model: type[Model], column: Any, values: Mapping[str, Any]) -> Any:
    """What follows from the older number, such as its digest; nothing where its key was destroyed."""
    fields = model._meta.concrete_fields
    row = model.from_db(connection.alias, [one.attname for one in fields], [
        one.from_db_value(values[one.attname], None, connection) if hasattr(one, "from_db_value") else values[one.attname]
        for one in fields
    ])  # fmt: skip
    return column.value_for(getattr(row, column.of))
