"""Reckoning what every school is due in a term. Done again, it changes what is due, and the difference is settled later."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.funds.models import (
    Derivation,
    DifferenceNote,
    Entitlement,
    EntitlementLine,
    RateUsed,
    RollFreeze,
    RollLine,
)
from junheng.domains.funds.queries.lines import rates_rows, read_lines, read_roll
from junheng.domains.funds.queries.rates import reading_on
from junheng.domains.funds.queries.terms import current, next_term
from junheng.domains.funds.terms import FundRule
from junheng.kernel.entitlements import STAGES, Lines, Rates, differ, entitle
from junheng.kernel.errors import Conflict, Refusal
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.audit.append import append_many, name_of
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import columns_of, drafts_of, save_row
from junheng.platform.audit.together import save_together


@transaction.atomic
def derive(roll: RollFreeze, *, rates: Rates, by: Any, at: datetime, why: str) -> Derivation:
    """What every school is due by a frozen roll and the rates of its term.

    The first calculation of a term sets what is due in it. Every later one explains what it changes line by line, and
    the sum of that is due with the term after this one, or after the last one that was reckoned.
    """
    roll = RollFreeze.objects.select_for_update().get(pk=roll.pk)
    if str(rates.term) != roll.term:
        raise Refusal(
            "rates-of-another-term",
            "名册 {roll} 是{term}的，不能用{other}的标准核定。请改用该学期的标准。",
            roll=roll.code,
            term=SchoolTerm.parse(roll.term).label,
            other=rates.term.label,
        )
    schools, tally = read_roll(roll)
    lines = entitle(tally, schools, rates, reading_on(rates.term))
    before = current(roll.term)
    differences = differ(read_lines(before), lines) if before else None
    if differences is not None and not len(differences.school):
        raise Conflict(
            "nothing-to-derive",
            "人数和标准都与 {before} 相同，没有差额，没有再次核定。",
            before=before.code if before else "",
        )
    number = before.number + 1 if before else 1
    derivation = Derivation(
        code=f"HD{roll.term}-{number}", term=roll.term, number=number, roll=roll, previous=before,
        area_id=roll.area_id, total_fen=lines.total,
        difference_fen=differences.total if differences is not None else 0,
        settle_term=settles_in(rates.term) if before else "", derived_at=at, derived_by=name_of(by),
    )  # fmt: skip
    save_row(derivation, by=by, at=at, why=why, verb=Verb.DEED.value)
    check_may(_("核定公用经费"), derivation, by=by, at=at)
    area_of = dict(roll.lines.values_list("school_id", "area_id"))
    if before:
        area_of = dict(before.roll.lines.values_list("school_id", "area_id")) | area_of
    keep_lines(derivation, lines, area_of, by=by, at=at, why=why)
    keep_entitlements(roll, lines, by=by, at=at, why=why)
    if differences is not None:
        keep_notes(derivation, differences, area_of, by=by, at=at, why=why)
    return derivation


def settles_in(term: SchoolTerm) -> str:
    """The term with which a difference is settled: the next one, or the next after all that were reckoned already."""
    terms = Derivation.objects.filter(number=1).values_list("term", flat=True)
    last = max((SchoolTerm.parse(one) for one in {*terms, str(term)}), key=lambda one: one.first)
    following = next_term(term)
    return str(following if following.first >= last.first else next_term(last))


def keep_lines(
    derivation: Derivation, lines: Lines, area_of: Mapping[int, str], *, by: Any, at: datetime, why: str
) -> None:
    """Rates and lines of a calculation, each table with one entry."""
    rates = rates_rows(derivation, lines.rates, reading_on(lines.rates.term))
    save_together(RateUsed, rates, source=derivation.code, by=by, at=at, why=why)
    rate_of = {(one.stage, one.rule): one for one in rates}
    columns = (lines.school, lines.stage, lines.rule, lines.count, lines.amount)
    rows = []
    for school, place, number, count, amount in zip(*(one.tolist() for one in columns), strict=True):
        stage, rule = STAGES[place], FundRule.of(number)
        rows.append(
            EntitlementLine(
                derivation=derivation, school_id=school, area_id=area_of[school], stage=stage, rule=rule, count=count,
                rate=rate_of[stage, rule], amount_fen=amount,
            )
        )  # fmt: skip
    save_together(EntitlementLine, rows, source=derivation.code, by=by, at=at, why=why)


def keep_entitlements(roll: RollFreeze, lines: Lines, *, by: Any, at: datetime, why: str) -> None:
    """What each school is due by stage, as the register tells it; an entry for each row that is new or changed."""
    amounts: dict[tuple[int, str], int] = {}
    columns = (lines.school.tolist(), lines.stage.tolist(), lines.amount.tolist())
    for school, place, amount in zip(*columns, strict=True):
        amounts[school, STAGES[place]] = amounts.get((school, STAGES[place]), 0) + amount
    there = {(one.school_id, one.stage): one for one in Entitlement.objects.filter(term=roll.term)}
    pairs: list[tuple[Entitlement, dict[str, Any] | None]] = []
    for key, one in rolled(roll, there).items():
        row = there.get(key)
        before = columns_of(row) if row else None
        row = row or Entitlement(school_id=one.school_id, stage=one.stage, term=roll.term)
        row.area_id, row.heads, row.boarders = one.area_id, one.heads, one.bedded
        row.amount_fen = amounts.get(key, 0)
        pairs.append((row, before))
    fresh = [row for row, before in pairs if before is None]
    insert_rows(Entitlement, fresh)
    changed = [row for row, before in pairs if before is not None and columns_of(row) != before]
    Entitlement.objects.bulk_update(changed, ["area", "heads", "boarders", "amount_fen"], batch_size=500)
    append_many(list(drafts_of(pairs, by=by, at=at, why=why, verb=Verb.DEED.value)))


def rolled(roll: RollFreeze, there: Mapping[tuple[int, str], Entitlement]) -> dict[tuple[int, str], RollLine]:
    """The lines of a roll by school and stage; a school that was due something and left the roll is due nothing."""
    found = {(one.school_id, one.stage): one for one in roll.lines.order_by("pk")}
    for key, row in there.items():
        gone = RollLine(school_id=row.school_id, area_id=row.area_id, stage=row.stage, heads=0, bedded=0)
        found.setdefault(key, gone)
    return found


def keep_notes(
    derivation: Derivation, differences: Any, area_of: Mapping[int, str], *, by: Any, at: datetime, why: str
) -> None:
    """A note for every school whose sum changed, with an entry each: a school is told what it gets more or less."""
    parts: dict[int, list[int]] = {}
    columns = (differences.school, differences.by_count, differences.by_rate)
    for school, count, rate in zip(*(one.tolist() for one in columns), strict=True):
        sums = parts.setdefault(school, [0, 0])
        sums[0] += count
        sums[1] += rate
    rows = [
        DifferenceNote(
            derivation=derivation, school_id=school, area_id=area_of[school], term=derivation.term,
            settle_term=derivation.settle_term, by_count_fen=count, by_rate_fen=rate, amount_fen=count + rate,
        )
        for school, (count, rate) in parts.items()
    ]  # fmt: skip
    insert_rows(DifferenceNote, rows)
    append_many(list(drafts_of(((one, None) for one in rows), by=by, at=at, why=why, verb=Verb.DEED.value)))
