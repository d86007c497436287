"""Merging one group into another, with the history of both kept."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.groups.models import GroupMember, KindergartenMember, SchoolGroup
from junheng.domains.groups.policies import check_office
from junheng.domains.groups.terms import GroupRole
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_ends_after, held_from


@transaction.atomic
def merge_groups(
    ended: SchoolGroup, heir: SchoolGroup, *, on: date, by: Any, at: datetime, why: str
) -> list[GroupMember]:
    """End one group on a day and let its schools be members of the heir from that day on.

    The ended group keeps its row, its members and their dates. Returns the new memberships; a school that the heir has
    already gets none, so that no school is in a group twice.
    """
    ended, heir = lock_both(ended, heir)
    for group in (ended, heir):
        check_office(_("集团合并"), group, by=by, at=at)
        check_exists(group, on=on)
    if ended.kind != heir.kind:
        raise Refusal(
            "groups-of-two-kinds",
            "{ended}是{ended_kind}，{heir}是{heir_kind}，不能合并。请选择同类集团。",
            ended=ended,
            ended_kind=ended.get_kind_display(),
            heir=heir,
            heir_kind=heir.get_kind_display(),
        )
    check_ends_after(ended.since, on)
    already = set(heir.groupmember_set.filter(held_from(on)).values_list("school_id", flat=True))
    joined = []
    for old in ended.groupmember_set.filter(held_from(on)).order_by("pk"):
        check_ends_after(old.since, on)
        old.until = on
        save_row(old, by=by, at=at, why=why, verb=Verb.DEED.value)
        if old.school_id not in already:
            already.add(old.school_id)
            joined.append(join(heir, old, on=on, by=by, at=at, why=why))
    carry_kindergartens(ended, heir, on=on, by=by, at=at, why=why)
    ended.until, ended.merged_into = on, heir
    save_row(ended, by=by, at=at, why=why, verb=Verb.DEED.value)
    return joined


def join(heir: SchoolGroup, old: GroupMember, *, on: date, by: Any, at: datetime, why: str) -> GroupMember:
    """A school's place in the heir. Whoever led the ended group is one member among others."""
    new = GroupMember(
        group=heir, school_id=old.school_id, area_id=old.area_id, role=GroupRole.MEMBER, since=on,
        mode=old.mode, reason=old.reason,
    )  # fmt: skip
    save_row(new, by=by, at=at, why=why, verb=Verb.DEED.value)
    return new


def carry_kindergartens(
    ended: SchoolGroup, heir: SchoolGroup, *, on: date, by: Any, at: datetime, why: str
) -> None:
    """The same for kindergartens: each that the heir does not have yet becomes one of its members."""
    members = KindergartenMember.objects.filter(held_from(on))
    already = set(members.filter(group=heir).values_list("kindergarten_id", flat=True))
    for old in members.filter(group=ended).order_by("pk"):
        check_ends_after(old.since, on)
        old.until = on
        save_row(old, by=by, at=at, why=why, verb=Verb.DEED.value)
        if old.kindergarten_id not in already:
            new = KindergartenMember(
                group=heir, kindergarten_id=old.kindergarten_id, area_id=old.area_id, role=GroupRole.MEMBER,
                mode=old.mode, reason=old.reason, since=on,
            )  # fmt: skip
            save_row(new, by=by, at=at, why=why, verb=Verb.DEED.value)


def lock_both(ended: SchoolGroup, heir: SchoolGroup) -> tuple[SchoolGroup, SchoolGroup]:
    """Both groups as they stand now, locked in one order so that two mergers never wait for each other."""
    if ended.pk == heir.pk:
        raise Refusal("group-into-itself", "集团不能并入自己。请选择另一个集团。")
    locked = {
        group.pk: group
        for group in SchoolGroup.objects.select_for_update().filter(pk__in=(ended.pk, heir.pk)).order_by("pk")
    }
    return locked[ended.pk], locked[heir.pk]


def check_exists(group: SchoolGroup, *, on: date) -> None:
    """Refuse a group that has ended, or does not exist yet on the day."""
    if group.until is not None:
        raise Conflict(
            "group-ended", "{group}已于 {until} 终止，没有办理。请核对集团。", group=group, until=group.until
        )
    if group.since > on:
        raise Refusal(
            "group-not-begun",
            "{group}于 {since} 才成立，{on} 不能办理。请核对日期。",
            group=group,
            since=group.since,
            on=on,
        )
