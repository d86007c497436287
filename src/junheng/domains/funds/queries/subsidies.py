"""What inclusive kindergartens are due for a year, by their children and the days of their recognition."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from junheng.content.rulebook import FUNDING
from junheng.domains.funds.models import Subsidy
from junheng.domains.kindergartens.models import Census, Recognition
from junheng.domains.kindergartens.terms import Decision, KindergartenNature
from junheng.kernel.entitlements import Rate, subsidise

Spells = Sequence[tuple[date, date]]


@dataclass(frozen=True, slots=True)
class Due:
    """What one kindergarten is due: for so many children and so many days."""

    kindergarten: int
    area: str
    heads: int
    days: int
    fen: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Where the register says something else than children, days and rate do."""

    due: Due
    row: Subsidy | None

    @property
    def overpaid(self) -> bool:
        """Whether more was paid than is due by now: that is for people to settle."""
        return self.row is not None and self.row.paid_fen > self.due.fen


def rate_of_year(year: int) -> Rate:
    """The rate on the last day of a year: subsidies are of calendar years."""
    found = FUNDING.kindergarten.on(date(year, 12, 31))
    return Rate(found.value, found.since, f"{found.title} · {found.cites}")


def calculated(year: int) -> list[Due]:
    """Every kindergarten that was recognised on some day of the year and counted its children in it."""
    rate, first, after = rate_of_year(year), date(year, 1, 1), date(year + 1, 1, 1)
    spells = recognised(first, after)
    counted = Census.objects.filter(year=year).order_by("kindergarten")
    if FUNDING.kindergarten_scope.on(date(year, 12, 31)).value == "all":
        public = counted.filter(nature=KindergartenNature.PUBLIC).values_list("kindergarten", flat=True)
        spells = spells | {pk: [(first, after)] for pk in public}
    censuses = [one for one in counted if one.kindergarten_id in spells]
    rows = [(one, since, until) for one in censuses for since, until in spells[one.kindergarten_id]]
    children, since, until = (
        np.array(column, dtype=np.int64)
        for column in (
            [one.children for one, _since, _until in rows],
            [since.toordinal() for _one, since, _until in rows],
            [until.toordinal() for _one, _since, until in rows],
        )
    )
    days, fen = subsidise(children, since, until, rate, year=year)
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for (one, _since, _until), length, amount in zip(rows, days.tolist(), fen.tolist(), strict=True):
        sums[one.kindergarten_id][0] += length
        sums[one.kindergarten_id][1] += amount
    return [
        Due(one.kindergarten_id, one.area_id, one.children, *sums[one.kindergarten_id]) for one in censuses
    ]


def recognised(first: date, after: date) -> dict[int, Spells]:
    """The days between on which kindergartens were recognised; none counts twice where one follows another early."""
    rows = Recognition.objects.filter(decision=Decision.RECOGNISED, since__lt=after).exclude(until__lte=first)
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for one in rows.order_by("since", "pk").only("kindergarten", "since", "until"):
        spells = found[one.kindergarten_id]
        begin = max(one.since or first, spells[-1][1] if spells else first, first)
        end = min(one.until or after, after)
        if begin < end:
            spells.append((begin, end))
    return {pk: spells for pk, spells in found.items() if spells}


def gaps(year: int, dues: Iterable[Due]) -> list[Gap]:
    """Where the register of subsidies differs, missing rows among it."""
    there = {
        one.kindergarten_id: one for one in Subsidy.objects.filter(year=year).select_related("kindergarten")
    }
    found = [Gap(due, there.get(due.kindergarten)) for due in dues]
    return [
        one
        for one in found
        if one.row is None or (one.row.heads, one.row.owed_fen) != (one.due.heads, one.due.fen)
    ]
