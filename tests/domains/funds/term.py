"""A term with a few schools, as tests of money begin with it."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from junheng.domains.funds.actions import derive, freeze_roll
from junheng.domains.funds.models import Derivation, FundBasis, RollFreeze
from junheng.domains.funds.queries import rates_of
from junheng.domains.schools.models import School, SchoolClass
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from tests.domains import makers

AUTUMN_2022, SPRING_2023, AUTUMN_2023 = (SchoolTerm.parse(one) for one in ("2022A", "2023S", "2023A"))
DAY = date(2023, 3, 1)
AT = datetime(2024, 1, 10, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
WHY = "开学核定"


def officer() -> User:
    """Somebody of the city's finance section."""
    return makers.user(Role.CITY_SECTION)


def county_officer(area: str = "410802") -> User:
    """Somebody of a county's bureau."""
    return makers.user(Role.COUNTY_OFFICER, area=area)


def pupils(school: School, number: int, *, stage: str = "primary", **given: Any) -> SchoolClass:
    """A class of so many pupils."""
    grade = 3 if stage == "primary" else 8
    room = makers.school_class(school, stage=stage, grade=grade)
    for _ in range(number):
        makers.pupil(room, **given)
    return room


def town(number: int = 3, **given: Any) -> School:
    """A school in town with so many pupils."""
    school = makers.school(**given)
    pupils(school, number)
    return school


def boarding(boarders: int = 3, beds: int = 2, **given: Any) -> School:
    """A boarding school with a bed too few."""
    school = makers.school(kind="junior", boarding=True, area_id="410811", **given)
    pupils(school, boarders, stage="junior", boarder=True)
    FundBasis.objects.create(school=school, area_id=school.area_id, beds=beds, since=makers.BEGUN)
    return school


def frozen(term: SchoolTerm = SPRING_2023, *, day: date = DAY, by: Any = None) -> RollFreeze:
    return freeze_roll(term, day=day, by=by or officer(), at=AT, why=WHY)


def derived(roll: RollFreeze | None = None, *, rates: Any = None, by: Any = None) -> Derivation:
    row = roll or frozen()
    used = rates or rates_of(SchoolTerm.parse(row.term))
    return derive(row, rates=used, by=by or officer(), at=AT, why=WHY)
