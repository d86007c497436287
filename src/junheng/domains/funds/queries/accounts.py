"""What schools are due, got and miss, term by term. Differences of earlier terms are due with the term they settle in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet, Sum, Value

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


DUE, MOVED, SETTLED, PAID = range(4)
"""The parts of an account: the newest sum of a term, its notes, the notes settled with it, and what was paid."""


def accounts(term: str, schools: "QuerySet[School]") -> Mapping[int, Account]:
    """The account of every school in a term; what a re-calculation of this term changed is due with another one."""
    inside = Q(school__in=schools.order_by().values("pk"))
    found = put_together(
        parts("school", inside & Q(term=term), "school", inside & Q(settle_term=term)),
    )
    return {school: found[school] for school in sorted(found)}


def account_of(school: School, terms: Iterable[str]) -> list[tuple[str, Account]]:
    """The accounts of one school, term by term, with one question whatever the number of terms."""
    found = put_together(parts("term", Q(school=school), "settle_term", Q(school=school)))
    return [(term, found.get(term, Account())) for term in terms]


def parts(key: str, where: Q, settle_key: str, settled: Q) -> "QuerySet[Any, Any]":
    """The four parts of accounts, summed up by a key, as one statement."""

    def part(number: int, model: Any, column: str, condition: Q) -> "QuerySet[Any, Any]":
        rows: QuerySet[Any, Any] = model.objects.filter(condition).order_by().values(at=F(column))
        summed: QuerySet[Any, Any] = rows.annotate(part=Value(number), sum=Sum("amount_fen"))
        return summed.values_list("at", "part", "sum")

    every: QuerySet[Any, Any] = part(DUE, Entitlement, key, where).union(
        part(MOVED, DifferenceNote, key, where),
        part(SETTLED, DifferenceNote, settle_key, settled),
        part(PAID, FundPayment, key, where),
        all=True,
    )
    return every


def put_together(rows: Iterable[tuple[Any, int, int]]) -> dict[Any, Account]:
    """Accounts by key."""
    found: dict[Any, list[int]] = defaultdict(lambda: [0] * 4)
    for key, part, amount in rows:
        found[key][part] += int(amount)
    return {key: Account(one[DUE] - one[MOVED], one[SETTLED], one[PAID]) for key, one in found.items()}


def sums(found: Mapping[int, Account], area_of: Mapping[int, str]) -> dict[str, Account]:
    """The same by county."""
    counties: dict[str, Account] = defaultdict(Account)
    for school, account in found.items():
        counties[area_of[school][:6]] += account
    return dict(sorted(counties.items()))
