"""Questions about letters, meetings and tasks: what waits, what is late, and the counts of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from junheng.domains.letters.models import Commitment, Delivery, PlanTask
from junheng.domains.letters.terms import DeliveryState, PromiseState

UNRECEIVED = Q(state=DeliveryState.SENT)
UNANSWERED = Q(state__in=(DeliveryState.SENT, DeliveryState.RECEIVED), reply_by__isnull=False)


def late(on: date) -> Q:
    """Copies that were not received or not answered in time."""
    return UNRECEIVED & Q(receive_by__lt=on) | UNANSWERED & Q(reply_by__lt=on)


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies of one letter, counted."""

    sent: int = 0
    received: int = 0
    replied: int = 0
    late: int = 0


def copies_of(letters: Iterable[Any], *, on: date) -> dict[int, Copies]:
    """The copies of each letter, in one question."""
    groups = (
        Delivery.objects.filter(letter__in=list(letters))
        .order_by()
        .values("letter")
        .annotate(
            sent=Count("pk"),
            received=Count("pk", filter=Q(received_at__isnull=False)),
            replied=Count("pk", filter=Q(state=DeliveryState.REPLIED)),
            late=Count("pk", filter=late(on)),
        )
    )
    return {
        one["letter"]: Copies(one["sent"], one["received"], one["replied"], one["late"]) for one in groups
    }


def broken_promises(rows: "QuerySet[Commitment]", on: date) -> "QuerySet[Commitment]":
    """Commitments whose day has passed and that nobody reported as kept."""
    return rows.filter(state=PromiseState.OPEN, due_on__lt=on)


def tasks_counted(rows: "QuerySet[PlanTask]", on: date) -> dict[int, dict[str, int]]:
    """The tasks of each annex: all, done, done late, overdue."""
    groups = (
        rows.order_by()
        .values("annex")
        .annotate(
            tasks=Count("pk"),
            done=Count("pk", filter=Q(done_on__isnull=False)),
            done_late=Count("pk", filter=Q(done_on__gt=F("due_on"))),
            overdue=Count("pk", filter=Q(done_on__isnull=True, due_on__lt=on)),
        )
    )
    return {
        one["annex"]: {name: one[name] for name in ("tasks", "done", "done_late", "overdue")}
        for one in groups
    }
