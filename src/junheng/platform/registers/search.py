"""Searching a register: by the beginning of a word in a large table, by any part of it in a small one."""

import re
from typing import Any

from django.db.models import (
    BigAutoField,
    CharField,
    Field,
    ForeignKey,
    Model,
    Q,
    QuerySet,
    TextField,
    UniqueConstraint,
)

from junheng.kernel.values.identity import conceal
from junheng.platform.access.once import once_a_page
from junheng.platform.registers.declare import Register
from junheng.platform.registers.flags import SEARCH, SENSITIVE
from junheng.platform.registers.registry import register_of
from junheng.platform.sealing import blind

LARGE = 20_000
"""Tables with more rows than this are searched by index only."""
FEW = 100
"""So many rows of a large table are found by their numbers."""
LOOKED_UP = re.compile(r"[0-9A-Za-z]{8,}", re.ASCII)
"""What may be a whole number that a sealed field is looked up by: nothing shorter is asked for."""
LONGEST_TEXT = 60
"""Letters of a searched text; the rest is not looked at."""
HIDDEN = re.compile(r"~[0-9A-Za-z_-]{22}", re.ASCII)
"""A number as addresses carry it: what it is looked up by, which tells nobody anything."""
LAST = "\U0010ffff"
"""Sorts after every word that begins like another."""


@once_a_page
def is_large(model: type[Model]) -> bool:
    """Whether a table has many rows, judged by its last row number: one step of the index."""
    if not isinstance(model._meta.pk, BigAutoField):
        return False
    return (model._default_manager.order_by("-pk").values_list("pk", flat=True).first() or 0) > LARGE


def indexed(model: type[Model], name: str) -> bool:
    """Whether an index begins with a column, so that it can be sorted or searched by at once."""
    column = model._meta.get_field(name)
    if isinstance(column, Field) and (
        getattr(column, "db_index", False) or column.unique or column.primary_key
    ):
        return True
    firsts = [index.fields[0] for index in model._meta.indexes if index.fields and index.condition is None]
    firsts += [
        constraint.fields[0]
        for constraint in model._meta.constraints
        if isinstance(constraint, UniqueConstraint) and constraint.fields and constraint.condition is None
    ]
    return name in firsts


def searched(
    register: Register[Any], rows: "QuerySet[Any]", text: str, *, opens: "QuerySet[Any] | None" = None
) -> "QuerySet[Any]":
    """The rows of a queryset in which a searched field holds the text.

    A database cannot know how few rows begin with a word: of a large table it would read every row of the asker's
    area. So the indexes are asked first, for a few more than a page; where that is all there is, these rows are it.
    """
    condition = found_by(register, text, opens=opens)
    if is_large(register.model) and answers_by_index(register):
        every = rows.model._default_manager.filter(condition).order_by().values_list("pk", flat=True)
        keys = list(every[: FEW + 1])
        if len(keys) <= FEW:
            return rows.filter(pk__in=keys)
    return rows.filter(condition)


def answers_by_index(register: Register[Any]) -> bool:
    """Whether every searched field has an index: one that has none would be looked for in every row."""
    return all(
        getattr(register.model_field(one), "is_sealed", False) or indexed(register.model, one.name)
        for one in register.flagged(SEARCH)
    )


def found_by(register: Register[Any], text: str, *, opens: "QuerySet[Any] | None" = None) -> Q:
    """The rows in which a searched field holds the text.

    A sensitive field is found by its whole value only, so that searching cannot guess it digit by digit. A sealed one
    is found through its blind index, and only among the rows that the asker may unmask (``opens``): that a number
    belongs to a row is what the mask hides. A relation is found by what its own register searches.
    """
    large = is_large(register.model)
    condition = Q()
    for field in register.flagged(SEARCH):
        column = register.model_field(field)
        if getattr(column, "is_sealed", False):
            condition |= sealed_match(column, text, opens)
        elif SENSITIVE in field.flags:
            condition |= Q(**{field.name: text})
        elif isinstance(column, ForeignKey):
            other = register_of(column.related_model)
            if other is not None and other.model is not register.model:
                condition |= Q(
                    **{f"{field.name}__in": column.related_model._default_manager.filter(plain(other, text))}
                )
        elif isinstance(column, CharField | TextField):
            condition |= contains(field.name, text, large=large)
    return condition or Q(pk__in=[])


def names_somebody(text: str) -> bool:
    """Whether a searched text is an identity number, alone or within more, or what one is looked up by."""
    return conceal(text) != text or HIDDEN.fullmatch(text.strip()) is not None


def looked_up_by(register: Register[Any]) -> list[Any]:
    """The sealed columns by whose whole value rows of a register are found."""
    columns: list[Any] = [register.model_field(one) for one in register.flagged(SEARCH)]
    return [one for one in columns if getattr(one, "blind", None) is not None]


def unnamed(register: Register[Any], text: str) -> str:
    """A searched text as an address may carry it: no identity number stands in any.

    A whole number becomes what it is looked up by and finds the same rows; within more words it would find nothing.
    """
    if conceal(text) == text or not looked_up_by(register):
        return text
    return f"~{blind(text)}" if LOOKED_UP.fullmatch(text) else conceal(text)


def sealed_match(column: Any, text: str, opens: "QuerySet[Any] | None") -> Q:
    """The rows whose sealed number is the text, as far as this person may open them."""
    hidden = HIDDEN.fullmatch(text) is not None
    if column.blind is None or opens is None or not (hidden or LOOKED_UP.fullmatch(text)):
        return Q(pk__in=[])
    digest = text[1:] if hidden else blind(text)
    return Q(pk__in=opens.filter(**{column.blind.name: digest}).order_by().values("pk"))


def plain(register: Register[Any], text: str) -> Q:
    """Like ``found_by``, in the register's own words only."""
    large = is_large(register.model)
    condition = Q(pk__in=[])
    for field in register.flagged(SEARCH):
        if SENSITIVE not in field.flags and isinstance(register.model_field(field), CharField | TextField):
            condition |= contains(field.name, text, large=large)
    return condition


def contains(name: str, text: str, *, large: bool) -> Q:
    """A column that holds the text; in a large table that begins with it, which a plain index answers."""
    if large:
        return Q(**{f"{name}__gte": text, f"{name}__lt": text + LAST})
    return Q(**{f"{name}__icontains": text})
