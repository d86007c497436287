"""What the house does every night: copies that nobody signed for or answered in time are brought before who sent them."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from junheng.domains.letters.models import Delivery
from junheng.domains.letters.queries import late
from junheng.platform.audit.append import append_many
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import columns_of, drafts_of

AT_ONCE = 5_000


@transaction.atomic
def escalate(*, on: date, by: Any, at: datetime, why: str) -> int:
    """Note the late copies that were not noted before; a second run on the day finds nothing new."""
    rows = Delivery.objects.select_for_update(of=("self",)).filter(late(on), escalated_on=None)
    pairs = []
    for one in rows.order_by("pk")[:AT_ONCE]:
        was = columns_of(one)
        one.escalated_on = on
        pairs.append((one, was))
    Delivery.objects.bulk_update([one for one, _was in pairs], ["escalated_on"], batch_size=500)
    append_many(list(drafts_of(pairs, by=by, at=at, why=why, verb=Verb.DEED.value)))
    return len(pairs)
