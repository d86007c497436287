"""Saving a row so that it leaves a trace: row and entry in one transaction."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import models, transaction

from junheng.platform.audit.append import Actor, append_many, name_of, place_of
from junheng.platform.audit.chain import Draft, plain
from junheng.platform.audit.inserting import plain_type
from junheng.platform.audit.models import Entry, Verb
from junheng.platform.sealing import stored_text


def columns_of(instance: models.Model) -> dict[str, Any]:
    """The row as plain values by column, whether it was read or is about to be written.

    A sealed value stays sealed: the chain holds nothing that outlives the key of whom it is about. The keys
    themselves, and what sealed numbers are looked up by, are in no entry.
    """
    held = instance.__dict__
    return {
        name: asked(instance)
        if type(value := held.get(name, held)) is not kind and (value is not None or not empty)
        else value.isoformat()
        if isinstance(value, date)
        else value
        for name, kind, empty, asked in _readers(type(instance))
    }


@cache
def _readers(model: type[models.Model]) -> list[tuple[str, type | None, bool, Callable[[models.Model], Any]]]:
    """For each column its name, the type of a value that needs no translation, whether that may also be none, and how
    any other is asked for.
    """
    return [
        (field.attname, kind := plain_type(field), kind is not None and field.null, _reader(field))
        for field in model._meta.concrete_fields
        if getattr(field, "audited", True)
    ]


def _reader(field: Any) -> Callable[[models.Model], Any]:
    if getattr(field, "is_sealed", False):
        return lambda instance: stored_text(field, instance)
    return lambda instance: plain(field.to_python(getattr(instance, field.attname)))


def stored_columns(instance: models.Model) -> dict[str, Any] | None:
    """The row as the database has it now; ``None`` if it has none."""
    stored = type(instance)._base_manager.filter(pk=instance.pk).first()
    return None if stored is None else columns_of(stored)


@transaction.atomic
def save_row(
    instance: models.Model, *, by: Actor | str, at: datetime, why: str, verb: str | None = None
) -> Entry | None:
    """Write a row and its entry together. A new row's entry holds every column, a change only what changed.

    Returns the entry; ``None`` where nothing changed, because then nothing happened.
    """
    before = None if instance.pk is None else stored_columns(instance)
    if before is None:
        instance.save(force_insert=True)
        draft = draft_of(instance, None, by=by, at=at, why=why, verb=verb)
    else:
        draft = draft_of(instance, before, by=by, at=at, why=why, verb=verb)
        if draft is not None:
            instance.save(force_update=True)
    return append_many([draft])[0] if draft else None


def draft_of(
    instance: models.Model,
    before: dict[str, Any] | None,
    *,
    by: Actor | str,
    at: datetime,
    why: str,
    verb: str | None = None,
) -> Draft | None:
    """The entry that this state of a row would leave after that one; ``None`` if they are the same."""
    after = columns_of(instance)
    if before is not None:
        changed = [name for name in after if after[name] != before[name]]
        if not changed:
            return None
        before = {name: before[name] for name in changed}
        after = {name: after[name] for name in changed}
    return Draft(
        at=at,
        who=name_of(by),
        why=why,
        verb=verb or (Verb.CREATE.value if before is None else Verb.CHANGE.value),
        table=instance._meta.label_lower,
        before=before,
        after=after,
        **place_of(instance),
    )
