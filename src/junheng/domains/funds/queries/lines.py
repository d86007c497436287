"""Kept lines as the kernel reckons with them, and as people read them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import QuerySet

from junheng.domains.funds.models import Derivation, EntitlementLine, RateUsed, RollFreeze
from junheng.domains.funds.terms import FundRule
from junheng.domains.schools.models import School
from junheng.domains.schools.terms import Stage
from junheng.kernel.entitlements import STAGES, Lines, Rate, Rates, Reading, Schools, Tally, differ, part_of
from junheng.kernel.entitlements.problem import Ints
from junheng.kernel.values.school_term import SchoolTerm


def ints(rows: Sequence[int]) -> Ints:
    """Whole numbers as a column."""
    return np.array(rows, dtype=np.int64)


def read_roll(roll: RollFreeze) -> tuple[Schools, Tally]:
    """A frozen roll as schools and heads."""
    names = (
        "school_id",
        "stage",
        "heads",
        "care",
        "boarders",
        "bedded",
        "held",
        "small",
        "boarding",
        "closed",
    )
    rows = list(roll.lines.order_by("school_id").values_list(*names))
    about = {row[0]: row[7:] for row in rows}
    flags = np.array(list(about.values()), dtype=bool).reshape(len(about), 3)
    schools = Schools(ints(list(about)), *flags.T)
    tables = [np.zeros((len(about), len(STAGES)), dtype=np.int64) for _ in range(5)]
    at = (schools.place(ints([row[0] for row in rows])), ints([STAGES.index(row[1]) for row in rows]))
    for place, table in enumerate(tables):
        table[at] = [row[2 + place] for row in rows]
    return schools, Tally(*tables)


def read_rates(derivation: Derivation) -> Rates:
    """The rates of a calculation, as they were."""
    used = {
        (one.stage, one.rule): Rate(one.fen, one.since, one.clause, one.until)
        for one in derivation.rates.all()
    }
    first, second = STAGES
    return Rates(
        SchoolTerm.parse(derivation.term),
        (used[first, FundRule.BASE], used[second, FundRule.BASE]),
        used[first, FundRule.CARE],
        used[first, FundRule.BOARDER],
        used.get((first, FundRule.HEATING)),
    )


def read_lines(derivation: Derivation) -> Lines:
    """The lines of a calculation in their order."""
    rates = read_rates(derivation)
    kept = derivation.lines.values_list("school_id", "stage", "rule", "count", "rate__fen", "amount_fen")
    rows = sorted(
        (school, STAGES.index(stage), int(FundRule(rule).kernel), *rest)
        for school, stage, rule, *rest in kept
    )
    columns = list(zip(*rows, strict=True)) or [()] * 6
    school, stage, rule, count, rate, amount = (ints(column) for column in columns)
    return Lines(rates, school, stage, rule, count, rate, amount, part_of(rates.term))


def lines_of_school(derivation: Derivation, school: School) -> "QuerySet[EntitlementLine]":
    """Why a school is due what it is due."""
    return derivation.lines.filter(school=school).select_related("rate").order_by("stage", "pk")


@dataclass(frozen=True, slots=True)
class Change:
    """One line that a later calculation changed, with the reasons of its difference."""

    school: School
    stage: str
    rule: FundRule
    count: tuple[int, int]
    rate: tuple[int, int]
    amount: tuple[int, int]
    by_count: int
    by_rate: int

    @property
    def stage_label(self) -> str:
        """The stage in words."""
        return str(Stage(self.stage).label)

    @property
    def difference(self) -> int:
        """After less before."""
        return self.by_count + self.by_rate


def changes(derivation: Derivation, schools: "QuerySet[School]") -> list[Change]:
    """What a calculation changed of the one before, line by line, for some schools."""
    if derivation.previous is None:
        return []
    found = differ(read_lines(derivation.previous), read_lines(derivation))
    known = schools.in_bulk(found.school.tolist())
    columns = (
        found.school, found.stage, found.rule, *found.count, *found.rate, *found.amount, found.by_count, found.by_rate,
    )  # fmt: skip
    return [
        Change(
            known[school], STAGES[stage], FundRule.of(rule), (c0, c1), (r0, r1), (a0, a1), by_count, by_rate
        )
        for school, stage, rule, c0, c1, r0, r1, a0, a1, by_count, by_rate in zip(
            *(column.tolist() for column in columns), strict=True
        )
        if school in known
    ]


def rates_rows(derivation: Derivation, rates: Rates, reading: Reading) -> list[RateUsed]:
    """The rates of a calculation as rows to be kept."""
    rows = []
    for place, stage in enumerate(STAGES):
        for rule in FundRule:
            rate = rates.of(rule.kernel, place)
            if rate is not None:
                clause = f"{reading.clause}；{rate.clause}" if rule == FundRule.SMALL else rate.clause
                rows.append(
                    RateUsed(
                        derivation=derivation, stage=stage, rule=rule, fen=rate.fen, since=rate.since, until=rate.until,
                        clause=clause,
                    )
                )  # fmt: skip
    return rows
