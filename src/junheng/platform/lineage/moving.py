"""Carrying rows along: which rows of other registers still hold at a unit on a day, and giving them another one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CheckConstraint, F, ForeignKey, Model, Q, UniqueConstraint

from junheng.platform.audit.append import append_many
from junheng.platform.audit.models import Entry, Verb
from junheng.platform.audit.save import columns_of, draft_of
from junheng.platform.registers import register_of
from junheng.platform.spans import held_from, holds

CHUNK = 500
"""Rows that one statement writes; statements grow with rows no further than that."""
ROLLS = frozenset({"pupils", "children"})
"""The registers that hold who is on the roll of a unit."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Rows of one register that go along, or stay as what happened at the old unit."""

    label: str
    count: int
    goes: bool


def relations_to(model: type[Model]) -> "list[ForeignKey[Any, Any]]":
    """The columns of registers by which rows name a unit, in the order of their tables."""
    found = [
        one.field
        for one in model._meta.related_objects
        if isinstance(one.field, ForeignKey) and register_of(one.related_model) is not None
    ]
    return sorted(found, key=lambda column: (column.model._meta.label_lower, column.name))


def goes_along(column: "ForeignKey[Any, Any]") -> bool:
    """Whether rows go along with the unit: those that hold in time do, what happened on a day stays where it was.

    So does what the unit was found to be: a level that a school was granted says nothing of the school it is merged into.
    """
    register = register_of(column.model)
    return (register is None or register.goes_with_unit) and any(
        field.name == "until" for field in column.model._meta.concrete_fields
    )


def holding_at(column: "ForeignKey[Any, Any]", units: Sequence[Any], on: date) -> Any:
    """The rows that still hold at some units on a day or later."""
    return column.model._default_manager.filter(held_from(on), **{f"{column.name}__in": units})


def preview(model: type[Model], units: Sequence[Any], on: date) -> list[Moved]:
    """What would go along from some units on a day, and what stays with them: two numbers a register."""
    found: dict[tuple[str, bool], int] = {}
    for column in relations_to(model):
        register = register_of(column.model)
        assert register is not None
        every = column.model._default_manager.filter(**{f"{column.name}__in": units}).count()
        goes = holding_at(column, units, on).count() if goes_along(column) else 0
        for flag, count in ((True, goes), (False, every - goes)):
            found[register.label, flag] = found.get((register.label, flag), 0) + count
    return [Moved(label, count, goes) for (label, goes), count in found.items() if count]


def roll_of(unit: Model, only: Mapping[type[Model], Q], *, on: date) -> tuple[int, int] | None:
    """How many people on the roll of a unit go along, of how many; none where the roll does not say."""
    for column in relations_to(type(unit)):
        register = register_of(column.model)
        if register is None or register.slug not in ROLLS or column.model not in only:
            continue
        rows = holding_at(column, [unit.pk], on).filter(holds(on))
        part, whole = rows.filter(only[column.model]).count(), rows.count()
        if 0 < part < whole:
            return part, whole
    return None


def rewrite(
    changed: Iterable[tuple[Model, Mapping[str, Any]]], *, by: Any, at: datetime, why: str
) -> Sequence[Entry]:
    """Write rows of one model that were changed in memory, with an entry for each; ``before`` are their old columns."""
    pairs = [
        (row, draft)
        for row, before in changed
        if (draft := draft_of(row, dict(before), by=by, at=at, why=why, verb=Verb.DEED.value))
    ]
    if not pairs:
        return []
    names = sorted({name for _row, draft in pairs for name in draft.after or {}})
    model = type(pairs[0][0])
    fields = [one.name for one in model._meta.concrete_fields if one.attname in names]
    model._base_manager.bulk_update([row for row, _ in pairs], fields, batch_size=CHUNK)
    return append_many([draft for _, draft in pairs])


def carry(
    model: type[Model], units: Sequence[Any], heir: Model, *, on: date, by: Any, at: datetime, why: str,
    only: Mapping[type[Model], Q] | None = None,
) -> list[Entry]:  # fmt: skip
    """Give what still holds at some units to the heir, and the heir's place with it. One read and one write a register.

    What the heir has already (its place in the same group) ends at the old unit instead, and so does what ties the
    two together (a pair of schools); class numbers that are taken go on counting. ``only`` narrows what goes along, by model: for a split; other models then stay.
    """
    entries: list[Entry] = []
    for column in relations_to(model):
        if not goes_along(column) or (only is not None and column.model not in only):
            continue
        rows = holding_at(column, units, on)
        if only is not None:
            rows = rows.filter(only[column.model])
        changed = [(row, columns_of(row)) for row in rows.order_by("pk")]
        taken = taken_by(column, heir, on)
        for row, _before in changed:
            hand_over(row, column, heir, taken, on=on)
        entries += rewrite(changed, by=by, at=at, why=why)
    return entries


def hand_over(
    row: Any, column: "ForeignKey[Any, Any]", heir: Any, taken: dict[str, set[Any]], *, on: date
) -> None:
    """Change one row: it is the heir's, or it ends because the heir has such a row."""
    before = getattr(row, column.attname)
    if names_otherwise(row, column, heir):
        end_here(row, on)
        return
    setattr(row, column.attname, heir.pk)
    for constraint in once(column):
        key = key_of(row, constraint)
        held = taken.setdefault(constraint.name, set())
        while key in held and has(row, "number") and "number" in constraint.fields:
            row.number += 1
            key = key_of(row, constraint)
        if key in held:
            setattr(row, column.attname, before)
            end_here(row, on)
            return
        held.add(key)
    if has(row, "area"):
        row.area_id = heir.area_id


def end_here(row: Any, on: date) -> None:
    """Let a row end at the unit it names, on the day the unit ends."""
    if row.since < on:
        row.until = on


def names_otherwise(row: Any, column: "ForeignKey[Any, Any]", heir: Model) -> bool:
    """Whether a row names the heir already as the other of two that must differ: two that become one are no pair."""
    return any(getattr(row, name) == heir.pk for name in apart_from(column))


def apart_from(column: "ForeignKey[Any, Any]") -> set[str]:
    """The columns in which a row may not name the same as in this one, as the table's own checks say."""
    checks = [one.condition for one in column.model._meta.constraints if isinstance(one, CheckConstraint)]
    return {
        other.attname
        for other in column.model._meta.concrete_fields
        if ~Q(**{column.name: F(other.name)}) in checks or ~Q(**{other.name: F(column.name)}) in checks
    }


def once(column: "ForeignKey[Any, Any]") -> list[UniqueConstraint]:
    """What a table allows only once at one unit."""
    return [
        one
        for one in column.model._meta.constraints
        if isinstance(one, UniqueConstraint) and column.name in one.fields
    ]


def taken_by(column: "ForeignKey[Any, Any]", heir: Model, on: date) -> dict[str, set[Any]]:
    """What the heir has already, by constraint: one question."""
    rows = list(holding_at(column, [heir.pk], on))
    return {one.name: {key_of(row, one) for row in rows} for one in once(column)}


def key_of(row: Any, constraint: UniqueConstraint) -> tuple[Any, ...]:
    """The values of a row that a constraint compares; since when it holds does not make it another one."""
    return tuple(
        getattr(row, row._meta.get_field(name).attname) for name in constraint.fields if name != "since"
    )


def has(row: Model, name: str) -> bool:
    """Whether a model has a column."""
    return any(one.name == name for one in row._meta.concrete_fields)
