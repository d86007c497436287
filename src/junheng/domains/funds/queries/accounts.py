"""What schools are due, got and miss, term by term. Differences of earlier terms are due with the term they settle in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Model, QuerySet, Sum

from junheng.domains.funds.models import DifferenceNote, Entitlement, FundPayment
from junheng.domains.schools.models import School


@dataclass(frozen=True, slots=True)
class Account:
    """Money of one term: as first due, differences of other terms settled with it, paid, all in fen."""

    due: int = 0
    settled: int = 0
    paid: int = 0

    @property
    def owed(self) -> int:
        """What is due in all."""
        return self.due + self.settled

    @property
    def arrears(self) -> int:
        """What is still owed; below zero where a later deduction is more than what is left to pay."""
        return self.owed - self.paid

    def __add__(self, other: "Account") -> "Account":
        return Account(self.due + other.due, self.settled + other.settled, self.paid + other.paid)


def accounts(term: str, schools: "QuerySet[School]") -> Mapping[int, Account]:
    """The account of every school in a term; what a re-calculation of this term changed is due with another one."""
    latest = by_school(Entitlement.objects.filter(term=term), schools)
    moved = by_school(DifferenceNote.objects.filter(term=term), schools)
    settled = by_school(DifferenceNote.objects.filter(settle_term=term), schools)
    paid = by_school(FundPayment.objects.filter(term=term), schools)
    return {
        school: Account(
            latest.get(school, 0) - moved.get(school, 0), settled.get(school, 0), paid.get(school, 0)
        )
        for school in sorted({*latest, *moved, *settled, *paid})
    }


def by_school(rows: "QuerySet[Model]", schools: "QuerySet[School]") -> dict[int, int]:
    """The sum of each school."""
    inside = rows.filter(school__in=schools.order_by().values("pk")).order_by()
    return dict(inside.values_list("school").annotate(Sum("amount_fen")))


def account_of(school: School, terms: Iterable[str]) -> list[tuple[str, Account]]:
    """The accounts of one school, term by term, with four questions whatever the number of terms."""
    tables = [
        per_term(Entitlement.objects.filter(school=school), "term"),
        per_term(DifferenceNote.objects.filter(school=school), "term"),
        per_term(DifferenceNote.objects.filter(school=school), "settle_term"),
        per_term(FundPayment.objects.filter(school=school), "term"),
    ]
    found = []
    for term in terms:
        latest, moved, settled, paid = (table.get(term, 0) for table in tables)
        found.append((term, Account(latest - moved, settled, paid)))
    return found


def per_term(rows: "QuerySet[Model]", column: str) -> dict[str, int]:
    """The sum of each term."""
    return dict(rows.order_by().values_list(column).annotate(Sum("amount_fen")))


def sums(found: Mapping[int, Account], area_of: Mapping[int, str]) -> dict[str, Account]:
    """The same by county."""
    counties: dict[str, Account] = defaultdict(Account)
    for school, account in found.items():
        counties[area_of[school][:6]] += account
    return dict(sorted(counties.items()))
