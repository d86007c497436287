"""Questions about kindergartens: who runs one, is it recognised, and what moved the stock of recognitions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from junheng.domains.kindergartens.models import Kindergarten, KindergartenFee, Recognition
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


def fees_on(kindergartens: Iterable[Kindergarten], *, on: date) -> dict[int, int]:
    """What each charges a month on a day, in fen: by the newest standard, else as the register of kindergartens has it."""
    rows = {one.pk: one for one in kindergartens}
    found = {pk: one.fee_fen for pk, one in rows.items()}
    standards = KindergartenFee.objects.filter(kindergarten__in=rows, since__lte=on).order_by("since")
    return found | dict(standards.values_list("kindergarten", "fee_fen"))


def fee_on(kindergarten: Kindergarten, *, on: date) -> int:
    """The same of one."""
    return fees_on([kindergarten], on=on)[kindergarten.pk]


def coming_fees(kindergartens: Iterable[Kindergarten], *, on: date) -> dict[int, KindergartenFee]:
    """The next standard of each that is announced and does not hold yet."""
    rows = KindergartenFee.objects.filter(kindergarten__in=list(kindergartens), since__gt=on)
    return {one.kindergarten_id: one for one in rows.order_by("-since")}


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
    counted = rows.aggregate(
        **{name: Count("pk", filter=moved) for name, moved in moves(first, last).items()}
    )
    return Stream(first, last, **counted)


def moves(first: date, last: date) -> dict[str, Q]:
    """What each line of the statement counts."""
    since, until = Q(since__gt=first, since__lte=last), Q(until__gt=first, until__lte=last)
    return {
        "before": holds(first),
        "after": holds(last),
        "recognised": since & Q(kind=RecognitionKind.FIRST),
        "renewed": since & Q(kind=RecognitionKind.RENEWAL),
        "withdrawn": until & Q(ended_by=EndedBy.WITHDRAWN),
        "closed": until & Q(ended_by=EndedBy.CLOSED),
        "converted": until & Q(ended_by=EndedBy.CONVERTED),
    }


def counted_in(line: str, first: date, last: date, *, area: str = "") -> "QuerySet[Recognition]":
    """The recognitions behind one number of the statement."""
    rows = Recognition.objects.filter(
        moves(first, last)[line], decision=Decision.RECOGNISED, area__code__startswith=area
    )
    return rows.select_related("kindergarten", "area").order_by("area_id", "kindergarten__code", "pk")


def inclusive_on(on: date, *, area: str = "", name: str = "") -> "QuerySet[Recognition]":
    """The recognitions that hold on a day, with their kindergartens, by place and name."""
    rows = Recognition.objects.filter(holds(on), decision=Decision.RECOGNISED, area__code__startswith=area)
    if name:
        rows = rows.filter(kindergarten__name__contains=name)
    return rows.select_related("kindergarten", "area").order_by("area_id", "kindergarten__code")
