"""What the house does every night: last days that passed too long ago are brought before the city's bureau."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from junheng.content.rulebook import CASEWORK
from junheng.domains.governance.models import CaseDeadline
from junheng.domains.governance.terms import DeadlineState
from junheng.platform.audit.append import append_many
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import columns_of, drafts_of

AT_ONCE = 2_000


@transaction.atomic
def escalate(*, on: date, by: Any, at: datetime, why: str) -> int:
    """Bring what is overdue beyond the days of the rule before the city; a second run on the day finds nothing new."""
    before = on - timedelta(days=CASEWORK.escalate_after.on(on).value)
    late = list(
        CaseDeadline.objects.select_for_update()
        .filter(state=DeadlineState.OPEN, due_on__lt=before, escalated_on=None)
        .order_by("pk")[:AT_ONCE]
    )
    pairs = []
    for one in late:
        was = columns_of(one)
        one.escalated_on = on
        pairs.append((one, was))
    CaseDeadline.objects.bulk_update(late, ["escalated_on"], batch_size=500)
    append_many(list(drafts_of(pairs, by=by, at=at, why=why, verb=Verb.DEED.value)))
    return len(late)
