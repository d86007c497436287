"""What every deed of a round does: hold the round, see that it is its turn, write rows with their entries."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import models

from junheng.domains.areas.policies import check_may
from junheng.domains.quotaplaces.models import (
    QuotaRound,
)
from junheng.domains.quotaplaces.terms import RoundState
from junheng.kernel.errors import Conflict
from junheng.platform.audit.append import append_many
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import columns_of, drafts_of, save_row

M = TypeVar("M", bound=models.Model)


def locked(one: QuotaRound, states: set[RoundState], deed: str, *, by: Any, at: datetime) -> QuotaRound:
    """The round as it stands now, held until the end of the transaction; refused where it is not its turn."""
    one = QuotaRound.objects.select_for_update().get(pk=one.pk)
    check_may(deed, one, by=by, at=at)
    if one.state not in states:
        raise Conflict(
            "round-not-there",
            "{round}现为“{state}”，不能“{deed}”。已公布或封存的内容不再改动；没有做任何改动。",
            round=one.title,
            state=one.get_state_display(),
            deed=deed,
        )
    return one


def advance(one: QuotaRound, to: RoundState, *, by: Any, at: datetime, why: str) -> QuotaRound:
    """Bring a round to its next state."""
    one.state = to
    save_row(one, by=by, at=at, why=why, verb=Verb.DEED.value)
    return one


def write_rows(model: type[M], rows: Sequence[M], *, by: Any, at: datetime, why: str) -> None:
    """Write computed rows with an entry each: new ones are inserted, of the others what changed is written."""
    new = [row for row in rows if row.pk is None]
    old = [row for row in rows if row.pk is not None]
    stored = model._default_manager.in_bulk([row.pk for row in old])
    facts = {"by": by, "at": at, "why": why, "verb": Verb.DEED.value}
    changes = list(drafts_of(((row, columns_of(stored[row.pk])) for row in old), **facts))
    insert_rows(model, new)
    if changes:
        touched = {draft.row for draft in changes}
        changed = [row for row in old if row.pk in touched]
        names = [field.name for field in model._meta.concrete_fields if not field.primary_key]
        model._default_manager.bulk_update(changed, names, batch_size=500)
    append_many([*drafts_of(((row, None) for row in new), **facts), *changes])
