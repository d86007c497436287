"""What becomes of a group: some of its schools go on as a group of their own, or it is dissolved. Its history stays."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.groups.actions.joining import end_membership, locked
from junheng.domains.groups.models import GroupMember, KindergartenMember, SchoolGroup, WeakSchool
from junheng.domains.groups.terms import GroupRole
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_ends_after, check_has_come, held_from, holds


@transaction.atomic
def dissolve_group(
    group: SchoolGroup, *, number: str, on: date, by: Any, at: datetime, why: str
) -> SchoolGroup:
    """End a group by a document. Its schools are in no group from then on; weak ones are uncovered at once."""
    group = locked(group, _("解散集团"), on=on, by=by, at=at)
    check_has_come(on, at=at)
    check_ends_after(group.since, on)
    for member in GroupMember.objects.filter(held_from(on), group=group).order_by("pk"):
        end_membership(member, on=on, by=by, at=at, why=why)
    for one in KindergartenMember.objects.filter(held_from(on), group=group).order_by("pk"):
        end_membership(one, on=on, by=by, at=at, why=why)
    group.until, group.end_number = on, number.strip()
    save_row(group, by=by, at=at, why=why, verb=Verb.DEED.value)
    return group


@transaction.atomic
def split_group(
    group: SchoolGroup,
    *,
    code: str,
    name: str,
    lead: int,
    members: Collection[int],
    on: date,
    by: Any,
    at: datetime,
    why: str,
) -> SchoolGroup:
    """Let some members go on as a new group that one of them leads. ``lead`` and ``members`` are numbers of memberships."""
    group = locked(group, _("拆分集团"), on=on, by=by, at=at)
    check_ends_after(group.since, on)
    held = {one.pk: one for one in GroupMember.objects.filter(holds(on), group=group).order_by("pk")}
    going = [one for pk, one in held.items() if pk == lead or pk in members]
    if lead not in held or not set(members) <= set(held):
        raise Conflict("member-not-there", "所选学校中有的在 {on} 已不是成员。请刷新页面后重新选择。", on=on)
    if any(one.role == GroupRole.LEAD for one in going):
        raise Refusal("lead-splits-off", "原牵头学校留在原集团，不能分出。请只选成员学校。")
    if WeakSchool.objects.filter(holds(on), school=held[lead].school_id).exists():
        raise Refusal(
            "weak-leads", "这所学校现在不能牵头集团，没有办理。请选择其他成员学校，或先核对帮扶清单。"
        )
    if SchoolGroup.objects.filter(code=code).exists():
        raise Conflict("group-code-taken", "集团编号 {number} 已被使用。请换一个编号。", number=code)
    new = SchoolGroup(
        code=code, name=name, area_id=group.area_id, kind=group.kind, mode=group.mode, since=on, split_from=group
    )  # fmt: skip
    save_row(new, by=by, at=at, why=why, verb=Verb.DEED.value)
    for old in going:
        end_membership(old, on=on, by=by, at=at, why=why)
        row = GroupMember(
            group=new, school_id=old.school_id, area_id=old.area_id, since=on, mode=old.mode, reason=old.reason,
            role=GroupRole.LEAD if old.pk == lead else GroupRole.MEMBER,
        )  # fmt: skip
        save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
    return new
