"""Giving roles and taking them back: what one administrator does alone, and what a second one must approve."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.kernel.errors import Conflict, NotAllowed, NotFound, Refusal
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import CITY_ROLES, RULES, UNMASKING, Role
from junheng.platform.accounts import factors
from junheng.platform.accounts.models import Deed, Proposal, Verdict
from junheng.platform.accounts.people import reason
from junheng.platform.accounts.rights import (
    GIVEN_BY_CITY,
    accounts_of,
    areas_administered,
    holds,
    require_administrator,
)
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row


@dataclass(frozen=True, slots=True)
class WantedGrant:
    """A role over a place from a day on, as an administrator wants to give it."""

    role: str
    area: str
    school: int | None
    school_class: int | None
    since: date
    until: date | None
    kindergarten: int | None = None


class Held(Protocol):
    """What gives a role over a place for some time: a grant, a proposal of one, what somebody wants to give."""

    @property
    def role(self) -> str: ...
    @property
    def area(self) -> str: ...
    @property
    def school(self) -> int | None: ...
    @property
    def school_class(self) -> int | None: ...
    @property
    def kindergarten(self) -> int | None: ...
    @property
    def since(self) -> date | None: ...
    @property
    def until(self) -> date | None: ...


ONE_DAY = timedelta(days=1)
FOUR_EYES = UNMASKING | {Role.ACCOUNT_ADMIN}
"""Roles that no administrator gives alone: who sees what is masked, and who gives such roles."""


def ask_for_grant(user: User, wanted: WantedGrant, *, by: Any, at: datetime, why: str) -> Grant | Proposal:
    """Give a role, or propose it where a second administrator must agree. ``user`` lies in the administrator's reach."""
    check_wanted(user, wanted, by=by, at=at)
    given = reason(why)
    if wanted.role not in FOUR_EYES:
        return give(user, wanted, by=by, at=at, why=given)
    facts = {name: getattr(wanted, name) for name in WantedGrant.__slots__}
    return propose(Deed.GRANT, user, by=by, at=at, why=given, **facts)


def check_wanted(user: User, wanted: WantedGrant, *, by: Any, at: datetime) -> None:
    """Everything a grant must fulfil, asked when it is proposed and again when it is approved."""
    today = timezone.localdate(at)
    if user.pk == by.pk:
        raise NotAllowed("not-on-yourself", "不能为自己办理授权、停用或重置。请由另一位账号管理员办理。")
    check_terms(wanted, areas=areas_administered(by, on=today), today=today)
    kept = Grant.objects.filter(Q(until=None) | Q(until__gt=wanted.since), user=user)
    check_separation(kept, wanted)


def check_terms(wanted: WantedGrant, *, areas: list[str], today: date) -> None:
    """What can be said of a grant without looking at its holder: reach, place and days."""
    if not holds(areas, wanted.area):
        raise NotAllowed("area-not-yours", "所选区划不在您管理的范围内。请选择本辖区内的区划。")
    if wanted.role in GIVEN_BY_CITY and settings.JUNHENG_CITY not in areas:
        raise NotAllowed(
            "role-of-the-city", "「{role}」只能由市级账号管理员授予。", role=Role(wanted.role).label
        )
    check_place(wanted)
    if wanted.until is not None and wanted.until <= wanted.since:
        raise Refusal("bad-grant-end", "终止日应晚于起始日。请重新填写。")
    if wanted.since < today:
        raise Refusal("grant-in-the-past", "授权从今天或以后开始，不能倒填日期。")


def check_place(wanted: WantedGrant) -> None:
    """A role has the place its rule asks for, no wider and no narrower."""
    level = RULES[Role(wanted.role)].level
    if (level == "kindergarten") is not (wanted.kindergarten is not None):
        raise Refusal(
            "grant-kindergarten",
            "「{role}」须指定幼儿园，其他角色不指定幼儿园。请核对角色和幼儿园。",
            role=Role(wanted.role).label,
        )
    if level in {"school", "class"} and wanted.school is None:
        raise Refusal("grant-without-school", "「{role}」须指定学校。", role=Role(wanted.role).label)
    if level == "class" and wanted.school_class is None:
        raise Refusal("grant-without-class", "「{role}」须指定班级。", role=Role(wanted.role).label)
    if (level not in {"school", "class"} and wanted.school is not None) or (
        level != "class" and wanted.school_class is not None
    ):
        raise Refusal(
            "grant-too-narrow",
            "「{role}」不按学校或班级授权，请清空多填的一项。",
            role=Role(wanted.role).label,
        )
    if wanted.role in CITY_ROLES and wanted.area != settings.JUNHENG_CITY:
        raise Refusal(
            "role-at-the-city-only", "「{role}」只设在市一级，区划请选择全市。", role=Role(wanted.role).label
        )


def check_separation(kept: Iterable[Held], wanted: WantedGrant) -> None:
    """Whoever looks after accounts holds nothing else; and no role is given twice for one place and time."""
    others = [one for one in kept if overlap(one, wanted)]
    if any((one.role == Role.ACCOUNT_ADMIN) is not (wanted.role == Role.ACCOUNT_ADMIN) for one in others):
        raise Refusal(
            "duties-not-separated",
            "账号管理员不能兼任其他角色（三员分立）。请先终止原有授权，或改用另一个账号。",
        )
    if any(same_grant(one, wanted) for one in others):
        raise Conflict(
            "already-granted",
            "这段时间内，该账号已有相同范围的「{role}」授权。",
            role=Role(wanted.role).label,
        )


def overlap(one: Held, other: Held) -> bool:
    """Whether two grants hold on some day together."""
    return all(
        first.until is None or second.since is None or first.until > second.since
        for first, second in ((one, other), (other, one))
    )


def same_grant(one: Held, other: Held) -> bool:
    """Whether two grants give the same role over the same place."""
    return (one.role, one.area, one.school, one.school_class, one.kindergarten) == (
        other.role,
        other.area,
        other.school,
        other.school_class,
        other.kindergarten,
    )


@transaction.atomic
def give(user: User, wanted: WantedGrant, *, by: Any, at: datetime, why: str) -> Grant:
    """Write the grant and its entry."""
    grant = Grant(user=user, **{name: getattr(wanted, name) for name in WantedGrant.__slots__})
    save_row(grant, by=by, at=at, why=why)
    return grant


@transaction.atomic
def end_grant(grant: Grant, *, by: Any, at: datetime, why: str) -> None:
    """End a grant today; one that has not begun yet is taken back whole. Taking away needs no second pair of eyes."""
    today = timezone.localdate(at)
    if grant.until is not None and grant.until <= today:
        raise Conflict("grant-over", "这项授权已经终止。请刷新页面查看。")
    if grant.since >= today:
        # a grant of no day cannot be kept: one day is the shortest, and it lies in the past
        grant.since = today - ONE_DAY
    grant.until = today
    save_row(grant, by=by, at=at, why=reason(why), verb=Verb.RETIRE.value)


@transaction.atomic
def ask_for_reset(user: User, *, by: Any, at: datetime, why: str) -> Proposal | None:
    """Take away lost factors: alone where nothing masked is at stake, else with a second administrator's consent."""
    given = reason(why)
    roles = {
        Role(one.role)
        for one in Grant.objects.filter(Q(until=None) | Q(until__gt=timezone.localdate(at)), user=user)
    }
    if roles & FOUR_EYES:
        return propose(Deed.RESET, user, by=by, at=at, why=given)
    factors.reset(user, by=by, at=at, why=given)
    return None


def propose(deed: Deed, user: User, *, by: Any, at: datetime, why: str, **facts: Any) -> Proposal:
    """Keep what one administrator wants until another one has looked at it; the same is proposed only once."""
    waiting = Proposal.objects.filter(deed=deed, user=user, verdict=Verdict.OPEN)
    if waiting.filter(
        **{name: facts.get(name) for name in ("school", "school_class", "kindergarten")},
        role=facts.get("role", ""),
        area=facts.get("area", ""),
    ).exists():
        raise Conflict("already-proposed", "同样的事项已提交，正在等待另一位账号管理员审批。")
    proposal = Proposal(deed=deed, user=user, proposer=by, made_at=at, why=why, **facts)
    save_row(proposal, by=by, at=at, why=why)
    return proposal


def proposals_for(admin: Any, *, on: date) -> "QuerySet[Proposal]":
    """What waits in one's area, one's own proposals included."""
    return Proposal.objects.filter(verdict=Verdict.OPEN, user__in=accounts_of(admin, on=on)).exclude(
        user=admin
    )


@transaction.atomic
def decide(pk: int, *, approve: bool, by: Any, at: datetime) -> Proposal:
    """Approve or refuse what another administrator proposed. Approving does the deed, if it is still in order."""
    today = timezone.localdate(at)
    require_administrator(by, on=today)
    proposal = proposals_for(by, on=today).select_for_update(of=("self",)).filter(pk=pk).first()
    if proposal is None:
        raise NotFound("no-such-proposal", "没有找到这个待审批事项，可能已经办结。请刷新页面。")
    if proposal.proposer_id == by.pk and approve:
        raise NotAllowed("own-proposal", "不能审批自己提出的事项。请由另一位账号管理员审批。")
    if proposal.proposer_id == by.pk:
        proposal.verdict = Verdict.REFUSED
        proposal.decided_at = at
        save_row(proposal, by=by, at=at, why=_("撤回"))
        return proposal
    if approve:
        carry_out(proposal, by=by, at=at)
    proposal.verdict = Verdict.APPROVED if approve else Verdict.REFUSED
    proposal.decided_by, proposal.decided_at = by, at
    save_row(proposal, by=by, at=at, why=_("同意") if approve else _("不同意"))
    return proposal


def carry_out(proposal: Proposal, *, by: Any, at: datetime) -> None:
    """Do what was approved. A day that has passed in the meantime becomes today."""
    if proposal.deed == Deed.RESET:
        factors.reset(proposal.user, by=by, at=at, why=proposal.why)
        return
    assert proposal.since is not None
    wanted = WantedGrant(
        role=proposal.role,
        area=proposal.area,
        school=proposal.school,
        school_class=proposal.school_class,
        kindergarten=proposal.kindergarten,
        since=max(proposal.since, timezone.localdate(at)),
        until=proposal.until,
    )
    check_wanted(proposal.user, wanted, by=by, at=at)
    give(proposal.user, wanted, by=by, at=at, why=proposal.why)
