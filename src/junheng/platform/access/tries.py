"""Counting wrong tries at a secret: a token, a code, an invitation. Kept in the database, so that processes count together."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from junheng.kernel.errors import NotFound, Refusal
from junheng.platform.access.models import Tries

WINDOW = timedelta(minutes=15)
"""How long wrong tries are remembered, counted from the first of them."""


@transaction.atomic
def note_wrong(key: str, *, at: datetime) -> int:
    """Count one more wrong try and answer how many there were in the window. What ran out is swept on the way."""
    Tries.objects.filter(until__lte=at).delete()
    Tries.objects.get_or_create(key=key[:120], defaults={"until": at + WINDOW})
    Tries.objects.filter(key=key[:120]).update(count=F("count") + 1)
    return wrong_so_far(key, at=at)


def wrong_so_far(key: str, *, at: datetime) -> int:
    """The wrong tries of the window."""
    return Tries.objects.filter(key=key[:120], until__gt=at).values_list("count", flat=True).first() or 0


def most_wrong(*keys: str, at: datetime) -> int:
    """The wrong tries of the window at whichever of some keys has most of them, in one question."""
    rows = Tries.objects.filter(key__in=[key[:120] for key in keys], until__gt=at)
    return max(rows.values_list("count", flat=True), default=0)


def check_tries(*keys: str, most: int, at: datetime) -> None:
    """Refuse whoever asked wrongly too often under any of some keys."""
    if most_wrong(*keys, at=at) >= most:
        raise Refusal("too-many-tries", "查询错误次数过多，请 15 分钟后再试，或到学校查询。")


@contextmanager
def counted(limits: Mapping[str, int], *, at: datetime) -> Iterator[None]:
    """Refuse whoever was wrong too often under any of some keys; what is not found within is one more wrong try of each.

    ``limits`` says how many wrong tries each key has.
    """
    for key, most in limits.items():
        check_tries(key, most=most, at=at)
    try:
        yield
    except NotFound:
        for key in limits:
            note_wrong(key, at=at)
        raise


def forget_wrong(key: str) -> None:
    """A right try wipes out the wrong ones."""
    Tries.objects.filter(key=key[:120]).delete()
