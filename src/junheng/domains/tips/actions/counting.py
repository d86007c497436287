"""Counting what comes from one address, and altogether: in the database, so that all processes count together."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from junheng.domains.tips.models import TipSource
from junheng.domains.tips.queries.codes import source_of
from junheng.domains.tips.queries.faults import too_often

FROM_ONE, WINDOW = 6, timedelta(minutes=10)
"""Tips that one address may send in a while: a household or a classroom shares one."""
ALTOGETHER, MINUTE = 60, timedelta(minutes=1)
"""Tips in a minute from which on the desk does not see the next at once: they wait, none is lost."""
EVERYBODY = "all"


def check_source(address: str, *, at: datetime) -> None:
    """Count one more from an address; refuses with the time to wait once it is too many."""
    count, until = counted(source_of(address, on=timezone.localdate(at)), WINDOW, at=at)
    if count > FROM_ONE:
        raise too_often(max(1, -(-int((until - at).total_seconds()) // 60)))


def is_flooded(*, at: datetime) -> bool:
    """Count one more tip altogether; whether there are so many that they have to queue."""
    return counted(EVERYBODY, MINUTE, at=at)[0] > ALTOGETHER


@transaction.atomic
def counted(digest: str, window: timedelta, *, at: datetime) -> tuple[int, datetime]:
    """Count one more, and answer how many there were in the window and when it ends."""
    forget_sources(at=at)
    TipSource.objects.get_or_create(digest=digest, defaults={"until": at + window})
    TipSource.objects.filter(digest=digest).update(count=F("count") + 1)
    row = TipSource.objects.get(digest=digest)
    return row.count, row.until


def forget_sources(*, at: datetime) -> int:
    """Delete what was counted; a digest of an address is kept for less than a day."""
    return TipSource.objects.filter(until__lte=at).delete()[0]
