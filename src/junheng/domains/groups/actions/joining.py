"""Who is in a group: a school joins, leaves, or takes the lead. What was before keeps its row and its days."""

from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.groups.actions.merging import check_exists
from junheng.domains.groups.models import GroupMember, KindergartenMember, SchoolGroup, WeakSchool
from junheng.domains.groups.policies import check_office
from junheng.domains.groups.terms import GroupKind, GroupRole, HelpMode, HelpReason
from junheng.domains.schools.models import School
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_ends_after, held_from, holds

Member = TypeVar("Member", GroupMember, KindergartenMember)


@transaction.atomic
def join_group(
    group: SchoolGroup,
    *,
    school: School,
    mode: HelpMode,
    reason: HelpReason,
    on: date,
    by: Any,
    at: datetime,
    why: str,
) -> GroupMember:
    """Let a school be a member from a day on."""
    group = locked(group, _("成员加入"), on=on, by=by, at=at)
    check_kind(group, GroupKind.COMPULSORY)
    check_school(school, on=on)
    if GroupMember.objects.filter(held_from(on), group=group, school=school).exists():
        raise Conflict("in-the-group", "{school}已在{group}，没有再次登记。", school=school, group=group)
    row = GroupMember(
        group=group, school=school, area_id=school.area_id, role=GroupRole.MEMBER, mode=mode, reason=reason, since=on
    )  # fmt: skip
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
    return row


@transaction.atomic
def leave_group(member: GroupMember, *, on: date, by: Any, at: datetime, why: str) -> GroupMember:
    """End a membership. The lead cannot leave before another leads."""
    group = locked(member.group, _("成员退出"), on=on, by=by, at=at)
    member = GroupMember.objects.select_for_update(of=("self",)).get(pk=member.pk, group=group)
    if member.until is not None:
        raise Conflict("member-left", "这所学校已定于 {until} 退出，没有再次办理。", until=member.until)
    if member.role == GroupRole.LEAD:
        raise Refusal("lead-leaves", "牵头学校不能退出。请先办理“变更牵头学校”，或者“解散集团”。")
    return end_membership(member, on=on, by=by, at=at, why=why)


@transaction.atomic
def change_lead(
    group: SchoolGroup, *, school: School, on: date, by: Any, at: datetime, why: str
) -> GroupMember:
    """Let another member lead from a day on; whoever led so far stays as a member."""
    group = locked(group, _("变更牵头学校"), on=on, by=by, at=at)
    check_school(school, on=on)
    held = GroupMember.objects.filter(holds(on), group=group)
    new = held.filter(school=school).first()
    if new is None:
        raise Refusal(
            "lead-from-outside", "{school}不是{group}的成员，没有办理。请先办理“成员加入”。", school=school, group=group
        )  # fmt: skip
    if new.role == GroupRole.LEAD:
        raise Conflict("leads-already", "{school}已经是牵头学校。", school=school)
    if WeakSchool.objects.filter(holds(on), school=school).exists():
        raise Refusal(
            "weak-leads", "这所学校现在不能牵头集团，没有办理。请选择其他成员学校，或先核对帮扶清单。"
        )
    lead = new
    for old in (*held.filter(role=GroupRole.LEAD), new):
        end_membership(old, on=on, by=by, at=at, why=why)
        lead = GroupMember(
            group=group, school_id=old.school_id, area_id=old.area_id, since=on, mode=old.mode, reason=old.reason,
            role=GroupRole.LEAD if old.pk == new.pk else GroupRole.MEMBER,
        )  # fmt: skip
        save_row(lead, by=by, at=at, why=why, verb=Verb.DEED.value)
    return lead


def end_membership(member: Member, *, on: date, by: Any, at: datetime, why: str) -> Member:
    """Write the day from which a school is no longer in the group, or no longer in this role."""
    check_ends_after(member.since, on)
    member.until = on
    save_row(member, by=by, at=at, why=why, verb=Verb.DEED.value)
    return member


def locked(group: SchoolGroup, deed: str, *, on: date, by: Any, at: datetime) -> SchoolGroup:
    """The group as it stands now, locked; refused where it has ended, and to whoever is no bureau."""
    group = SchoolGroup.objects.select_for_update(of=("self",)).get(pk=group.pk)
    check_office(deed, group, by=by, at=at)
    check_exists(group, on=on)
    return group


def check_school(school: School, *, on: date) -> None:
    """Refuse a school that is not there on the day."""
    if school.since > on or (school.until is not None and school.until <= on):
        raise Refusal(
            "school-not-there", "{school}在 {on} 没有开办，没有办理。请核对日期和学校。", school=school, on=on
        )


def check_kind(group: SchoolGroup, kind: GroupKind) -> None:
    """Refuse a group that is made of others."""
    if group.kind != kind:
        raise Refusal(
            "group-of-others",
            "{group}是{kind}，没有办理。学校只能加入义务教育集团，幼儿园只能加入幼儿园集团。",
            group=group,
            kind=group.get_kind_display(),
        )
