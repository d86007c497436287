"""Groups, pairs, weak schools and who acts about them."""

from datetime import date
from typing import Any

from junheng.domains.groups import actions
from junheng.domains.groups.models import GroupMember, HelpAction, Pair, SchoolGroup, WeakSchool
from junheng.domains.groups.terms import HelpKind
from junheng.domains.schools.models import School
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.domains.makers import AT, BEGUN

WHY = "按方案办理"
ON = date(2023, 12, 4)


def county(area: str = "410802") -> User:
    return makers.user(Role.COUNTY_OFFICER, area=area)


def principal(school: School) -> User:
    return makers.user(Role.PRINCIPAL, school=school)


def group(*schools: School, **given: Any) -> SchoolGroup:
    number = SchoolGroup.objects.count()
    facts: dict[str, Any] = {
        "code": f"G{number}", "name": f"示例集团{number}", "area_id": "410802", "kind": "compulsory", "since": BEGUN,
    }  # fmt: skip
    row = SchoolGroup.objects.create(**facts | given)
    for place, school in enumerate(schools):
        GroupMember.objects.create(
            group=row, school=school, area_id=school.area_id, role="member" if place else "lead", since=BEGUN
        )
    return row


def pair(helper: School, helped: School, **given: Any) -> Pair:
    facts: dict[str, Any] = {"code": f"P{Pair.objects.count()}", "area_id": helped.area_id, "since": BEGUN}
    return Pair.objects.create(helper=helper, helped=helped, **facts | given)


def weak(school: School, **given: Any) -> WeakSchool:
    facts: dict[str, Any] = {"area_id": school.area_id, "since": date(2021, 3, 1), "losing_pupils": True}
    return WeakSchool.objects.create(school=school, **facts | given)


def helped(within: Pair | GroupMember, giver: School, *, on: date = ON, by: User | None = None) -> HelpAction:
    return actions.record_help(
        giver, within=within, kind=HelpKind.LESSONS, on=on, people=3, what="送课两节", by=by or principal(giver), at=AT,
        why=WHY,
    )  # fmt: skip


def action() -> HelpAction:
    """Help in a pair that the helped school has to confirm."""
    helper, school = makers.school(), makers.school()
    return helped(pair(helper, school), helper)


def confirmed() -> HelpAction:
    one = action()
    return actions.confirm_help(one, by=principal(one.taker), at=AT, why=WHY)
