from datetime import date
from typing import Any

import pytest

from junheng.domains.groups.actions import merge_groups
from junheng.domains.groups.models import GroupMember, SchoolGroup
from junheng.domains.schools.models import School
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from junheng.platform.spans import holds
from tests.domains import makers
from tests.domains.makers import AT, BEGUN

ON = date(2023, 9, 1)


@pytest.fixture
def section() -> User:
    return makers.user(Role.CITY_SECTION)


def group(code: str, *schools: School, **given: Any) -> SchoolGroup:
    facts: dict[str, Any] = {
        "name": f"示例集团{code}",
        "area_id": "410802",
        "kind": "compulsory",
        "since": BEGUN,
    }
    row = SchoolGroup.objects.create(code=code, **facts | given)
    for position, school in enumerate(schools):
        GroupMember.objects.create(
            group=row,
            school=school,
            area_id=school.area_id,
            role="member" if position else "lead",
            since=BEGUN,
        )
    return row


def merge(ended: SchoolGroup, heir: SchoolGroup, by: User, on: date = ON) -> list[GroupMember]:
    return merge_groups(ended, heir, on=on, by=by, at=AT, why="优化整合")


def test_the_heir_has_all_schools_and_the_ended_group_its_history(section: User) -> None:
    one, two, both = makers.school(), makers.school(), makers.school()
    ended, heir = group("A", one, both), group("B", two, both)
    joined = merge(ended, heir, section)
    assert [(member.school, member.role) for member in joined] == [(one, "member")]
    ended.refresh_from_db()
    assert (ended.until, ended.merged_into) == (ON, heir)
    for day, of_ended, of_heir in [
        (date(2023, 8, 31), {one, both}, {two, both}),
        (ON, set(), {one, two, both}),
    ]:
        for row, schools in [(ended, of_ended), (heir, of_heir)]:
            assert {m.school for m in row.groupmember_set.filter(holds(day))} == schools


def test_not_into_itself(section: User) -> None:
    one = group("A")
    with pytest.raises(Refusal) as refused:
        merge(one, one, section)
    assert str(refused.value) == "集团不能并入自己。请选择另一个集团。"


def test_not_twice(section: User) -> None:
    ended, heir = group("A"), group("B")
    merge(ended, heir, section)
    with pytest.raises(Conflict) as refused:
        merge(ended, heir, section)
    assert str(refused.value) == "示例集团A已于 2023-09-01 终止，没有办理。请核对集团。"


def test_only_groups_of_one_kind(section: User) -> None:
    with pytest.raises(Refusal) as refused:
        merge(group("A"), group("B", kind="kindergarten"), section)
    assert str(refused.value) == (
        "示例集团A是义务教育集团，示例集团B是幼儿园集团，不能合并。请选择同类集团。"
    )


@pytest.mark.parametrize(("since", "fine"), [(ON, True), (date(2023, 9, 2), False)])
def test_the_heir_exists_on_the_day(section: User, since: date, fine: bool) -> None:
    ended, heir = group("A"), group("B", since=since)
    if fine:
        assert merge(ended, heir, section) == []
        return
    with pytest.raises(Refusal) as refused:
        merge(ended, heir, section)
    assert str(refused.value) == "示例集团B于 2023-09-02 才成立，2023-09-01 不能办理。请核对日期。"


def test_both_groups_must_be_ones_own() -> None:
    ended, heir = group("A"), group("B", area_id="410811")
    with pytest.raises(NotAllowed):
        merge(ended, heir, makers.user(Role.COUNTY_OFFICER, area="410802"))
    assert SchoolGroup.objects.filter(until=None).count() == 2
