"""Kindergartens in groups of kindergartens: one joins, leading or led, and leaves. Only a public one leads."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.groups.actions.joining import check_kind, locked
from junheng.domains.groups.models import KindergartenMember, SchoolGroup
from junheng.domains.groups.terms import GroupKind, GroupRole, HelpMode, HelpReason
from junheng.domains.kindergartens.models import Kindergarten
from junheng.domains.kindergartens.queries import nature_on
from junheng.domains.kindergartens.terms import KindergartenNature
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_ends_after, held_from


@transaction.atomic
def join_kindergarten(
    group: SchoolGroup,
    *,
    kindergarten: Kindergarten,
    role: GroupRole,
    mode: HelpMode,
    reason: HelpReason,
    on: date,
    by: Any,
    at: datetime,
    why: str,
) -> KindergartenMember:
    """Let a kindergarten be in a group from a day on. There is one lead, and it is public."""
    group = locked(group, _("幼儿园加入"), on=on, by=by, at=at)
    check_kind(group, GroupKind.KINDERGARTEN)
    if kindergarten.since > on or (kindergarten.until is not None and kindergarten.until <= on):
        raise Refusal(
            "kindergarten-not-there",
            "{kindergarten}在 {on} 没有开办，没有办理。请核对日期和幼儿园。",
            kindergarten=kindergarten,
            on=on,
        )
    held = KindergartenMember.objects.filter(held_from(on), group=group)
    if held.filter(kindergarten=kindergarten).exists():
        raise Conflict(
            "kindergarten-in-the-group",
            "{kindergarten}已在{group}，没有再次登记。",
            kindergarten=kindergarten,
            group=group,
        )
    if role == GroupRole.LEAD:
        if nature_on(kindergarten, on=on) != KindergartenNature.PUBLIC:
            raise Refusal(
                "lead-not-public",
                "{kindergarten}在 {on} 不是公办园，不能牵头集团。请选择公办园，或先核对“办园性质”。",
                kindergarten=kindergarten,
                on=on,
            )
        if held.filter(role=GroupRole.LEAD).exists():
            raise Conflict(
                "kindergarten-leads", "{group}已有牵头园，没有办理。请先办理原牵头园退出。", group=group
            )
    row = KindergartenMember(
        group=group, kindergarten=kindergarten, area_id=kindergarten.area_id, role=role, mode=mode, since=on,
        reason="" if role == GroupRole.LEAD else reason,
    )  # fmt: skip
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
    return row


@transaction.atomic
def leave_kindergarten(
    member: KindergartenMember, *, on: date, by: Any, at: datetime, why: str
) -> KindergartenMember:
    """End a kindergarten's membership, that of the lead as well: another can then lead."""
    group = locked(member.group, _("幼儿园退出"), on=on, by=by, at=at)
    member = KindergartenMember.objects.select_for_update(of=("self",)).get(pk=member.pk, group=group)
    if member.until is not None:
        raise Conflict(
            "kindergarten-left", "这所幼儿园已定于 {until} 退出，没有再次办理。", until=member.until
        )
    check_ends_after(member.since, on)
    member.until = on
    save_row(member, by=by, at=at, why=why, verb=Verb.DEED.value)
    return member
