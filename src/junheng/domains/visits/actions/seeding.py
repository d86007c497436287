"""Where the seed comes from: contributors promise before the plan is frozen and open afterwards; two read a public value."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from junheng.domains.intakes.actions.attempts import attempt
from junheng.domains.visits.actions.planning import check_draft
from junheng.domains.visits.actions.reading import locked
from junheng.domains.visits.models import Contributor, PublicValue, SamplePlan
from junheng.domains.visits.policies.scope import check_plans
from junheng.domains.visits.terms import SampleState
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.save import save_row
from junheng.platform.seeds.rules import (
    FEWEST,
    Named,
    Source,
    check_names,
    opened,
    promised,
    put_sources,
    read_off,
)


def prepare(
    plan: SamplePlan,
    contributors: Sequence[Named],
    sources: Sequence[Source],
    fallback: str,
    *,
    by: Any,
    at: datetime,
    why: str,
) -> SamplePlan:
    """Fix contributors, public values in their order, and the value that stands for whoever stays silent."""
    do = lambda: _prepare(plan.pk, contributors, sources, fallback, by=by, at=at, why=why)  # noqa: E731
    return attempt(plan, "设定抽取办法", do, by=by, at=at)


def _prepare(
    pk: int,
    contributors: Sequence[Named],
    sources: Sequence[Source],
    fallback: str,
    *,
    by: Any,
    at: datetime,
    why: str,
) -> SamplePlan:
    plan = locked(pk)
    check_plans(plan.area_id, by=by, at=at)
    check_draft(plan)
    check_names([one[0] for one in contributors] + [one[0] for one in sources] + [fallback])
    if len(contributors) < FEWEST or not sources:
        raise Refusal(
            "sample-too-few",
            "至少要有 {fewest} 个参与方和 1 个公共随机值，抽取才不由一方决定。请补充后再保存。",
            fewest=FEWEST,
        )
    if early := [label for _name, label, due in sources if due <= plan.reveal_by]:
        raise Refusal(
            "value-before-sample",
            "「{source}」产生在揭示截止之前：已知的数值不能用来抽取。请改用之后产生的。",
            source=early[0],
        )
    plan.fallback = fallback
    save_row(plan, by=by, at=at, why=why)
    put_sources(Contributor, PublicValue, contributors, sources, by=by, at=at, why=why, plan=plan)
    return plan


def commit(contributor: Contributor, digest: str, *, by: Any, at: datetime, why: str) -> Contributor:
    """Write down what a contributor promises, before the plan is frozen; once."""
    do = lambda: _commit(contributor.pk, digest, by=by, at=at, why=why)  # noqa: E731
    return attempt(contributor.plan, "登记承诺值", do, by=by, at=at)


def _commit(pk: int, digest: str, *, by: Any, at: datetime, why: str) -> Contributor:
    row = Contributor.objects.select_for_update(of=("self",)).select_related("plan").get(pk=pk)
    check_plans(row.plan.area_id, by=by, at=at)
    check_draft(row.plan)
    promised(row, digest, by=by, at=at, why=why)
    return row


def check_frozen(plan: SamplePlan) -> None:
    """Refuse before the plan is frozen, and once the seed is there."""
    if plan.state == SampleState.FROZEN:
        return
    if plan.state == SampleState.DRAFT:
        raise Refusal("plan-open", "方案还没有封存，不能揭示和抽取。请先由两人封存方案并公布摘要。")
    raise Conflict(
        "sample-drawn-once",
        "「{plan}」已经抽取。一个方案只抽一次，不能重新抽取，也不能再改参与方或随机值；这次尝试已留痕。",
        plan=plan.title,
    )


def reveal(
    contributor: Contributor, nonce: str, secret: str, *, by: Any, at: datetime, why: str
) -> Contributor:
    """Open what a contributor committed to: after the plan was frozen, before reveals end."""
    do = lambda: _reveal(contributor.pk, nonce, secret, by=by, at=at, why=why)  # noqa: E731
    return attempt(contributor.plan, "登记揭示值", do, by=by, at=at)


def _reveal(pk: int, nonce: str, secret: str, *, by: Any, at: datetime, why: str) -> Contributor:
    row = Contributor.objects.select_for_update(of=("self",)).select_related("plan").get(pk=pk)
    plan = row.plan
    check_plans(plan.area_id, by=by, at=at)
    check_frozen(plan)
    opened(row, nonce, secret, algorithm=plan.algorithm, until=plan.reveal_by, by=by, at=at, why=why)
    return row


def enter_value(row: PublicValue, value: str, *, by: Any, at: datetime, why: str) -> PublicValue:
    """Enter what a source published. The second person enters it anew; only if both agree does it stand."""
    do = lambda: _enter(row.pk, value.strip(), False, by=by, at=at, why=why)  # noqa: E731
    return attempt(row.plan, "登记公共随机值", do, by=by, at=at)


def value_failed(row: PublicValue, *, by: Any, at: datetime, why: str) -> PublicValue:
    """Say that a source published nothing. Two persons say it; then the next announced one counts."""
    do = lambda: _enter(row.pk, "", True, by=by, at=at, why=why)  # noqa: E731
    return attempt(row.plan, "公共随机值未能产生", do, by=by, at=at)


def _enter(pk: int, value: str, failed: bool, *, by: Any, at: datetime, why: str) -> PublicValue:
    row = PublicValue.objects.select_for_update(of=("self",)).select_related("plan").get(pk=pk)
    check_plans(row.plan.area_id, by=by, at=at)
    check_frozen(row.plan)
    read_off(row, value, failed, by=by, at=at, why=why)
    return row
