"""Two people edit one row: what each changed, field by field, and a proposal in which nothing is lost."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model

from junheng.platform.audit.history import changes_since
from junheng.platform.audit.models import Entry
from junheng.platform.registers.declare import F, Register
from junheng.platform.registers.flags import SENSITIVE
from junheng.platform.registers.formfields import KeyField, MomentInput, TermField, WordChoiceField
from junheng.platform.registers.forms import as_written, editable, form_class
from junheng.platform.registers.keys import key_part, mask
from junheng.platform.registers.values import term_label


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that somebody changed: what it was, what it is now, what the second person entered.

    ``clash`` says that both changed it and not to the same: somebody must choose.
    """

    name: str
    label: str
    before: str
    now: str
    entered: str
    clash: bool


@dataclass(frozen=True, slots=True)
class Merge:
    """What happened in between, the differences, and the data with which the form goes on."""

    entries: list[Entry]
    differences: list[Difference]
    data: dict[str, Any]


def merge(register: Register[Any], row: Model, posted: Mapping[str, Any], version: int) -> Merge:
    """Put together the row as it is now and what somebody entered who began from an older version.

    What only one of them changed is taken; where both did, the entered value stands in the form and both are shown.
    """
    entries = changes_since(row, version)
    before = as_written(register, as_it_was(row, entries))
    now = as_written(register, row)
    base_fields = form_class(register).base_fields
    data: dict[str, Any] = dict(posted)
    differences = []
    for field in editable(register):
        name = field.name
        entered = as_file(base_fields[name], str(posted.get(name, "")))
        if SENSITIVE in field.flags and entered == mask(before[name]):
            entered = before[name]
        mine = not same(base_fields[name], entered, before[name])
        theirs = now[name] != before[name]
        if theirs and not mine:
            data[name] = hidden(field, now[name])
        if theirs or mine:
            clash = theirs and mine and not same(base_fields[name], entered, now[name])
            differences.append(
                Difference(
                    name=name,
                    label=register.label_of(field),
                    before=hidden(field, before[name]),
                    now=hidden(field, now[name]),
                    entered=entered if mine else "",
                    clash=clash,
                )
            )
    return Merge(entries, differences, data)


def as_it_was(row: Model, entries: list[Entry]) -> Model:
    """The row before these entries, earliest first: each column's oldest value."""
    older = copy(row)
    older._state = copy(row._state)
    older._state.fields_cache = dict(row._state.fields_cache)
    columns = {column.attname: column for column in row._meta.concrete_fields}
    for entry in reversed(entries):
        for attname, value in (entry.before or {}).items():
            if attname in columns:
                setattr(older, attname, columns[attname].to_python(value))
    return older


def as_file(field: forms.Field, text: str) -> str:
    """What a browser sent, written as a file has it: labels for choices, a blank before the time."""
    if isinstance(field, WordChoiceField):
        return field.label_of(text)
    if isinstance(field.widget, MomentInput):
        return text.replace("T", " ", 1)
    if isinstance(field, TermField):
        return term_label(text.strip())
    return text.strip().replace("\r\n", "\n")


def same(field: forms.Field, one: str, other: str) -> bool:
    """Whether two written values mean the same."""
    if isinstance(field, KeyField):
        return key_part(one) == key_part(other)
    if isinstance(field.widget, MomentInput):
        return one[:16] == other[:16] and one[16:] in {"", other[16:]}
    return one == other.replace("\r\n", "\n").strip()


def hidden(field: F, text: str) -> str:
    """A value as it may be shown here."""
    return mask(text) if SENSITIVE in field.flags else text
