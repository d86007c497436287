"""The one form of a register: a page fills it by hand, an import fills it a line at a time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model

from junheng.platform.registers.asker import Asker
from junheng.platform.registers.declare import F, Register
from junheng.platform.registers.flags import FIXED, SEARCH, SENSITIVE
from junheng.platform.registers.formfields import KeyField, WordChoiceField, form_field
from junheng.platform.registers.keys import key_part, mask, reference, reference_field
from junheng.platform.registers.registry import register_of
from junheng.platform.registers.search import LOOKED_UP, looked_up_by
from junheng.platform.registers.values import words, written
from junheng.platform.sealing import blind, blind_fields, freshen

SUGGESTED = 300
"""A relation with at most so many rows gets a list of suggestions under its box."""
LookUp = Callable[[str], list[Any]]


class RowForm(forms.ModelForm):  # type: ignore[type-arg]
    """Edits one row, existing or new. Values are read as files write them, so page and file agree.

    A sensitive value stands masked unless ``clear``; left as it is, it keeps what is stored. ``table_decides`` leaves
    what only the table knows (unique keys, constraints) to the writing, which an import does at once anyway, and
    ``stored`` spares it writing down the row a second time.
    """

    register: Register[Any]
    doubts: Sequence[str] = ()
    """What is unusual about the row, where that was found: it is saved with an explanation."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        asker: Asker,
        instance: Model | None = None,
        look_ups: Mapping[str, LookUp] | None = None,
        clear: bool = False,
        table_decides: bool = False,
        stored: Mapping[str, str] | None = None,
    ) -> None:
        self.table_decides = table_decides
        self.stored = stored or ({} if instance is None else as_written(self.register, instance))
        self.masks = {} if instance is None or clear else masked_values(self.register, instance)
        initial = {name: self.masks.get(name, text) for name, text in self.stored.items()}
        for name, field in self.base_fields.items():
            if isinstance(field, WordChoiceField) and instance is not None:
                initial[name] = getattr(instance, name)
        super().__init__(data, instance=instance, initial=initial, use_required_attribute=True)
        for name, field in self.fields.items():
            if isinstance(field, KeyField):
                look = (look_ups or {}).get(name) or look_up(self.register, name, asker)
                field.look_up = self.keeping(name, look)
            if name in self.masks:
                field.widget = forms.TextInput()

    def _post_clean(self) -> None:
        """Ask the model about the row. Relations are not looked up again: their field did that."""
        exclude: set[str] = self._get_validation_exclusions()  # type: ignore[attr-defined] # not in the stubs
        exclude -= {one.name for one in blind_fields(self.register.model) if one.of not in exclude}
        found = {name for name, field in self.fields.items() if isinstance(field, KeyField)}
        self.instance = forms.models.construct_instance(self, self.instance, self._meta.fields)
        steps = [lambda: self.instance.clean_fields(exclude=exclude | found), self.instance.clean]
        if not self.table_decides:
            freshen(self.instance)
            steps += [
                lambda: self.instance.validate_unique(exclude=exclude),
                lambda: self.instance.validate_constraints(exclude=exclude),
            ]
        for step in steps:
            try:
                step()
            except ValidationError as wrong:
                self._update_errors(wrong)  # type: ignore[attr-defined] # not in the stubs
                exclude |= set(self.errors)

    def keeping(self, name: str, look: LookUp) -> LookUp:
        """A look-up that leaves a relation as it is where nothing else was written, whoever asks."""
        kept = self.stored.get(name)
        there = getattr(self.instance, name) if kept else None
        return lambda text: [there] if kept and text == kept else look(text)

    def full_clean(self) -> None:
        """Clean what was meant, and keep what was sent: a form shown again still shows the masks."""
        sent = self.data
        self.data = {name: self.unmasked(name, value) for name, value in sent.items()} if self.masks else sent
        super().full_clean()
        self.data = sent

    def unmasked(self, name: str, value: Any) -> Any:
        """What was meant by a sensitive value that came back masked: no change."""
        return self.stored[name] if name in self.masks and value == self.masks[name] else value


def as_written(register: Register[Any], row: Model) -> dict[str, str]:
    """The row as a file has it, by field."""
    return {field.name: written(register, field, row) for field in register.fields}


def masked_values(register: Register[Any], row: Model) -> dict[str, str]:
    """The masks of the sensitive values that are there."""
    return {
        field.name: mask(text)
        for field in register.flagged(SENSITIVE)
        if (text := words(register, field, row))
    }


def editable(register: Register[Any]) -> list[F]:
    """The fields that a form or an import changes."""
    return [
        field for field in register.fields if FIXED not in field.flags and model_editable(register, field)
    ]


def model_editable(register: Register[Any], field: F) -> bool:
    """Whether the model lets a column be filled in at all."""
    column = register.model_field(field)
    return column.editable and not column.auto_created


def can_begin(register: Register[Any]) -> bool:
    """Whether a new row can be made by form or import: no value that it needs is left to an action."""
    shown = {field.name for field in editable(register)}
    for column in register.model._meta.concrete_fields:
        needed = not (column.null or column.blank or column.has_default() or column.auto_created)
        if needed and column.name not in shown:
            return False
    return bool(shown)


@cache
def form_class(register: Register[Any]) -> type[RowForm]:
    """The form of a register, made once from its declaration."""

    def make(column: Any, **_kwargs: Any) -> forms.Field | None:
        return form_field(
            column,
            money=register.is_money(column.name),
            term=register.is_term(column.name),
            label=register.label_of(column.name),
        )

    names = [field.name for field in editable(register)]
    made = forms.modelform_factory(register.model, form=RowForm, fields=names, formfield_callback=make)
    return type(made.__name__, (made,), {"register": register})


def look_up(register: Register[Any], name: str, asker: Asker) -> LookUp:
    """How a written relation is found: by key, else by a name that only one row has."""
    column = register.model_field(name)
    model = column.related_model
    other = register_of(model)  # type: ignore[arg-type]

    def find(text: str) -> list[Any]:
        rows = other.rows() if other else model._default_manager.all()  # type: ignore[union-attr]
        rows = asker.may_refer_to(other, rows) if other else rows
        for condition in meanings(other, model, text):
            try:
                here = meant(asker, other, rows, condition) if other else rows
                if found := list(here.filter(**condition)[:2]):
                    return found
            except (ValueError, OverflowError):
                continue
        return []

    return find


def meanings(other: Register[Any] | None, model: Any, text: str) -> list[dict[str, Any]]:
    """The conditions under which a row could be meant by a text, most likely first."""
    key = reference_field(model)
    typed = key_part(text)
    found: list[dict[str, Any]] = []
    if key != "pk" or (typed.isascii() and typed.isdigit() and len(typed) < 19):
        found.append({key: typed})
    if other is not None:
        searched = [one for one in other.flagged(SEARCH) if SENSITIVE not in one.flags]
        found += [{one.name: text} for one in searched if not isinstance(other.model_field(one), ForeignKey)]
        if LOOKED_UP.fullmatch(typed):
            found += [{one.blind.name: blind(typed)} for one in looked_up_by(other)]
    return found


def meant(asker: Asker, other: Register[Any], rows: Any, columns: Iterable[str]) -> Any:
    """The rows that may be asked for by these columns: by a sealed number only those whose number one may see."""
    by_number = {one.blind.name for one in looked_up_by(other)} & set(columns)
    return asker.found_by_number(rows, other) if by_number else rows


def suggestions(register: Register[Any], name: str, asker: Asker) -> list[str]:
    """What could be written in a relation's box, where there are few enough rows to list."""
    other = register_of(register.model_field(name).related_model)  # type: ignore[arg-type]
    if other is None:
        return []
    rows = list(asker.may_refer_to(other, other.rows()).order_by("pk")[: SUGGESTED + 1])
    return [reference(row) for row in rows] if len(rows) <= SUGGESTED else []
