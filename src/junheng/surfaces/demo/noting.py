"""Entries of the demonstration without what is sealed: a seal differs from one building to the next, and the city must not."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction

from junheng.platform.audit.append import append_many
from junheng.platform.audit.chain import Draft
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import draft_of, drafts_of, stored_columns
from junheng.platform.sealing import sealed_fields


def note_new(rows: Sequence[models.Model], *, by: Any, at: datetime, why: str) -> None:
    """The entries of rows of one model that were written just now."""
    note(drafts_of(((row, None) for row in rows), by=by, at=at, why=why, verb=Verb.DEED.value), rows)


@transaction.atomic
def save_noted(row: models.Model, *, by: Any, at: datetime, why: str) -> None:
    """What ``save_row`` does, for a deed whose words are sealed."""
    before = stored_columns(row) if row.pk else None
    row.save()
    draft = draft_of(row, before, by=by, at=at, why=why, verb=Verb.DEED.value)
    note([draft] if draft else [], [row])


def note(drafts: Iterable[Draft], rows: Sequence[models.Model]) -> None:
    """Add entries about rows of one model, less the columns that are sealed."""
    hidden = {one.attname for row in rows[:1] for one in sealed_fields(type(row))}

    def open_columns(columns: dict[str, Any] | None) -> dict[str, Any] | None:
        return columns and {name: value for name, value in columns.items() if name not in hidden}

    append_many(
        [one._replace(before=open_columns(one.before), after=open_columns(one.after)) for one in drafts]
    )
