"""The JSON of a register's rows as a JSON Schema, made from the declaration."""

from typing import Any

from django.db.models import BooleanField, DateField, DateTimeField, ForeignKey, IntegerField

from junheng.platform.registers.api.offering import public_fields
from junheng.platform.registers.declare import F, Register
from junheng.platform.registers.flags import FIXED, KEY, SENSITIVE
from junheng.platform.registers.forms import editable
from junheng.platform.registers.keys import reference_field
from junheng.platform.registers.registry import register_of

Schema = dict[str, Any]


def row_schema(register: Register[Any]) -> Schema:
    """A row as it is read. Which of the fields are there depends on who asks and on ``fields``."""
    number = "integer" if isinstance(register.model._meta.pk, IntegerField) else "string"
    public = set(public_fields(register))
    return {
        "type": "object",
        "description": register.help_text,
        "properties": {
            "id": {"type": number},
            **{one.name: read_schema(register, one, public=one in public) for one in register.fields},
        },
        "required": ["id"],
        "additionalProperties": False,
    }


def read_schema(register: Register[Any], one: F, *, public: bool) -> Schema:
    """One value as it is read."""
    column = register.model_field(one)
    if SENSITIVE in one.flags:
        found: Schema = {"type": "string", "x-masked": True}
    elif isinstance(column, ForeignKey):
        found = {"$ref": "#/components/schemas/Reference"}
    else:
        found = value_schema(register, one)
    if column.null and SENSITIVE not in one.flags:
        found = nullable(found)
    return {"title": title_of(register, one)} | found | {"x-public": public}


def title_of(register: Register[Any], one: F) -> str:
    """The label, with money in fen as this side has it."""
    return str(register.model_field(one).verbose_name)


def value_schema(register: Register[Any], one: F) -> Schema:
    """One plain value."""
    column = register.model_field(one)
    if column.choices:
        kind = "integer" if isinstance(column, IntegerField) else "string"
        values = [key for key, _label in column.flatchoices if key not in {"", None}]
        return {"type": kind, "enum": [*values, *([""] if column.blank and kind == "string" else [])]}
    if isinstance(column, BooleanField):
        return {"type": "boolean"}
    if isinstance(column, IntegerField):
        return {"type": "integer"} | ({"x-unit": "分"} if register.is_money(one) else {})
    if isinstance(column, DateTimeField):
        return {"type": "string", "format": "date-time"}
    if isinstance(column, DateField):
        return {"type": "string", "format": "date"}
    return {"type": "string"} | ({"maxLength": column.max_length} if column.max_length else {})


def nullable(schema: Schema) -> Schema:
    """The same, or null."""
    if "$ref" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    more = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return schema | {"type": [schema["type"], "null"]} | more


def values_schema(register: Register[Any]) -> Schema | None:
    """The values a program gives for a row; ``None`` where only actions write."""
    fields = editable(register)
    if not fields or register.writers == frozenset():
        return None
    return {
        "type": "object",
        "properties": {one.name: given_schema(register, one) for one in fields if FIXED not in one.flags},
        "additionalProperties": False,
    }


def given_schema(register: Register[Any], one: F) -> Schema:
    """One value as it is given: a relation by its key, or as it was read."""
    column = register.model_field(one)
    if isinstance(column, ForeignKey):
        other = register_of(column.related_model)
        by = reference_field(column.related_model)
        found: Schema = {
            "description": f"{other.slug if other else column.related_model.__name__}.{by}",
            "anyOf": [
                {"type": "string"},
                {"type": "integer"},
                {"$ref": "#/components/schemas/Reference"},
                {"type": "null"},
            ],
        }
    else:
        found = nullable(value_schema(register, one))
    key = {"x-key": True} if KEY in one.flags else {}
    return {"title": title_of(register, one)} | found | key
