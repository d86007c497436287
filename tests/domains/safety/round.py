"""A small round: one list of six items, two counties with schools, and people of every level."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from junheng.domains.checklists import actions as lists
from junheng.domains.checklists.models import Checklist, ChecklistItem
from junheng.domains.safety import actions
from junheng.domains.safety.models import Round, Sheet
from junheng.domains.schools.models import School
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from tests.domains import makers

AT = datetime(2024, 3, 12, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = AT.date()
WHY = "按方案办理"
HERE, THERE = "410802", "410811"
ITEMS = (
    ("1.1", "门卫", "general", {}),
    ("1.2", "门卫", "general", {}),
    ("2.1", "消防", "serious", {}),
    ("2.2", "消防", "major", {}),
    ("3.1", "宿舍", "general", {"boarding_only": True}),
    ("4.1", "食堂", "general", {"stage": "junior"}),
)
"""Number, section, grade, and whom it concerns: a primary day school is asked four of the six."""
WINDOWS: dict[str, tuple[date | None, date | None]] = {
    "self": (DAY, DAY + timedelta(days=10)),
    "county": (DAY, DAY + timedelta(days=20)),
    "cross": (DAY, None),
    "city": (DAY, None),
}
_later = [0]


def later() -> datetime:
    """A moment after every moment before it, on the same day."""
    _later[0] += 1
    return AT + timedelta(seconds=_later[0])


def section() -> User:
    """The city's section for safety."""
    return makers.user(Role.CITY_SECTION)


def a_list(by: User, *, issued: bool = True, area: str = "4108", **given: Any) -> Checklist:
    facts = {
        "code": f"aq-{Checklist.objects.count()}",
        "title": "校园安全检查清单",
        "area_id": area,
        "basis": "示例条例",
    }
    one = Checklist.objects.create(**facts | given)
    for place, (number, name, grade, whom) in enumerate(ITEMS, 1):
        ChecklistItem.objects.create(
            checklist=one, area_id=area, section=name, number=number, position=place, clause=f"{name}要求{number}",
            citation=f"示例条例第{place}条", grade=grade, **whom,
        )  # fmt: skip
    return lists.issue(one, by=by, at=AT, why=WHY) if issued else one


def a_round(**given: Any) -> Round:
    facts = {"code": f"r-{Round.objects.count()}", "title": "春季检查", "area_id": "4108", "opened_on": DAY}
    return Round.objects.create(**facts | given)


def planned(
    by: User, one: Round | None = None, *, checklist: Checklist | None = None, **windows: Any
) -> Round:
    one = one or a_round()
    actions.plan_round(
        one, checklist=checklist or a_list(by), kinds=["primary", "junior"], windows=WINDOWS | windows, by=by, at=AT, why=WHY
    )  # fmt: skip
    return one


def opened(by: User, **windows: Any) -> Round:
    one = planned(by, **windows)
    actions.open_round(one, by=by, at=AT, why=WHY)
    return one


def principal(of: School) -> User:
    return makers.user(Role.PRINCIPAL, area=str(of.area_id), school=of)


def officer(area: str = HERE) -> User:
    return makers.user(Role.COUNTY_OFFICER, area=area)


def sheet_of(one: Round, school: School, level: str = "self") -> Sheet:
    return Sheet.objects.select_related("round__plan__checklist", "school").get(
        round=one, school=school, level=level
    )


def said(one: Sheet, **results: str) -> dict[int, tuple[str, str]]:
    """An answer for every item that concerns the school: good, unless said otherwise as ``n1_2="fail"``."""
    from junheng.domains.checklists.queries import items_for

    items = items_for(one.round.plan.checklist, kind=one.kind, boarding=one.boarding)
    found = {}
    for item in items:
        result = results.get(f"n{item.number.replace('.', '_')}", "pass")
        found[item.pk] = (result, f"{item.number}有问题" if result == "fail" else "")
    return found


def fill(one: Sheet, by: User, *, at: datetime | None = None, **results: str) -> Sheet:
    """Fill a sheet in and send it."""
    at = at or later()
    actions.record_answers(one, said(one, **results), by=by, at=at, why=WHY)
    return actions.send_sheet(one, on=DAY, by=by, at=at, why=WHY)
