"""Sealed columns: a row holds plain words, the database holds what nobody reads without the keys.

A model with sealed fields has a ``SubjectKeyField`` (the wrapped key of the one its row is about) before them. A value
is opened when somebody asks the row for it and not before, so a list that does not show it does not open it.
"""

from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.lookups import Exact, In, IsNull
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext as _

from junheng.platform.sealing import keeping
from junheng.platform.sealing.cipher import is_sealed, name_in
from junheng.platform.sealing.following import MOVED
from junheng.platform.sealing.following import (
    BlindIndexField as BlindIndexField,  # older migrations look here
)
from junheng.platform.sealing.words import Gone, Sealed, gone


class SealedAttribute(DeferredAttribute):
    """Opens a value when it is asked for."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        held = instance.__dict__.get(self.field.attname)
        if held is None and self.field.attname not in instance.__dict__:
            held = super().__get__(instance, cls)
        return opened(self.field, instance, held) if isinstance(held, Sealed) else held

    def __set__(self, instance: Any, value: Any) -> None:
        name = self.field.attname
        held = instance.__dict__.get(name)
        back = isinstance(held, Sealed) and value and not isinstance(value, Sealed) and value == gone()
        if back and isinstance(opened(self.field, instance, held), Gone):
            return  # the words that stand for a destroyed value came back from a form: nothing was changed
        if name in instance.__dict__ and isinstance(value, Sealed):
            instance.__dict__.setdefault(MOVED, set()).add(name)  # what follows from it follows no longer
        instance.__dict__[name] = value


class SubjectKeyField(models.CharField):  # type: ignore[type-arg]
    """The wrapped key of the one a row is about; empty once it was destroyed. Never shown, never in the audit."""

    audited = False
    holds_key = True

    def __init__(self, verbose_name: Any = None, **options: Any) -> None:
        options |= {"max_length": 120, "editable": False, "blank": True, "default": ""}
        super().__init__(verbose_name, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        for each in ("max_length", "editable", "blank", "default"):
            options.pop(each, None)
        return name, path, args, options

    def pre_save(self, instance: models.Model, add: bool) -> str:
        """A new row gets a key; a row whose key was destroyed gets one when something new is written into it."""
        held = str(getattr(instance, self.attname) or "")
        if held or not (add or keeping.has_plain(instance)):
            return held
        return keeping.ensure_key(instance)


class SealedCharField(models.CharField):  # type: ignore[type-arg]
    """Text that is sealed in the database. ``max_length`` is that of the words; the column takes any length."""

    descriptor_class = SealedAttribute
    is_sealed = True

    @property
    def blind(self) -> BlindIndexField | None:
        """The column that this one is looked up by, if it has one."""
        return blind_of(self)

    def get_internal_type(self) -> str:
        return "TextField"

    def contribute_to_class(self, cls: Any, name: str, *args: Any, **options: Any) -> None:
        super().contribute_to_class(cls, name, *args, **options)
        if not cls._meta.abstract:
            setattr(cls, self.attname, self.descriptor_class(self))

    def from_db_value(self, value: str | None, *_context: Any) -> str | None:
        return Sealed(value) if is_sealed(value) else value

    def to_python(self, value: Any) -> Any:
        """A sealed text (of an entry of the audit) stays sealed; words stay words."""
        if isinstance(value, Sealed):
            return value
        return Sealed(value) if is_sealed(value) else super().to_python(value)

    def clean(self, value: Any, instance: Any) -> Any:
        """Words that only look sealed are refused: nobody seals by typing."""
        if is_sealed(value) and not isinstance(value, Sealed):
            raise ValidationError(_("这里只能填写文字本身，不能填写加密后的内容。"), code="sealed")
        return super().clean(value, instance)

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        return sealed_value(self, instance)

    def get_prep_value(self, value: Any) -> Any:
        return value if isinstance(value, Sealed) else super().get_prep_value(value)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if hasattr(value, "as_sql"):
            return value
        if value and not isinstance(value, Sealed):
            raise TypeError(f"{self}: a sealed column is written through its row, not by a bare statement")
        return value.text if isinstance(value, Sealed) else value

    def get_lookup(self, lookup_name: str) -> Any:
        """What can be asked of the database: whether there is a value, and whole values where a blind index is."""
        return LOOKUPS.get(lookup_name, NotAsked)

    def get_transform(self, lookup_name: str) -> None:
        return None


@cache
def blind_of(field: SealedCharField) -> BlindIndexField | None:
    """The column that a sealed one is looked up by."""
    columns = field.model._meta.concrete_fields
    return next((one for one in columns if isinstance(one, BlindIndexField) and one.of == field.name), None)


class NotAsked(models.Lookup):
    """A question that sealed text cannot answer: a mistake in the program, told at once."""

    def __init__(self, lhs: Any, rhs: Any) -> None:
        raise TypeError(f"{lhs.output_field}: a sealed column is found by its whole value or not at all")


def _blind_lookup(plain: Any) -> Any:
    """A look-up by whole values that asks the blind index instead of the sealed column."""

    def make(lhs: Any, rhs: Any) -> Any:
        field = lhs.output_field
        if plain is Exact and rhs == "":
            return plain(lhs, rhs)
        if field.blind is None:
            return NotAsked(lhs, rhs)
        column = field.blind.get_col(lhs.alias)
        if hasattr(rhs, "as_sql") or hasattr(rhs, "query"):
            return NotAsked(lhs, rhs)
        return plain(column, keeping.blind(rhs) if plain is Exact else [keeping.blind(one) for one in rhs])

    return make


LOOKUPS: dict[str, Any] = {
    "isnull": IsNull,
    "exact": _blind_lookup(Exact),
    "in": _blind_lookup(In),
}


def opened(field: "models.Field[Any, Any]", instance: models.Model, held: Sealed) -> str:
    """The words behind a sealed value of a row, or those that say it was destroyed."""
    key_field = keeping.key_field(type(instance))
    seal = getattr(instance, key_field.attname)
    if not seal or keeping.name_of(seal) != name_in(held.text):
        return gone()
    return keeping.opened_key(instance, seal, held.text).open(keeping.place_of(field), held.text)


def stored_text(field: "models.Field[Any, Any]", instance: models.Model) -> str:
    """A row's value as the database keeps it, for whoever writes it down elsewhere."""
    held = sealed_value(field, instance)
    return held.text if isinstance(held, Sealed) else held or ""


def sealed_value(field: "models.Field[Any, Any]", instance: models.Model) -> Any:
    """A row's value as the database keeps it, sealed now if it still is words."""
    held = instance.__dict__.get(field.attname)
    if held is None and field.attname not in instance.__dict__:
        held = getattr(instance, field.attname)
    if not held or isinstance(held, Sealed):
        return held
    key = keeping.sealing_key(instance)
    return Sealed(key[1].seal(key[0], keeping.place_of(field), str(held)))
