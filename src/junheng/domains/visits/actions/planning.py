"""Making a plan: units with their weights, strata with their sizes. Until it is frozen all of it may change."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from junheng.content.rulebook.inspection import INSPECTING
from junheng.domains.areas.models import Area
from junheng.domains.intakes.actions.attempts import attempt
from junheng.domains.visits.actions.reading import locked
from junheng.domains.visits.models import SamplePlan, SampleUnit, Stratum
from junheng.domains.visits.policies.scope import check_plans
from junheng.domains.visits.queries.risk import (
    Rated,
    banded,
    label_of,
    rated_institutions,
    rated_schools,
    suggested,
)
from junheng.domains.visits.queries.ties import least_team
from junheng.domains.visits.terms import SampleState, Target
from junheng.kernel.errors import Conflict, Refusal
from junheng.kernel.inspections import chances
from junheng.platform.audit.append import record_batch
from junheng.platform.audit.chain import digest_of_rows
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.save import save_row

TEN_THOUSAND = 10_000


@transaction.atomic
def make_plan(plan: SamplePlan, *, by: Any, at: datetime, why: str) -> SamplePlan:
    """Write a new plan with all its units, their weights as of its day, and sizes that follow the rule's share."""
    check_plans(plan.area_id, by=by, at=at)
    check_days(plan)
    units = rated(plan)
    if not units:
        raise Refusal("nothing-to-draw", "这个区划里没有可以抽查的对象。请核对抽查对象、轮次和风险计算日。")
    save_row(plan, by=by, at=at, why=why)
    strata = banded(units)
    share = INSPECTING.sample_share.on(plan.as_of).value
    sizes = suggested(strata, -(-len(units) * share // 100))
    names = dict(Area.objects.filter(pk__in={code[:6] for code in strata}).values_list("pk", "name"))
    for code, inside in strata.items():
        row = Stratum(plan=plan, code=code, label=label_of(code, names), units=len(inside), size=sizes[code])
        save_row(row, by=by, at=at, why=why)
        write_units(plan, row, inside, by=by, at=at, why=why)
    return plan


def rated(plan: SamplePlan) -> list[Rated]:
    """The units with their weights: of a round, or of no round where one duty alone is checked, such as fees."""
    if plan.target == Target.INSTITUTIONS:
        return rated_institutions(plan.area_id, on=plan.as_of)
    return rated_schools(plan.round, plan.area_id, on=plan.as_of)


def check_days(plan: SamplePlan) -> None:
    """Refuse a plan whose days do not follow one another."""
    if plan.visits_until < plan.visits_from or plan.reveal_by.date() > plan.visits_from:
        raise Refusal(
            "plan-days", "日期前后不一致：揭示截止在检查之前，检查止不早于检查起。请核对后重新填写。"
        )
    least = least_team(plan.visits_from)
    if plan.team < least:
        raise Refusal(
            "team-too-small",
            "检查组只有 {count} 人，至少要 {least} 人：一个人的检查不算数，也保护不了检查人员。请增派人员。",
            count=plan.team,
            least=least,
        )


def write_units(
    plan: SamplePlan, stratum: Stratum, inside: list[Rated], *, by: Any, at: datetime, why: str
) -> None:
    """Write the units of one stratum at once, each with its chance."""
    likely = chances([one.weight for one in inside], stratum.size)
    rows = [
        SampleUnit(
            plan=plan, stratum=stratum, code=one.code, school=one.school, institution=one.institution,
            weight=one.weight, facts=one.facts(), chance=in_ten_thousand(chance),
        )
        for one, chance in zip(inside, likely, strict=True)
    ]  # fmt: skip
    insert_rows(SampleUnit, rows)
    record_batch(
        SampleUnit, first_row=rows[0].pk, last_row=rows[-1].pk, count=len(rows), source=stratum.code,
        digest=digest_of_rows([one.code, one.weight] for one in rows), by=by, at=at, why=why,
    )  # fmt: skip


def in_ten_thousand(chance: Any) -> int:
    """A probability in ten-thousandths, half up.

    >>> from fractions import Fraction
    >>> in_ten_thousand(Fraction(1, 3)), in_ten_thousand(Fraction(1, 16))
    (3333, 625)
    """
    return int((2 * TEN_THOUSAND * chance.numerator + chance.denominator) // (2 * chance.denominator))


def change_sizes(
    plan: SamplePlan, sizes: Mapping[str, int], *, by: Any, at: datetime, why: str
) -> SamplePlan:
    """Set how many of each stratum are drawn; the chances follow. Refused, and written down, once it is frozen."""
    return attempt(plan, "修改抽取数", lambda: _sizes(plan.pk, sizes, by=by, at=at, why=why), by=by, at=at)


def _sizes(pk: int, sizes: Mapping[str, int], *, by: Any, at: datetime, why: str) -> SamplePlan:
    plan = locked(pk)
    check_plans(plan.area_id, by=by, at=at)
    check_draft(plan)
    for row in Stratum.objects.filter(plan=plan).order_by("code"):
        size = sizes.get(row.code, row.size)
        if not 1 <= size <= row.units:
            raise Refusal(
                "stratum-size",
                "「{stratum}」有 {units} 个对象，抽取数须在 1 到 {units} 之间：一个也不抽，就有单位知道自己不会被查。",
                stratum=row.label,
                units=row.units,
            )
        if size == row.size:
            continue
        row.size = size
        save_row(row, by=by, at=at, why=why)
        inside = list(SampleUnit.objects.filter(stratum=row).order_by("code"))
        for one, chance in zip(inside, chances([one.weight for one in inside], size), strict=True):
            one.chance = in_ten_thousand(chance)
        SampleUnit.objects.bulk_update(inside, ["chance"])
    return plan


def check_draft(plan: SamplePlan) -> None:
    """Refuse what would change a plan that was frozen."""
    if plan.state != SampleState.DRAFT:
        raise Conflict(
            "plan-frozen",
            "「{plan}」现为「{state}」，方案、权重、人员名单和抽取办法都不能改动。封存后只按已公布的办法进行。",
            plan=plan.title,
            state=str(SampleState(plan.state).label),
        )
