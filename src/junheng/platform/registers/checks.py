"""Wrong declarations speak when the house starts, with an id and a hint, not when somebody opens a page."""

from collections.abc import Iterator
from typing import Any

from django.core import checks
from django.core.exceptions import FieldDoesNotExist
from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Field,
    ForeignKey,
    IntegerField,
    TextField,
)
from django.db.models.constants import LOOKUP_SEP

from junheng.kernel.datasets import Column
from junheng.platform.access.roles import Role
from junheng.platform.registers.chapters import CHAPTERS
from junheng.platform.registers.declare import Register
from junheng.platform.registers.flags import FILTER, KEY, PUBLIC, SENSITIVE
from junheng.platform.registers.policy_checks import check_policies
from junheng.platform.registers.registry import every_register


@checks.register("registers")
def check_registers(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Everything wrong with any declaration."""
    return [message for register in every_register().values() for message in check_register(register)]


def check_register(register: Register[Any]) -> Iterator[checks.CheckMessage]:
    """Everything wrong with one declaration."""
    if unknown := list(check_fields(register)):
        yield from unknown
        return
    yield from check_flags(register)
    yield from check_paths(register)
    yield from check_words(register)
    yield from check_policies(register)
    if register.fulfils is not None:
        yield from check_contract(register)


def error(register: Register[Any], number: int, words: str, hint: str = "") -> checks.Error:
    """One mistake; the id never changes once published."""
    return checks.Error(
        f"{register!r} {words}", hint=hint or None, obj=register, id=f"registers.E{number:03}"
    )


def check_fields(register: Register[Any]) -> Iterator[checks.CheckMessage]:
    """Every listed field is a column of the model, once."""
    here = sorted(field.name for field in register.model._meta.concrete_fields)
    names = [field.name for field in register.fields]
    if not names:
        yield error(register, 1, "lists no field")
    for name in names:
        if name not in here:
            yield error(
                register,
                2,
                f"lists {name!r}, which {register.model.__name__} lacks",
                f"Fields here: {', '.join(here)}",
            )
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield error(register, 3, f"lists {name!r} twice", "One field, one line.")


def check_flags(register: Register[Any]) -> Iterator[checks.CheckMessage]:
    """Flags that contradict one another."""
    for field in register.fields:
        found = KEY in field.flags and getattr(register.model_field(field), "blind", None) is None
        if SENSITIVE in field.flags and (PUBLIC in field.flags or found):
            yield error(
                register,
                4,
                f"says that {field.name!r} is sensitive and public or a key",
                "Choose one; a sealed key needs a blind index.",
            )
        if FILTER in field.flags and SENSITIVE in field.flags:
            yield error(
                register,
                5,
                f"filters by the sensitive {field.name!r}",
                "A filter would tell what a mask hides.",
            )
        if FILTER in field.flags and isinstance(register.model_field(field), TextField):
            yield error(register, 6, f"filters by the long text {field.name!r}", "Search it instead.")


def check_paths(register: Register[Any]) -> Iterator[checks.CheckMessage]:
    """Every path to an area, a school, a class, a kindergarten, a day or a contract column leads somewhere."""
    for what in ("area", "school", "school_class", "kindergarten", "since", "until"):
        path = getattr(register, what)
        if path is None or (path == "self" and what in {"school", "school_class", "kindergarten"}):
            continue
        end = end_of(register, path)
        if end is None:
            yield error(
                register, 7, f"has {what} = {path!r}, which leads nowhere from {register.model.__name__}"
            )
        elif what in {"since", "until"} and not isinstance(end, DateField):
            yield error(register, 8, f"has {what} = {path!r}, which is not a day")
    for name, path in register.columns.items():
        if register.fulfils is None or name not in register.fulfils.columns:
            yield error(register, 9, f"maps {name!r}, which is no column of its contract")
        elif end_of(register, path) is None:
            yield error(register, 7, f"has columns[{name!r}] = {path!r}, which leads nowhere")


def check_words(register: Register[Any]) -> Iterator[checks.CheckMessage]:
    """Address, chapter, roles and help text are known words."""
    if not register.slug.isascii() or not register.slug.isalnum():
        yield error(register, 10, f"has the address {register.slug!r}", "Lower-case letters only.")
    if register.fulfils is not None and register.fulfils.table != register.slug:
        yield error(
            register,
            11,
            f"is called {register.slug!r}, its contract {register.fulfils.table!r}",
            "Use one name.",
        )
    if register.chapter not in CHAPTERS:
        yield error(
            register, 12, f"is in the chapter {register.chapter!r}", f"Chapters: {', '.join(CHAPTERS)}"
        )
    for what in ("readers", "writers"):
        for role in sorted(set(getattr(register, what) or ()) - set(Role)):
            yield error(
                register, 13, f"names the unknown role {role!r} among its {what}", f"Roles: {', '.join(Role)}"
            )
    if not register.help_text:
        yield error(register, 14, "has no docstring", "Its docstring is the help text on the page.")


def end_of(register: Register[Any], path: str) -> Any:
    """The field at the end of a path; ``None`` if a step is missing."""
    model: Any = register.model
    found: Any = None
    for step in path.split(LOOKUP_SEP):
        if model is None:
            return None
        try:
            found = next(
                (one for one in model._meta.fields if step in {one.name, one.attname}), None
            ) or model._meta.get_field(step)
        except FieldDoesNotExist:
            return None
        model = getattr(found, "related_model", None)
    return found


def check_contract(register: Register[Any]) -> Iterator[checks.CheckMessage]:
    """Every contract column is there, of the promised type, empty only where promised, with the promised values."""
    assert register.fulfils is not None
    for name, column in register.fulfils.columns.items():
        path = register.columns.get(name, name)
        found = end_of(register, "pk" if path == "id" else path) if path != "id" else register.model._meta.pk
        if not isinstance(found, Field):
            yield error(
                register,
                15,
                f"owes its contract the column {name!r}",
                "Add the field, or map it in `columns`.",
            )
            continue
        yield from check_column(register, name, path, column, found)


def check_column(
    register: Register[Any], name: str, path: str, column: Column, found: "Field[Any, Any]"
) -> Iterator[checks.CheckMessage]:
    """One contract column against the field that fulfils it."""
    if (here := type_of(found)) != column.type and not (name == "id" and here in {"int64", "string"}):
        yield error(register, 16, f"fulfils {name!r} ({column.type}) with {path!r}, which holds {here}")
    if found.null and not column.null:
        yield error(register, 17, f"may leave {name!r} empty, which its contract does not allow")
    if column.one_of:
        values = {key for key, _label in found.flatchoices} - {"", None}
        if values != set(column.one_of):
            apart = sorted(map(str, values ^ set(column.one_of)))
            yield error(
                register,
                18,
                f"and its contract differ in the values of {name!r}",
                f"Only on one side: {', '.join(apart)}",
            )


def type_of(field: "Field[Any, Any]") -> str:
    """What a column holds, in the words of a contract; a relation holds what the other table is numbered by."""
    end: Any = field
    while isinstance(end, ForeignKey):
        end = end.target_field
    kinds = (
        (BooleanField, "bool"),
        (DateTimeField, "datetime"),
        (DateField, "date"),
        (IntegerField, "int64"),
        ((CharField, TextField), "string"),
    )
    return next((name for kind, name in kinds if isinstance(end, kind)), type(end).__name__)
