"""Saving a row so that it leaves a trace: row and entry in one transaction."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import cache
from types import NoneType
from typing import Any

from django.db import models, transaction

from junheng.platform.audit.append import Actor, append_many, name_of, place_of
from junheng.platform.audit.chain import Draft, plain
from junheng.platform.audit.inserting import AtOnce, plain_type
from junheng.platform.audit.models import Entry, Verb
from junheng.platform.sealing import stored_text


def columns_of(instance: models.Model) -> dict[str, Any]:
    """The row as plain values by column, whether it was read or is about to be written.

    A sealed value stays sealed: the chain holds nothing that outlives the key of whom it is about. The keys
    themselves, and what sealed numbers are looked up by, are in no entry.
    """
    at_once = _columns(type(instance))
    return dict(zip(at_once.names, at_once.values(instance), strict=True))


@cache
def _columns(model: type[models.Model]) -> AtOnce:
    """The columns of a model that entries keep, and how each is asked for."""
    fields = [one for one in model._meta.concrete_fields if getattr(one, "audited", True)]
    return AtOnce(fields, [_reader(one) for one in fields], _is_plain)


def _is_plain(field: Any, kind: type) -> bool:
    """Whether an entry keeps a value of this type as the row holds it."""
    wanted = plain_type(field)
    if wanted is None:
        return False
    return bool(field.null) if kind is NoneType else kind is wanted and kind is not date


def _reader(field: Any) -> Callable[[models.Model], Any]:
    if getattr(field, "is_sealed", False):
        return lambda instance: stored_text(field, instance)
    name = field.attname

    def asked(instance: models.Model) -> Any:
        value = getattr(instance, name)
        return value.isoformat() if type(value) is date else plain(field.to_python(value))

    return asked


def stored_columns(instance: models.Model) -> dict[str, Any] | None:
    """The row as the database has it now; ``None`` if it has none."""
    stored = type(instance)._base_manager.filter(pk=instance.pk).first()
    return None if stored is None else columns_of(stored)


@transaction.atomic
def save_row(
    instance: models.Model,
    *,
    by: Actor | str,
    at: datetime,
    why: str,
    verb: str | None = None,
    before: dict[str, Any] | None = None,
) -> Entry | None:
    """Write a row and its entry together. A new row's entry holds every column, a change only what changed.

    Returns the entry; ``None`` where nothing changed, because then nothing happened. ``before`` are the stored columns
    where they were read in the same transaction already.
    """
    if before is None and instance.pk is not None:
        before = stored_columns(instance)
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


def drafts_of(
    rows: Iterable[tuple[models.Model, dict[str, Any] | None]],
    *,
    by: Actor | str,
    at: datetime,
    why: str,
    verb: str | None = None,
) -> Iterator[Draft]:
    """The entries that many rows of one model would leave, each with its columns until now; none where nothing changed.

    What ``draft_of`` says of one row, with fewer steps for each: ten thousand come at a time.
    """
    who, begun = name_of(by), verb or Verb.CREATE.value
    for row, before in rows:
        if before is None and type(key := row.pk) is int:
            yield Draft(at, who, why, begun, row._meta.label_lower, key, "", None, columns_of(row))
        elif draft := draft_of(row, before, by=who, at=at, why=why, verb=verb):
            yield draft
