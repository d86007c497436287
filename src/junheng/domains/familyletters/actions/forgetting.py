"""Forgetting: who signed is destroyed some years after the answer day; that somebody signed stays."""

from datetime import date, datetime

from django.db import transaction

from junheng.content.rulebook import PRIVACY
from junheng.domains.familyletters.models import LetterReceipt
from junheng.platform.audit.append import record_table
from junheng.platform.audit.models import Verb
from junheng.platform.retention.rules import years_before
from junheng.platform.sealing.erased import destroy, keys_of, written_down

NIGHT = "夜间任务"
"""Who is written down where nobody ordered it: the rule did."""
AT_ONCE = 20_000
"""Keys of one night; what is left goes the next."""


def forget(*, on: date, at: datetime) -> int:
    """Destroy the keys of receipts whose years are over; answers with how many."""
    until = years_before(on, PRIVACY.keep_receipts.on(on).value)
    due = LetterReceipt.objects.filter(letter__due_on__lte=until).exclude(seal="").order_by("pk")
    keys = keys_of(LetterReceipt, due.values_list("pk", flat=True)[:AT_ONCE])
    if not keys:
        return 0
    with written_down(keys, because=f"family letters until {until}"), transaction.atomic():
        destroy(LetterReceipt, keys)
        record_table(
            LetterReceipt, Verb.DEED.value, by=NIGHT, at=at, why="告家长书签名保存期满，销毁密钥",
            after={"count": len(keys), "until": until.isoformat()},
        )  # fmt: skip
    return len(keys)
