"""Drafts: begun, saved at every step, and forgotten after the days that the bureau sets.

A draft is the family's own paper and no record of the bureau: it is sealed, and leaves no entry in the chain. What the
family holds is in the database only as a digest.
"""

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from junheng.domains.registrations.actions.photos import forget_photos
from junheng.domains.registrations.models import Draft
from junheng.domains.registrations.queries.keys import LETTERS, TOKEN, tidy
from junheng.domains.registrations.queries.rules import Form
from junheng.platform.sealing import stored_text

LAST_STEP = 5


@dataclass(frozen=True, slots=True)
class Begun:
    """A draft that is to be inserted."""

    row: Draft


@dataclass(frozen=True, slots=True)
class Saved:
    """What a draft holds now."""

    draft: int
    details: str
    step: int
    at: datetime


def new_token() -> str:
    """What the family's browser holds, and what it types on another phone."""
    return "".join(secrets.choice(LETTERS) for _ in range(TOKEN))


def token_digest(token: str) -> str:
    """What the database holds of it."""
    return hashlib.sha256(tidy(token).encode()).hexdigest()


def begun(
    intake: int, *, token: str, form: Form, at: datetime, by: str = "", changes: int | None = None
) -> Begun:
    """A new draft; ``by`` is the official at the counter, or nobody."""
    row = Draft(
        token=token_digest(token), request_key=secrets.token_hex(16), intake_id=intake, saved_at=at,
        until=at + kept_for(), entered_by=by, changes_id=changes, details=json.dumps(form, ensure_ascii=False),
    )  # fmt: skip
    return Begun(row)


def saved(draft: Draft, form: Form, *, step: int, at: datetime) -> Saved:
    """A draft with another form, sealed and ready to be written."""
    draft.details = json.dumps(form, ensure_ascii=False)
    draft.step = max(draft.step, min(step, LAST_STEP))
    draft.saved_at, draft.until = at, at + kept_for()
    return Saved(draft.pk, stored_text(Draft._meta.get_field("details"), draft), draft.step, at)


def kept_for() -> timedelta:
    """How long a draft is kept after it was saved last."""
    return timedelta(days=settings.JUNHENG_DRAFT_DAYS)


def insert_drafts(drafts: Sequence[Begun]) -> list[Draft]:
    """Write new drafts."""
    rows = [one.row for one in drafts]
    for row in rows:
        row.pk, row._state.adding = None, True
        row.seal = row.seal  # made when the row is written, once
    Draft.objects.bulk_create(rows)
    return rows


def save_drafts(drafts: Sequence[Saved]) -> list[None]:
    """Write what drafts hold now; one that was sent meanwhile stays as it was sent."""
    adapt = connection.ops.adapt_datetimefield_value
    kept = kept_for()
    rows = [(one.details, one.step, adapt(one.at), adapt(one.at + kept), one.draft) for one in drafts]
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE registrations_draft SET details = %s, step = %s, saved_at = %s, until = %s"
            " WHERE id = %s AND application_id IS NULL",
            rows,
        )
    return [None] * len(drafts)


@transaction.atomic
def forget_old(*, at: datetime) -> int:
    """Delete the drafts whose days are over, with their photos; those of an application keep theirs."""
    old = Draft.objects.filter(until__lte=at)
    forget_photos(draft__in=old.filter(application=None))
    count, _ = old.delete()
    return count


def form_of(draft: Any) -> Form:
    """The form that a draft holds."""
    words = draft.details
    found: Form = json.loads(words) if words else {}
    return found
