"""Deciding what was proposed: approve, reject, withdraw, or ask again after the row changed."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from junheng.kernel.errors import Conflict, NotAllowed, NotFound, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row, stored_columns
from junheng.platform.registers import Level, Register, register_called
from junheng.platform.registers.actions import LONGEST_WHY, OutOfScope, checked_why, require_in_scope, unmask
from junheng.platform.registers.asker import Asker
from junheng.platform.sealing import Gone, sealed_fields
from junheng.platform.stewardship.deciding import decidable, visible
from junheng.platform.stewardship.models import Kind, Proposal, State

MOST = 200
"""Proposals that one choice decides."""


@transaction.atomic
def approve(numbers: Sequence[int], *, asker: Asker, why: str = "") -> list[Proposal]:
    """Write what was proposed, all of it or nothing. The entry of each row names who proposed and who approved."""
    chosen = to_decide(numbers, asker=asker)
    refuse_stale(chosen)
    for one in chosen:
        carry_out(one, asker=asker)
        close(one, State.APPROVED, decision=why.strip()[:LONGEST_WHY], asker=asker)
    return chosen


@transaction.atomic
def reject(numbers: Sequence[int], *, asker: Asker, why: str) -> list[Proposal]:
    """Leave everything as it is, and say why."""
    reason = checked_why(why)
    chosen = to_decide(numbers, asker=asker)
    for one in chosen:
        close(one, State.REJECTED, decision=reason, asker=asker)
    return chosen


@transaction.atomic
def withdraw(number: int, *, asker: Asker) -> Proposal:
    """Take back one's own; another's looks absent."""
    one = Proposal.objects.select_for_update(of=("self",)).filter(pk=number, by=asker.user).first()
    if one is None:
        raise absent()
    refuse_decided([one])
    close(one, State.WITHDRAWN, decision="", asker=asker)
    return one


@transaction.atomic
def ask_again(number: int, *, asker: Asker) -> Proposal:
    """Begin again from the row as it is now: what was proposed stands beside the new value, and waits anew."""
    one = to_decide([number], asker=asker, own=True)[0]
    stored = stored_columns(row_of(one))
    assert stored is not None
    assert one.before is not None
    one.before = {name: stored[name] for name in one.before}
    save_row(one, by=asker.user, at=asker.at, why=one.why)
    return one


def note_reading(number: int, *, asker: Asker, why: str) -> Proposal:
    """Note that somebody who decides a proposal reads its sensitive values; the reading is about the row."""
    one = visible(asker).filter(pk=number).select_related("by", "decided_by").first()
    if one is None or one.kind == Kind.NEW:
        raise absent()
    register = register_called(one.register)
    row = asker.row(register, one.row if one.row is not None else one.row_key, "unmask")
    unmask(register, row, asker=asker, why=why)
    return one


def to_decide(numbers: Sequence[int], *, asker: Asker, own: bool = False) -> list[Proposal]:
    """The chosen proposals, held for this transaction; refuses all if one is not this person's to decide."""
    wanted = sorted(set(numbers))
    if not wanted or len(wanted) > MOST:
        raise Refusal(
            "choose-proposals", "请先勾选要办理的申请，一次最多 {most} 条。然后再批准或退回。", most=MOST
        )
    held = Proposal.objects.select_for_update(of=("self",)).filter(pk__in=wanted)
    chosen = list(held.select_related("by").order_by("pk"))
    seen = visible(asker).filter(pk__in=wanted).values_list("pk", flat=True)
    if set(seen) != set(wanted):
        raise absent()
    refuse_decided(chosen)
    if not own and any(one.by_id == asker.user.pk for one in chosen):
        raise NotAllowed(
            "own-proposal", "不能批准或退回自己提交的申请。请由其他有权限的人办理；如不再需要，可以撤回。"
        )
    mine = set(decidable(asker).filter(pk__in=wanted).values_list("pk", flat=True))
    if own:
        mine |= {one.pk for one in chosen if one.by_id == asker.user.pk}
    if others := [one for one in chosen if one.pk not in mine]:
        raise NotAllowed(
            "not-yours-to-decide",
            "第 {number} 号申请须由{who}决定，您不能办理。",
            number=others[0].pk,
            who=Level(others[0].decider).label,
        )
    return chosen


def refuse_decided(chosen: Sequence[Proposal]) -> None:
    """Refuse what somebody else decided in the meantime."""
    for one in chosen:
        if one.state != State.PENDING:
            raise Conflict(
                "proposal-decided",
                "第 {number} 号申请已经办理（{state}），没有改动任何内容。请刷新页面。",
                number=one.pk,
                state=State(one.state).label,
            )


def refuse_stale(chosen: Sequence[Proposal]) -> None:
    """Refuse to approve over what somebody else wrote since: both values must be looked at first."""
    stale = [one for one in chosen if is_stale(one)]
    if stale:
        raise Conflict(
            "proposal-stale",
            "第 {numbers} 号申请提出后，原记录又被改过，没有批准任何一条。请核对三个值，按现值重新提出后再定。",
            numbers="、".join(str(one.pk) for one in stale[:10]),
        )


def is_stale(one: Proposal, stored: dict[str, Any] | None = None) -> bool:
    """Whether the row has changed in what a proposal is about; ``stored`` are its columns where they are known."""
    if one.kind == Kind.NEW or one.before is None:
        return False
    if stored is None:
        stored = stored_columns(row_of(one))
    return stored is not None and any(stored[name] != value for name, value in one.before.items())


def row_of(one: Proposal) -> Model:
    """The row that a proposal is about, held for this transaction."""
    register = register_called(one.register)
    pk = one.row if one.row is not None else one.row_key
    found: Model | None = register.model._base_manager.select_for_update().filter(pk=pk).first()
    if found is None:
        raise absent()
    return found


def carry_out(one: Proposal, *, asker: Asker) -> None:
    """Write the proposed values into the row, if it still takes them."""
    register = register_called(one.register)
    row = register.model() if one.kind == Kind.NEW else row_of(one)
    names = set()
    for column in register.model._meta.concrete_fields:
        if column.attname in one.after:
            names.add(column.name)
            setattr(row, column.attname, column.to_python(one.after[column.attname]))
    refuse_gone(register, row, names)
    why = f"{one.why[: LONGEST_WHY - 80]}（第{one.pk}号申请：{str(one.by)[:24]}提出，{str(asker.user)[:24]}批准）"
    try:
        row.clean_fields(exclude={each.name for each in row._meta.concrete_fields} - names)
        row.clean()
        row.validate_unique()
        row.validate_constraints()
        verb = Verb.RETIRE.value if one.kind == Kind.END else None
        save_row(row, by=asker.user, at=asker.at, why=why, verb=verb)
        require_in_scope(register, row, asker)
    except ValidationError as wrong:
        raise no_longer_fits(one, " ".join(wrong.messages)) from None
    except IntegrityError:
        raise no_longer_fits(one, "") from None
    except OutOfScope:
        raise NotAllowed(
            "proposal-outside",
            "按第 {number} 号申请修改后，记录将不在您的权限范围内，没有批准。请交由上级办理。",
            number=one.pk,
        ) from None
    if one.kind == Kind.NEW:
        one.row, one.row_key = (row.pk, "") if isinstance(row.pk, int) else (None, str(row.pk))


def refuse_gone(register: Register[Any], row: Model, names: set[str]) -> None:
    """Refuse a value whose key was destroyed since it was proposed."""
    for column in sealed_fields(register.model):
        if column.name in names and isinstance(getattr(row, column.attname), Gone):
            raise Refusal(
                "proposed-value-gone", "申请中的敏感信息已按规定销毁，不能再批准。请退回，由申请人重新提交。"
            )


def no_longer_fits(one: Proposal, reason: str) -> Refusal:
    """The refusal of values that the row does not take any more."""
    return Conflict(
        "proposal-no-longer-fits",
        "第 {number} 号申请已不能写入：{reason}请退回，由申请人重新提交。",
        number=one.pk,
        reason=reason or _("与已有记录重复。"),
    )


def close(one: Proposal, state: State, *, decision: str, asker: Asker) -> None:
    """Note what became of a proposal, with its entry."""
    one.state, one.decided_by, one.decided_at, one.decision = state, asker.user, asker.at, decision
    save_row(one, by=asker.user, at=asker.at, why=decision or f"{state.label}：{one.why}"[:LONGEST_WHY])


def absent() -> NotFound:
    """What is outside the scope and what is not there get one answer."""
    return NotFound("no-such-proposal", "没有找到这条申请，或者它不在您的权限范围内。请返回「待批准」查看。")
