"""The history of a row in words: each entry of the audit as people read it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import ForeignKey, Model
from django.utils.translation import gettext as _

from junheng.platform.audit.history import entries_of
from junheng.platform.audit.models import Entry, Verb
from junheng.platform.registers.declare import F, Register
from junheng.platform.registers.flags import SENSITIVE
from junheng.platform.registers.keys import mask, named
from junheng.platform.registers.registry import register_of
from junheng.platform.registers.values import words
from junheng.platform.sealing import Gone, key_field, sealed_fields

Known = Mapping[tuple[str, Any], str]
"""What related rows are called, by the field that names them and their number; and the keys of the rows themselves."""
KEYS = ""
"""No field is called so: under it and a row's number stands the wrapped key that opens what entries hold sealed."""
TONES = {Verb.CREATE: "good", Verb.BATCH: "good", Verb.RETIRE: "warn", Verb.READ: "warn"}


@dataclass(frozen=True, slots=True)
class Step:
    """One value before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Event:
    """One entry: who did what, when and why, and which values changed."""

    number: int
    at: datetime
    who: str
    why: str
    verb: str
    tone: str
    steps: list[Step]
    note: str
    hash: str
    is_change: bool = False
    """Whether there was something before: a new row is told by its name, not by all its values."""


def story_of(register: Register[Any], row: Model) -> list[Event]:
    """All entries of a row, latest first."""
    entries = entries_of(row)
    names, known = names_in(entries), related_words(register, entries)
    return [event_for(register, entry, names.get(entry.who, entry.who), known=known) for entry in entries]


def names_in(entries: list[Entry]) -> dict[str, str]:
    """What the doers of entries are called, by login name; a closed account keeps its login name."""
    users = get_user_model()._default_manager.filter(username__in={entry.who for entry in entries})
    return {user.get_username(): str(user) for user in users}


def related_words(register: Register[Any], entries: Sequence[Entry]) -> Known:
    """What the rows are called that entries name in relations: one question a table, however many entries."""
    return words_of_many([(register, entries)])[0]


def words_of_many(told: Sequence[tuple[Register[Any], Sequence[Entry]]]) -> list[Known]:
    """The same for entries of many registers; a table that several of them name is asked once."""
    wanted = [numbers_in(register, entries) for register, entries in told]
    numbers: dict[type[Model], set[Any]] = defaultdict(set)
    for one in wanted:
        for model, found in one.values():
            numbers[model] |= found
    names = {model: names_of(model, found) for model, found in numbers.items()}
    return [
        {
            (field, pk): names[model][pk]
            for field, (model, found) in one.items()
            for pk in found
            if pk in names[model]
        }
        | keys_of(register, entries)
        for (register, entries), one in zip(told, wanted, strict=True)
    ]


def numbers_in(register: Register[Any], entries: Sequence[Entry]) -> dict[str, tuple[type[Model], set[Any]]]:
    """Which rows of which table entries name, by the field that names them."""
    stored = [part for entry in entries for part in (entry.before, entry.after) if part]
    found: dict[str, tuple[type[Model], set[Any]]] = {}
    for field in register.fields:
        column = register.model_field(field)
        if not isinstance(column, ForeignKey):
            continue
        numbers = {column.to_python(part[column.attname]) for part in stored if part.get(column.attname)}
        if numbers:
            found[field.name] = (column.related_model, numbers)
    return found


def names_of(model: type[Model], numbers: set[Any]) -> dict[Any, str]:
    """What rows of a table are called."""
    other = register_of(model)
    rows = other.rows() if other else model._base_manager.all()
    return {row.pk: named(row) for row in rows.filter(pk__in=numbers)}


def keys_of(register: Register[Any], entries: Sequence[Entry]) -> dict[tuple[str, Any], str]:
    """The wrapped keys of the rows that entries are about, where the register seals anything."""
    if not sealed_fields(register.model):
        return {}
    mine = {entry.row for entry in entries if entry.row is not None}
    rows = register.model._base_manager.filter(pk__in=mine)
    return {(KEYS, pk): seal for pk, seal in rows.values_list("pk", key_field(register.model).name)}


def event_for(register: Register[Any], entry: Entry, who: str, *, known: Known) -> Event:
    """One entry as people read it; ``known`` are the names of the rows it relates to."""
    return Event(
        number=entry.id,
        at=entry.at,
        who=who,
        why=entry.why,
        verb=entry.get_verb_display(),
        tone=TONES.get(Verb(entry.verb), "calm"),
        steps=steps_of(register, entry, known),
        note=note_of(register, entry),
        hash=entry.hash,
        is_change=entry.before is not None,
    )


def steps_of(register: Register[Any], entry: Entry, known: Known) -> list[Step]:
    """The changed values in the order of the fields. Values of a batch or a reading are none of these."""
    if entry.verb in {Verb.BATCH, Verb.READ, Verb.EXPORT}:
        return []
    seal = known.get((KEYS, entry.row), "")
    before, after = (in_words(register, one, known, seal=seal) for one in (entry.before, entry.after))
    return [
        Step(register.label_of(field), before.get(field.name, ""), after.get(field.name, ""))
        for field in register.fields
        if before.get(field.name, "") != after.get(field.name, "") or masked_change(register, field, entry)
    ]


def masked_change(register: Register[Any], field: F, entry: Entry) -> bool:
    """Whether a sensitive value changed to one with the same mask: the change is shown all the same."""
    name = register.model_field(field).attname
    return (entry.before or {}).get(name) != (entry.after or {}).get(name) and SENSITIVE in field.flags


def in_words(
    register: Register[Any],
    columns: dict[str, Any] | None,
    known: Known,
    *,
    seal: str = "",
    clear: bool = False,
) -> dict[str, str]:
    """Stored columns of an entry as words, by field; ``seal`` opens the sealed ones, unless it was destroyed.

    ``clear`` leaves out the masks: whoever asks for that has noted the reading.
    """
    if not columns:
        return {}
    row = register.model()
    if sealed_fields(register.model):
        setattr(row, key_field(register.model).attname, seal)
    written = [field for field in register.fields if register.model_field(field).attname in columns]
    for field in written:
        column = register.model_field(field)
        setattr(row, column.attname, column.to_python(columns[column.attname]))
    found = {}
    for field in written:
        text = (
            relation_words(register, field, row, known)
            if register.model_field(field).is_relation
            else words(register, field, row)
        )
        found[field.name] = shown(text) if SENSITIVE in field.flags and not clear else text
    return found


def shown(text: str) -> str:
    """A sensitive value with its mask; that it was destroyed is no secret."""
    return text if isinstance(text, Gone) else mask(text)


def relation_words(register: Register[Any], field: F, row: Model, known: Known) -> str:
    """The name of a related row, or its number where it is no longer there."""
    number = getattr(row, register.model_field(field).attname)
    return "" if number is None else known.get((field.name, number), str(number))


def note_of(register: Register[Any], entry: Entry) -> str:
    """What there is to say beside values: the source of a batch, the fields that were read."""
    facts = entry.after or {}
    if entry.verb == Verb.BATCH:
        return _("来源：%(source)s；与同批 %(count)s 行一起写入，校验值 %(digest)s。") % {
            "source": facts.get("source", ""),
            "count": facts.get("count", ""),
            "digest": str(facts.get("digest", ""))[:12],
        }
    if entry.verb == Verb.READ:
        labels = [register.label_of(name) for name in facts.get("fields", []) if register.f(name)]
        return _("查看了：%(fields)s") % {"fields": "、".join(labels)}
    return ""
