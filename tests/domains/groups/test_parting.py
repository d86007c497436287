"""Groups are split, dissolved, joined, left and led by another; what was before stays to be read."""

from datetime import date
from typing import Any

import pytest

from junheng.domains.groups import actions
from junheng.domains.groups.models import GroupMember, SchoolGroup
from junheng.domains.schools.models import School
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.spans import holds
from tests.domains import makers
from tests.domains.groups import made
from tests.domains.groups.made import ON, WHY
from tests.domains.makers import AT

BEFORE = date(2023, 12, 3)


def doing() -> dict[str, Any]:
    return {"on": ON, "by": made.county(), "at": AT, "why": WHY}


def inside(group: SchoolGroup, on: date) -> dict[School, str]:
    return {one.school: one.role for one in group.groupmember_set.filter(holds(on))}


def place(school: School) -> GroupMember:
    return GroupMember.objects.get(school=school, until=None)


def test_some_members_go_on_under_one_of_them() -> None:
    lead, new, along, stays = (makers.school() for _ in range(4))
    old = made.group(lead, new, along, stays)
    facts = {"code": "新1", "name": "新集团", "lead": place(new).pk, "members": [place(along).pk]}
    with pytest.raises(Refusal) as refused:
        actions.split_group(old, **facts | {"lead": place(lead).pk}, **doing())
    assert refused.value.code == "lead-splits-off"
    with pytest.raises(Conflict) as taken:
        actions.split_group(old, **facts | {"code": old.code}, **doing())
    assert (taken.value.code, "已被使用" in str(taken.value)) == ("group-code-taken", True)
    made_of = actions.split_group(old, **facts, **doing())
    assert (made_of.split_from, made_of.since) == (old, ON)
    assert inside(made_of, ON) == {new: "lead", along: "member"}
    assert inside(old, ON) == {lead: "lead", stays: "member"}
    assert set(inside(old, BEFORE)) == {lead, new, along, stays}


def test_a_dissolved_group_keeps_its_history_and_takes_nobody() -> None:
    lead, member = makers.school(), makers.school()
    old = made.group(lead, member)
    actions.dissolve_group(old, number="示例〔2023〕3号", **doing())
    old.refresh_from_db()
    assert (old.until, old.end_number, old.merged_into) == (ON, "示例〔2023〕3号", None)
    assert (inside(old, ON), len(inside(old, BEFORE))) == ({}, 2)
    with pytest.raises(Refusal) as refused:
        actions.join_group(old, school=makers.school(), mode="allied", reason="strong_weak", **doing())
    assert refused.value.code == "group-ended"


def test_one_joins_another_leads_and_the_former_lead_leaves() -> None:
    lead, school = makers.school(), makers.school()
    group = made.group(lead)
    with pytest.raises(Refusal) as refused:
        actions.change_lead(group, school=school, **doing())
    assert refused.value.code == "lead-from-outside"
    joined = actions.join_group(group, school=school, mode="merged", reason="city_village", **doing())
    assert (joined.role, joined.mode, joined.reason) == ("member", "merged", "city_village")
    with pytest.raises(Refusal) as refused:
        actions.leave_group(place(lead), **doing())
    assert refused.value.code == "lead-leaves"
    later = doing() | {"on": date(2023, 12, 5)}
    weak = made.weak(school)
    with pytest.raises(Refusal) as refused:
        actions.change_lead(group, school=school, **later)
    assert refused.value.code == "weak-leads"
    weak.delete()
    actions.change_lead(group, school=school, **later)
    assert inside(group, ON) == {lead: "lead", school: "member"}
    assert inside(group, date(2023, 12, 5)) == {lead: "member", school: "lead"}
    actions.leave_group(place(lead), **later | {"on": date(2023, 12, 6)})
    assert inside(group, date(2023, 12, 6)) == {school: "lead"}


def test_a_school_reshapes_nothing() -> None:
    lead, member = makers.school(), makers.school()
    group, other = made.group(lead, member), made.group(makers.school(), lead)
    by = doing() | {"by": made.principal(lead)}
    for deed in (
        lambda: actions.dissolve_group(group, number="1", **by),
        lambda: actions.leave_group(place(member), **by),
        lambda: actions.change_lead(group, school=member, **by),
        lambda: actions.merge_groups(group, other, **by),
    ):
        with pytest.raises(NotAllowed) as refused:
            deed()
        assert refused.value.code in {"groups-by-the-bureau"}
    assert not SchoolGroup.objects.exclude(until=None).exists()
