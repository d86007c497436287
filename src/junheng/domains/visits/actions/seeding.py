"""Where the seed comes from: contributors promise before the plan is frozen and open afterwards; two read a public value."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from junheng.domains.intakes.actions.attempts import attempt
from junheng.domains.visits.actions.planning import check_draft
from junheng.domains.visits.actions.reading import locked
from junheng.domains.visits.models import Contributor, PublicValue, SamplePlan
from junheng.domains.visits.policies.scope import check_plans
from junheng.domains.visits.terms import SampleState
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.kernel.lottery import Algorithm, Commitment, commitment_of
from junheng.kernel.lottery.digests import line
from junheng.platform.audit.append import name_of, record
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import columns_of, save_row

NAME = re.compile(r"[A-Za-z0-9-]{1,32}")
FEWEST = 2
"""Contributors at least: with one alone the seed would be that one's and the public value's."""
PATIENCE = timedelta(hours=2)
"""How long after its moment a public value may still come before two persons may say that it failed. To be confirmed."""
Named = tuple[str, str]
Source = tuple[str, str, datetime]


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
    if Contributor.objects.filter(plan=plan).exclude(digest="").exists():
        raise Conflict("draw-committed", "已有参与方提交承诺值，参与方、公共随机值和代用值都不能再改。")
    plan.fallback = fallback
    save_row(plan, by=by, at=at, why=why)
    for row in [*Contributor.objects.filter(plan=plan), *PublicValue.objects.filter(plan=plan)]:
        record(row, Verb.DEED.value, by=by, at=at, why=why, before=columns_of(row))
        row.delete()
    for rank, (name, label) in enumerate(contributors, 1):
        save_row(Contributor(plan=plan, rank=rank, name=name, label=label), by=by, at=at, why=why)
    for rank, (name, label, due) in enumerate(sources, 1):
        save_row(PublicValue(plan=plan, rank=rank, name=name, label=label, due_at=due), by=by, at=at, why=why)
    return plan


def check_names(names: Sequence[str]) -> None:
    """Refuse names that could not stand in the string of the seed, or that stand twice."""
    for name in names:
        if not NAME.fullmatch(name):
            raise Refusal(
                "draw-name",
                "代码「{name}」只能用英文字母、数字和短横线，最多 32 个。它会写进种子的计算。",
                name=name[:40],
            )
    if len(set(names[:-1])) != len(names) - 1:
        raise Refusal("name-twice", "参与方与公共随机源不能重名。请改正后重新公布。")


def commit(contributor: Contributor, digest: str, *, by: Any, at: datetime, why: str) -> Contributor:
    """Write down what a contributor promises, before the plan is frozen; once."""
    do = lambda: _commit(contributor.pk, digest, by=by, at=at, why=why)  # noqa: E731
    return attempt(contributor.plan, "登记承诺值", do, by=by, at=at)


def _commit(pk: int, digest: str, *, by: Any, at: datetime, why: str) -> Contributor:
    row = Contributor.objects.select_for_update(of=("self",)).select_related("plan").get(pk=pk)
    check_plans(row.plan.area_id, by=by, at=at)
    check_draft(row.plan)
    Commitment(row.name, digest)
    if row.digest:
        raise Conflict("committed-already", "「{who}」已提交承诺值，不能更换。", who=row.label)
    row.digest, row.committed_at = digest, at
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
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
    if at >= plan.reveal_by:
        raise Refusal(
            "reveal-too-late",
            "揭示已于 {day} 截止，「{who}」按公布的代用值计入。迟到的揭示不能再用，否则可以挑选结果。",
            day=shown(plan.reveal_by),
            who=row.label,
        )
    if row.revealed_at:
        raise Conflict("revealed-already", "「{who}」已经揭示，不能更换。", who=row.label)
    if commitment_of(Algorithm(plan.algorithm), nonce, secret) != row.digest:
        raise Refusal(
            "reveal-differs",
            "「{who}」揭示的内容与事先公布的承诺值不符，没有登记。请核对后重试。",
            who=row.label,
        )
    row.nonce, row.secret, row.revealed_at = nonce, secret, at
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
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
    check_value(row, value, failed, at=at, why=why)
    who = name_of(by)
    if not row.entered_by:
        row.value, row.failed, row.why, row.entered_by, row.entered_at = value, failed, why[:200], who, at
    elif row.entered_by == who:
        raise NotAllowed(
            "needs-another-person",
            "「{step}」由您提请，须由另一人同意后才生效。请通知同事办理。",
            step=row.label,
        )
    elif (row.value, row.failed) != (value, failed):
        row.value, row.failed, row.why, row.entered_by, row.entered_at = value, failed, why[:200], who, at
        save_row(row, by=by, at=at, why="两人登记不一致，以后一次为准重新复核", verb=Verb.DEED.value)
        return row
    else:
        row.confirmed_by, row.confirmed_at = who, at
    save_row(row, by=by, at=at, why=why or row.label, verb=Verb.DEED.value)
    return row


def check_value(row: PublicValue, value: str, failed: bool, *, at: datetime, why: str) -> None:
    """Refuse a value that is not due, not written, or stands already."""
    if at < row.due_at:
        raise Refusal(
            "value-not-due",
            "「{source}」要到 {day} 才产生，现在不能登记。",
            source=row.label,
            day=shown(row.due_at),
        )
    if failed and at < row.due_at + PATIENCE:
        raise Refusal(
            "value-may-come",
            "「{source}」产生时间过后 {hours} 小时内不能判为未产生，请再等等。",
            source=row.label,
            hours=int(PATIENCE.total_seconds()) // 3600,
        )
    if not failed:
        line(value)
        if not value:
            raise Refusal("value-empty", "请填写公布的数值，逐字照录。")
    if failed and not why.strip():
        raise Refusal("value-failed-why", "请写明为什么没有产生，随结果一起公布。")
    if row.stands:
        raise Conflict("value-stands", "「{source}」已由两人登记，不能更换。", source=row.label)


def shown(moment: datetime) -> str:
    """A moment in Shanghai, as sentences say it."""
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")
