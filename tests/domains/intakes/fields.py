"""An admission of one county with two public schools and a private one, in order to be published."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from junheng.domains.intakes.actions.begin import begin, one_group
from junheng.domains.intakes.actions.rows import set_school, write_rows
from junheng.domains.intakes.models import Catchment, Intake, PlanSchool, PlanVersion
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from tests.domains import makers

SHANGHAI = ZoneInfo("Asia/Shanghai")
BEFORE = datetime(2024, 6, 1, 9, 0, tzinfo=SHANGHAI)
"""A moment before everything."""
DAYS = {
    "announce_by": datetime(2024, 7, 1, 18, 0, tzinfo=SHANGHAI),
    "opens_at": datetime(2024, 8, 1, 8, 0, tzinfo=SHANGHAI),
    "closes_at": datetime(2024, 8, 8, 18, 0, tzinfo=SHANGHAI),
    "checked_by": datetime(2024, 8, 12, 18, 0, tzinfo=SHANGHAI),
    "draw_at": datetime(2024, 8, 14, 9, 0, tzinfo=SHANGHAI),
    "release_at": datetime(2024, 8, 16, 9, 0, tzinfo=SHANGHAI),
    "reply_by": datetime(2024, 8, 22, 18, 0, tzinfo=SHANGHAI),
    "appeal_by": datetime(2024, 8, 23, 18, 0, tzinfo=SHANGHAI),
}


def officer() -> User:
    return makers.user(Role.COUNTY_OFFICER, area="410802")


def intake(**given: Any) -> Intake:
    facts: dict[str, Any] = {
        "code": "410802-2024-P",
        "title": "解放区2024年小学招生",
        "area_id": "410802",
        "year": 2024,
        "stage": "primary",
        "born_by": date(2018, 8, 31),
        "starts_on": date(2024, 9, 1),
    }
    return Intake(**facts | DAYS | given)


def begun(by: User, **given: Any) -> PlanVersion:
    return begin(intake(**given), by=by, at=BEFORE, why="新建")


def add(version: PlanVersion, *, by: User, classes: int = 1, size: int = 40, **given: Any) -> PlanSchool:
    school = makers.school(**given)
    row = PlanSchool(version=version, area_id="410802", school=school, classes=classes, class_size=size)
    set_school(row, by=by, at=BEFORE, why="添加")
    one_group(row, by=by, at=BEFORE, why="添加")
    return row


def piece(row: PlanSchool, *, by: User, **given: Any) -> Catchment:
    found = Catchment(plan_school=row, area_id="410802", **given)
    write_rows(row.version, keep=[found], by=by, at=BEFORE, why="片区")
    return found


def ready(by: User, *, size: int = 40, **given: Any) -> PlanVersion:
    """A plan without a fault: two public schools that share a street, and a private one."""
    version = begun(by, **given)
    one = add(version, by=by, name="甲小学", size=size)
    other = add(version, by=by, name="乙小学", size=size)
    add(version, by=by, name="丙学校", nature="private", size=size)
    piece(one, by=by, street="人民路", low=1, high=99, parity="all")
    piece(other, by=by, street="人民路", low=101, high=None, parity="all")
    return version
