"""Budgets: what of a school's year is for training, and whether counties' lines are what a calculation makes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from junheng.content.rulebook import FUNDING
from junheng.domains.areas.models import Area
from junheng.domains.funds.models import BudgetLine, Derivation, EntitlementLine, FundBudget, FundUse
from junheng.domains.funds.queries.lines import Change
from junheng.domains.funds.terms import UseKind
from junheng.domains.schools.models import School


@dataclass(frozen=True, slots=True)
class Year:
    """A school's budget of a calendar year, what was published as used, and the share of training, in fen."""

    year: int
    rows: tuple[tuple[str, int, int], ...]
    """Use, budget, used."""
    least: int
    """The least that training may be, in a hundred."""
    training: int

    @property
    def total(self) -> int:
        """The budget in all."""
        return sum(budget for _kind, budget, _used in self.rows)

    @property
    def used(self) -> int:
        """What was published as used."""
        return sum(used for _kind, _budget, used in self.rows)

    @property
    def needed(self) -> int:
        """The least that has to be for training, rounded up to a fen."""
        return -(-self.total * self.least // 100)

    @property
    def short(self) -> bool:
        """Whether less than that is for training."""
        return self.total > 0 and self.training < self.needed


def budgets_of(school: School) -> list[Year]:
    """Year by year, the newest first."""
    planned: dict[int, dict[str, int]] = defaultdict(dict)
    for year, kind, amount in FundBudget.objects.filter(school=school).values_list(
        "year", "kind", "amount_fen"
    ):
        planned[year][kind] = amount
    used: dict[tuple[int, str], int] = {
        (year, kind): amount
        for year, kind, amount in FundUse.objects.filter(school=school).values_list(
            "year", "kind", "amount_fen"
        )
    }
    found = []
    for year in sorted(planned, reverse=True):
        kinds = [one for one in UseKind if one in planned[year] or (year, one) in used]
        rows = tuple(
            (str(UseKind(one).label), planned[year].get(one, 0), used.get((year, one), 0)) for one in kinds
        )
        least = FUNDING.training_share.on(date(year, 12, 31)).value
        found.append(Year(year, rows, least, planned[year].get(UseKind.TRAINING, 0)))
    return found


@dataclass(frozen=True, slots=True)
class Equation:
    """One county in a calculation: before, by heads, by rates, after, and what its budget has for it, in fen."""

    area: str
    name: str
    before: int
    by_count: int
    by_rate: int
    after: int
    lines: int | None
    """The sum of the budget's lines; none where none was entered."""

    @property
    def difference(self) -> int:
        """What has to be paid for by the budget: all of it the first time, later the difference."""
        return self.by_count + self.by_rate

    @property
    def holds(self) -> bool:
        """Whether before and the differences are after, to the fen."""
        return self.before + self.difference == self.after

    @property
    def gap(self) -> int | None:
        """What the budget has more or less than that."""
        return None if self.lines is None else self.lines - self.difference


def equations(
    derivation: Derivation, changed: Iterable[Change], areas: Iterable[str] | None = None
) -> list[Equation]:
    """County by county; of a first calculation nothing came before, and all of it is by heads at the first rates."""
    before, after, place_of = by_county(derivation)
    count: dict[str, int] = defaultdict(int)
    rate: dict[str, int] = defaultdict(int)
    if derivation.previous is None:
        count.update(after)
    for one in changed:
        county = place_of.get(one.school.pk, one.school.area_id)[:6]
        count[county] += one.by_count
        rate[county] += one.by_rate
    lines = dict(
        BudgetLine.objects.filter(derivation=derivation)
        .order_by()
        .values_list("area")
        .annotate(Sum("amount_fen"))
    )
    names = dict(Area.objects.filter(kind="county").values_list("code", "name"))
    shown = set(areas) if areas is not None else None
    return [
        Equation(
            code, names.get(code, code), before.get(code, 0), count[code], rate[code], after.get(code, 0),
            int(lines[code]) if code in lines else None,
        )
        for code in sorted({*before, *after})
        if shown is None or code in shown
    ]  # fmt: skip


def by_county(derivation: Derivation) -> tuple[dict[str, int], dict[str, int], dict[int, str]]:
    """What a calculation and the one before make due, by county; and where each school lay in the newer one."""
    both = [one for one in (derivation.previous_id, derivation.pk) if one is not None]
    rows = EntitlementLine.objects.filter(derivation__in=both).order_by()
    before: dict[str, int] = defaultdict(int)
    after: dict[str, int] = defaultdict(int)
    place_of: dict[int, str] = {}
    for number, school, area, amount in rows.values_list("derivation", "school", "area").annotate(
        Sum("amount_fen")
    ):
        own = number == derivation.pk
        (after if own else before)[area[:6]] += int(amount)
        if own or school not in place_of:
            place_of[school] = area
    return dict(before), dict(after), place_of
