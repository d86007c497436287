"""By what a row is called outside the house: its key, or its number where it has none."""

from functools import cache
from typing import Any

from django.db.models import ForeignKey, Model, UniqueConstraint

from junheng.platform.registers.declare import F, Register
from junheng.platform.registers.flags import KEY, SENSITIVE
from junheng.platform.registers.registry import register_of
from junheng.platform.sealing import blind_fields

NUMBER = "编号"
"""The heading of the row number in files, for registers whose rows have no key of their own."""


def row_key(register: Register[Any]) -> tuple[F, ...]:
    """The fields that together say which row is meant; empty where only the row number does."""
    keys = register.flagged(KEY)
    if any(isinstance(register.model_field(field), ForeignKey) for field in keys):
        return ()
    return keys if keys and are_unique(register.model, {field.name for field in keys}) else ()


def are_unique(model: type[Model], names: set[str]) -> bool:
    """Whether the table itself keeps two rows from having the same values in these columns.

    Of a sealed column it keeps what its numbers are looked up by.
    """
    names = names | {one.name for one in blind_fields(model) if one.of in names}
    if any(
        field.name in names and (field.unique or field.primary_key) for field in model._meta.concrete_fields
    ):
        return True
    return any(
        isinstance(constraint, UniqueConstraint)
        and constraint.condition is None
        and set(constraint.fields) <= names
        for constraint in model._meta.constraints
    ) or any(set(together) <= names for together in model._meta.unique_together)


def is_numbered(register: Register[Any]) -> bool:
    """Whether files name rows by their number: where nothing else does, or where what does may be masked in them."""
    return not row_key(register) or any(SENSITIVE in one.flags for one in row_key(register))


def reference_field(model: type[Model]) -> str:
    """The one column by which other rows name a row of this model: its key, else its number."""
    register = register_of(model)
    keys = row_key(register) if register else ()
    return keys[0].name if len(keys) == 1 else "pk"


def reference(row: Model | None) -> str:
    """How a relation is written in a file or a form: the key, a blank, and the name for people to read."""
    if row is None:
        return ""
    key = str(getattr(row, reference_field(type(row))))
    name = named(row)
    return key if name == key else f"{key} {name}"


def named(row: Model) -> str:
    """What a row is called, with sensitive values in it masked: a pupil's name is part of many names.

    Looks at the row and at the relations that are loaded already, because a name is made of no others.
    """
    text = str(row)
    own, relations = sensitive_parts(type(row))
    for value in words_in(row, own):
        text = text.replace(value, mask(value))
    for column in relations:
        if column.is_cached(row) and (related := getattr(row, column.name)) is not None:
            for value in words_in(related, sensitive_fields(type(related))):
                text = text.replace(value, mask(value))
    return text


@cache
def sensitive_parts(model: type[Model]) -> "tuple[tuple[str, ...], tuple[ForeignKey[Any, Any], ...]]":
    """The sensitive fields of a model, and its relations to models that have some."""
    columns = model._meta.concrete_fields
    relations = [
        one for one in columns if isinstance(one, ForeignKey) and sensitive_fields(one.related_model)
    ]
    return sensitive_fields(model), tuple(relations)


def sensitive_fields(model: Any) -> tuple[str, ...]:
    """The names of a model's sensitive fields that a row may be called by: a sealed value is part of no name."""
    register = register_of(model)
    if register is None:
        return ()
    return tuple(
        field.name
        for field in register.flagged(SENSITIVE)
        if not getattr(register.model_field(field), "is_sealed", False)
    )


def words_in(row: Model, names: tuple[str, ...]) -> list[str]:
    """The words that a row has in these fields."""
    return [value for name in names if isinstance(value := getattr(row, name), str) and value]


def mask(text: str) -> str:
    """A value with its middle hidden: enough to recognise, too little to know.

    >>> mask("13912345678"), mask("王小明"), mask("某路12号"), mask("王"), mask("")
    ('139****5678', '王**', '某****', '*', '')
    """
    if len(text) >= 8 and text.isascii():
        return f"{text[:3]}****{text[-4:]}"
    return text[:1] + "*" * min(len(text) - 1, 4) if len(text) > 1 else "*" * len(text)


def key_part(text: str) -> str:
    """The key of a written relation: what stands before the first blank."""
    return text.strip().split(maxsplit=1)[0] if text.strip() else ""
