"""The units a survey asks, found in the registers that hold them, and what the registers say of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, ForeignKey, QuerySet
from django.utils.translation import gettext as _

from junheng.platform.access.scope import within_area
from junheng.platform.asks.models import Collection, Question
from junheng.platform.asks.terms import UnitKind
from junheng.platform.registers import Register, every_register, register_called
from junheng.platform.registers.flags import SENSITIVE
from junheng.platform.registers.values import words


@dataclass(frozen=True, slots=True)
class Known:
    """What a register says of one unit, in words and, where it is an amount, as a number."""

    text: str
    number: int | None = None


def register_of_units(unit_kind: str) -> Register[Any]:
    """The register that holds the units."""
    return register_called(unit_kind)


def units_of(collection: Collection, *, on: date) -> "QuerySet[Any]":
    """The units a survey asks: those of its area that exist on a day, of the kinds it names."""
    register = register_of_units(collection.unit_kind)
    assert register.area is not None
    rows = register.rows().filter(register.holds(on), within_area(register.area, collection.area))
    if collection.kinds and kinds_of(collection.unit_kind):
        rows = rows.filter(kind__in=collection.kinds)
    return rows


def kinds_of(unit_kind: str) -> list[tuple[str, str]]:
    """The kinds by which units are told apart, where they are."""
    register = register_of_units(unit_kind)
    field = register.f("kind")
    return (
        [(str(value), str(label)) for value, label in register.model_field(field).flatchoices]
        if field
        else []
    )


def kind_of(unit: Any, unit_kind: str) -> str:
    """The kind of one unit, by which it is compared."""
    return str(getattr(unit, "kind", "") or unit_kind)


def school_of(unit: Any, unit_kind: str) -> int | None:
    """The school a unit is or belongs to."""
    return unit.pk if unit_kind == UnitKind.SCHOOLS else getattr(unit, "school_id", None)


def linkable(unit_kind: str) -> list[tuple[Register[Any], str]]:
    """What of the registers can stand in for a question: a field of the unit itself, or the number of its rows."""
    own = register_of_units(unit_kind)
    found = [(own, one.name) for one in own.fields if SENSITIVE not in one.flags]
    return found + [
        (one, "") for one in every_register().values() if path_to(one, unit_kind) and one.readers is None
    ]


def path_to(register: Register[Any], unit_kind: str) -> str | None:
    """The path from a register's row to the unit it belongs to; ``None`` where it belongs to none."""
    if register.slug == unit_kind:
        return None
    if unit_kind == UnitKind.SCHOOLS:
        return register.school if register.school != "self" else None
    if unit_kind == UnitKind.CLASSES:
        return register.school_class if register.school_class != "self" else None
    model = register_of_units(unit_kind).model
    for one in register.fields:
        column = register.model_field(one)
        if isinstance(column, ForeignKey) and column.related_model is model:
            return one.name
    return None


def count_label(register: Register[Any]) -> str:
    """How the number of a register's rows is called: 学生 is 学生数."""
    return _("%(label)s数") % {"label": register.label}


def known_of(
    questions: Iterable[Question], units: Sequence[int], unit_kind: str, *, on: date
) -> dict[int, dict[int, Known]]:
    """What the registers say to linked questions, by question and unit: one question to the database for each register."""
    found: dict[int, dict[int, Known]] = {}
    rows: dict[int, Any] = {}
    counted: dict[str, dict[int, Known]] = {}
    for question in questions:
        register = every_register().get(question.linked_register)
        if register is None:
            continue
        if not question.linked_field:
            if register.slug not in counted:
                counted[register.slug] = counts_of(register, units, unit_kind, on=on)
            found[question.pk] = counted[register.slug]
        elif register.slug == unit_kind and (field := register.f(question.linked_field)):
            rows = rows or {row.pk: row for row in register.rows().filter(pk__in=units)}
            found[question.pk] = {
                pk: Known(words(register, field, row), plain_number(getattr(row, field.name)))
                for pk, row in rows.items()
            }
    return found


def counts_of(register: Register[Any], units: Sequence[int], unit_kind: str, *, on: date) -> dict[int, Known]:
    """How many rows of a register hold for each unit on a day."""
    path = path_to(register, unit_kind)
    if path is None:
        return {}
    rows = register.model._default_manager.filter(register.holds(on), **{f"{path}__in": units})
    counted = dict(rows.order_by().values_list(path).annotate(Count("pk")))
    return {unit: Known(str(counted.get(unit, 0)), counted.get(unit, 0)) for unit in units}


def plain_number(value: Any) -> int | None:
    """An amount that can be compared."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def source_of(question: Question, *, on: date) -> str:
    """How a linked answer names its source: 学校名录 2024-03-01."""
    register = every_register().get(question.linked_register)
    return f"{register.label} {on.isoformat()}" if register else ""
