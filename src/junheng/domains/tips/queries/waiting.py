"""What waits for whom, and what is overdue."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from junheng.content.rulebook import TIPS
from junheng.domains.tips.models import Referral, Tip
from junheng.domains.tips.terms import OPEN, WAITING, ReferralState, TipState

UNACKED = (*WAITING, TipState.QUEUED)
READY = Q(state=TipState.ASSIGNED, referral__state=ReferralState.DONE, lead=None) | Q(
    state=TipState.ACCEPTED, lead=None
)
"""Tips of which the officer has the next step: the result is there, or nobody was given it yet."""


def late_tips(on: date) -> QuerySet[Tip]:
    """Tips that were not taken in, or not answered, by the day they had."""
    late = Q(state__in=UNACKED, ack_due__lt=on, acked_on=None) | Q(state__in=OPEN, answer_due__lt=on)
    return Tip.objects.filter(late)


def late_referrals(on: date) -> QuerySet[Referral]:
    """Tasks that an office has not reported on by their day."""
    return Referral.objects.filter(state=ReferralState.OPEN, due_on__lt=on)


def is_certain(on: date) -> bool:
    """Whether nobody has to confirm the periods any more."""
    rules = (TIPS.ack_within, TIPS.answer_within, TIPS.handle_within)
    return not any(rule.on(on).certainty.to_be_confirmed for rule in rules)


@dataclass(frozen=True, slots=True)
class Figures:
    """How tips are dealt with, in numbers that name nobody."""

    came: int
    open: int
    late: int
    answered: int
    in_time: int
    rated: int
    stars: int

    @property
    def mean(self) -> str:
        """The mean of the ratings, to one place, from whole numbers."""
        if not self.rated:
            return "—"
        tenths = (20 * self.stars + self.rated) // (2 * self.rated)
        return f"{tenths // 10}.{tenths % 10}"


def figures(rows: "QuerySet[Tip]", *, on: date) -> Figures:
    """The numbers of some tips, in one question."""
    late = Q(state__in=UNACKED, ack_due__lt=on, acked_on=None) | Q(state__in=OPEN, answer_due__lt=on)
    told: dict[str, Any] = rows.aggregate(
        came=Count("pk"), open=Count("pk", filter=Q(state__in=OPEN)), late=Count("pk", filter=late),
        answered=Count("pk", filter=Q(answered_on__isnull=False)),
        in_time=Count("pk", filter=Q(answered_on__lte=F("answer_due"))), rated=Count("rating"),
    )  # fmt: skip
    stars = sum(one or 0 for one in rows.values_list("rating", flat=True) if one)
    return Figures(**told, stars=stars)
