"""How far a round is: whole numbers by county and level."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Substr

from junheng.domains.areas.models import Area
from junheng.domains.safety.models import Sheet
from junheng.domains.safety.terms import ORDER, SheetState

COUNTY = 6
"""Digits of the code of a county."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many sheets of one level are due, and sent, and what those found that are disclosed: else it would be told."""

    due: int = 0
    sent: int = 0
    failed: int = 0

    def __add__(self, other: "Progress") -> "Progress":
        return Progress(self.due + other.due, self.sent + other.sent, self.failed + other.failed)

    @property
    def complete(self) -> bool:
        """Whether nobody is waited for."""
        return self.sent == self.due

    @property
    def missing(self) -> int:
        """How many are still waited for."""
        return self.due - self.sent


def progress_of(rows: "QuerySet[Sheet]") -> dict[str, dict[str, Progress]]:
    """By county of the school and by level: what is due, sent and found, in one round."""
    return next(iter(progress_by_round(rows).values()), {})


def progress_by_round(rows: "QuerySet[Sheet]") -> dict[int, dict[str, dict[str, Progress]]]:
    """The same for several rounds by number. One question, however many schools."""
    counted = (
        rows.order_by()
        .annotate(county=Substr("area_id", 1, COUNTY))
        .values("round", "county", "level")
        .annotate(
            due=Count("pk"),
            sent=Count("pk", filter=Q(state=SheetState.SENT)),
            found=Sum("failed", filter=Q(state=SheetState.SENT, disclosed_at__isnull=False)),
        )
    )
    told: dict[int, dict[str, dict[str, Progress]]] = {}
    for one in counted:
        here = told.setdefault(one["round"], {}).setdefault(one["county"], {})
        here[one["level"]] = Progress(one["due"], one["sent"], one["found"] or 0)
    return told


def total(parts: Iterable[dict[str, Progress]]) -> dict[str, Progress]:
    """The sums of all counties, by level."""
    found: dict[str, Progress] = {}
    for part in parts:
        for level, one in part.items():
            found[level] = found.get(level, Progress()) + one
    return {level: found[level] for level in ORDER if level in found}


def counties_of(codes: Iterable[str]) -> dict[str, str]:
    """The names of counties by code, in the order of codes."""
    return dict(Area.objects.filter(code__in=set(codes)).order_by("code").values_list("code", "name"))
