"""The lists of proposals: which wait for me, which are mine, which a level below has left lying."""

from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from junheng.kernel.workdays import days_overdue_since
from junheng.platform.audit.append import place_of
from junheng.platform.registers import Register
from junheng.platform.registers.asker import Asker
from junheng.platform.stewardship.deciding import for_own_level, left_below, visible
from junheng.platform.stewardship.limits import limits_on
from junheng.platform.stewardship.models import Proposal, State

SHOWS = ("waiting", "below", "own", "done")
"""The lists of the page: for me to decide, late below me, made by me, decided lately."""
MOST = 100
"""Proposals on one page, the oldest ones; it says how many there are."""


def local_day(moment: datetime) -> date:
    """The day of a moment in Shanghai."""
    return timezone.localdate(moment)


def late_of(proposals: "QuerySet[Proposal]", day: date) -> "QuerySet[Proposal]":
    """Those that should have been decided before a day."""
    last = days_overdue_since(day, limits_on(day).decide)
    end = timezone.make_aware(datetime.combine(last, time.max))
    return proposals.filter(at__lte=end)


def listed(show: str, asker: Asker, *, on: date) -> "QuerySet[Proposal]":
    """The proposals of one list."""
    if show == "below":
        found = late_of(left_below(asker), on)
    elif show == "own":
        found = visible(asker).filter(by=asker.user, state=State.PENDING)
    elif show == "done":
        found = visible(asker).exclude(state=State.PENDING).order_by("-decided_at", "-id")
    else:
        found = for_own_level(asker)
    return found.select_related("by", "decided_by")


def pending_of(register: Register[Any], row: Any) -> list[Proposal]:
    """The pending proposals about a row that somebody sees already."""
    found = Proposal.objects.filter(register=register.slug, state=State.PENDING, **place_of(row))
    return list(found.select_related("by").order_by("at", "id"))
