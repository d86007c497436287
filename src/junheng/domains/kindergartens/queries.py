"""Questions about kindergartens: who runs one, is it recognised, and what moved the stock of recognitions."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from junheng.domains.kindergartens.models import Kindergarten, Recognition
from junheng.domains.kindergartens.terms import Decision, EndedBy, RecognitionKind
from junheng.platform.spans import holds


def nature_on(kindergarten: Kindergarten, *, on: date) -> str | None:
    """Who ran a kindergarten on a day; ``None`` if nothing is on record."""
    row = kindergarten.nature_set.filter(holds(on)).order_by("-since").first()
    return row.nature if row else None


def recognition_on(kindergarten: Kindergarten, *, on: date) -> Recognition | None:
    """The recognition that holds on a day, if one does."""
    held = Recognition.objects.filter(holds(on), kindergarten=kindergarten, decision=Decision.RECOGNISED)
    return held.order_by("-since").first()


@dataclass(frozen=True, slots=True)
class Stream:
    """What moved the stock of recognitions from one day to another, and what it was on both."""

    first: date
    last: date
    before: int
    recognised: int
    withdrawn: int
    closed: int
    converted: int
    renewed: int
    after: int

    @property
    def expected(self) -> int:
        """What the stock must be by what moved it."""
        return self.before + self.recognised - self.withdrawn - self.closed - self.converted

    @property
    def adds_up(self) -> bool:
        """Whether what was counted is what must be."""
        return self.expected == self.after


def stream(first: date, last: date, *, area: str = "") -> Stream:
    """The statement of the register after one day up to another: stock, what came, what went, stock.

    A renewal moves nothing: what held before ends on its first day. Both stocks are counted, not derived, so that the
    sum can be wrong and says so.
    """
    rows = Recognition.objects.filter(decision=Decision.RECOGNISED, area__code__startswith=area)
    since, until = Q(since__gt=first, since__lte=last), Q(until__gt=first, until__lte=last)
    counted = rows.aggregate(
        before=Count("pk", filter=holds(first)),
        after=Count("pk", filter=holds(last)),
        recognised=Count("pk", filter=since & Q(kind=RecognitionKind.FIRST)),
        renewed=Count("pk", filter=since & Q(kind=RecognitionKind.RENEWAL)),
        withdrawn=Count("pk", filter=until & Q(ended_by=EndedBy.WITHDRAWN)),
        closed=Count("pk", filter=until & Q(ended_by=EndedBy.CLOSED)),
        converted=Count("pk", filter=until & Q(ended_by=EndedBy.CONVERTED)),
    )
    return Stream(first, last, **counted)


def inclusive_on(on: date, *, area: str = "", name: str = "") -> "QuerySet[Recognition]":
    """The recognitions that hold on a day, with their kindergartens, by place and name."""
    rows = Recognition.objects.filter(holds(on), decision=Decision.RECOGNISED, area__code__startswith=area)
    if name:
        rows = rows.filter(kindergarten__name__contains=name)
    return rows.select_related("kindergarten", "area").order_by("area_id", "kindergarten__code")
