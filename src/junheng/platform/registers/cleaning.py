"""Cleaning cells column by column: the fields of the register's form, asked once for each different text."""

from collections.abc import Mapping
from inspect import getattr_static
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.db.models import CharField as ModelCharField
from django.db.models import Field as ModelField
from django.db.models import ForeignKey, Model
from django.db.models.base import ModelState
from django.db.models.query_utils import DeferredAttribute
from django.forms import CharField, Field

from junheng.platform.registers.asker import Asker
from junheng.platform.registers.declare import Register
from junheng.platform.registers.formfields import KeyField
from junheng.platform.registers.forms import LookUp, editable, form_class

Cleaned = tuple[Any, "ValidationError | None"]
REMEMBERED = 20_000
"""Different texts of one column whose meaning is kept."""


PLAIN = (MaxLengthValidator, ProhibitNullCharactersValidator)
"""Validators that a printable text of the right length passes."""


def longest_plain(field: Field, column: "ModelField[Any, Any]") -> int:
    """Up to which length a printable text in a column stays as it is and nothing can be wrong with it; else 0.

    Then neither the form nor the model need be asked: both take any words, and only count their letters.
    """
    if type(field) is not CharField or type(column) is not ModelCharField or column.choices:
        return 0
    checks = [*field.validators, *column.validators]
    if not (field.strip and all(type(one) in PLAIN for one in checks)):
        return 0
    limits = [one.limit_value for one in checks if isinstance(one, MaxLengthValidator)]
    return 0 if not limits or any(callable(one) for one in limits) else min(limits)


def is_held(model: type[Model], name: str) -> bool:
    """Whether setting a column only keeps its value in the row: nothing else listens."""
    return (
        model.__setattr__ is object.__setattr__
        and type(getattr_static(model, name, None)) is DeferredAttribute
    )


class Known(dict[str, Cleaned]):
    """What the texts of one column mean. Plain words are not kept: they mean themselves."""

    def __init__(self, cleaner: "Cleaner", name: str) -> None:
        self.cleaner = cleaner
        self.name = name

    def __missing__(self, text: str) -> Cleaned:
        if 0 < len(text) <= self.cleaner.longest[self.name] and text.isprintable() and text == text.strip():
            return text, None
        found = self.cleaner.clean(self.name, text)
        if len(self) < REMEMBERED:
            self[text] = found
        return found


class Cleaner:
    """Turns texts into values as the form would, without making a form for every line.

    A value depends on its text alone, so it is cleaned once; fifty thousand lines have few different words. What
    concerns several cells is asked of the row (``rules_of``), and what concerns several rows of the table.
    """

    def __init__(self, register: Register[Any], asker: Asker, look_ups: dict[str, LookUp]) -> None:
        self.fields = form_class(register)(asker=asker, look_ups=look_ups).fields
        self.find_by(look_ups)
        self.columns = {one.name: register.model_field(one) for one in editable(register)}
        self.known = {name: Known(self, name) for name in self.columns}
        self.longest = {name: longest_plain(self.fields[name], one) for name, one in self.columns.items()}
        self.held = {name for name in self.columns if is_held(register.model, name)}
        self.related = {name for name, one in self.columns.items() if type(one) is ForeignKey}
        self.has_rules = register.model.clean is not Model.clean
        blank = register.model()
        self.defaults = {
            name
            for name, column in self.columns.items()
            if column.has_default() and not isinstance(column, ForeignKey)
        }
        self.blank = blank
        self.steps = [
            (
                name,
                known,
                name in self.defaults,
                None if name in self.held else self.relate if name in self.related else setattr,
            )
            for name, known in self.known.items()
        ]
        """For each column how a new row gets its value: as it is, as the row it names, or as the column wants it."""
        self.alike = not any(
            callable(one.default) and one.has_default() for one in register.model._meta.concrete_fields
        )

    def new_row(self) -> Model:
        """A new row with the defaults of its columns: a copy where they are the same for every row."""
        model: Any = type(self.blank)
        if not self.alike:
            made: Model = model()
            return made
        row: Model = object.__new__(model)
        row.__dict__.update(self.blank.__dict__)
        row._state = ModelState()
        return row

    def begun(self, cells: Mapping[str, str]) -> Model | None:
        """A new row with the values of a line; ``None`` where anything is wrong with it."""
        row = self.new_row()
        kept = row.__dict__
        for name, known, may_lack, put in self.steps:
            text = cells.get(name, "")
            if may_lack and not text:
                continue
            value, wrong = known[text]
            if wrong is not None:
                return None
            if put is None:
                kept[name] = value
            else:
                put(row, name, value)
        return None if self.has_rules and self.rules_of(row) else row

    def relate(self, row: Model, name: str, value: Model | None) -> None:
        """Have a row name another one, which was looked up and is of the right kind."""
        column: Any = self.columns[name]
        row.__dict__[column.attname] = value and getattr(value, column.target_field.attname)
        column.set_cached_value(row, value)

    def value(self, name: str, text: str) -> Cleaned:
        """The value of a text in a column, or what is wrong with it."""
        return self.known[name][text]

    def find_by(self, look_ups: Mapping[str, LookUp]) -> None:
        """Have relations found in this way from now on; what was found stays known."""
        for name, look in look_ups.items():
            field = self.fields[name]
            assert isinstance(field, KeyField)
            field.look_up = look

    def clean(self, name: str, text: str) -> Cleaned:
        """Ask the form's field, then the model's column."""
        column = self.columns[name]
        try:
            value = self.fields[name].clean(text)
            if not isinstance(column, ForeignKey) and not (column.blank and value in column.empty_values):
                value = column.clean(value, self.blank)
        except ValidationError as wrong:
            return None, wrong
        return value, None

    def rules_of(self, row: Model) -> dict[str, list[ValidationError]]:
        """What the model says about a row whose cells are in order, by field; empty if nothing."""
        if not self.has_rules:
            return {}
        try:
            row.clean()
        except ValidationError as wrong:
            return wrong.error_dict if hasattr(wrong, "error_dict") else {"": wrong.error_list}
        return {}
