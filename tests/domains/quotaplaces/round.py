"""A small round: two senior schools, three junior schools of twenty graduates, some of whom came late."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from junheng.domains.pupils.models import Pupil
from junheng.domains.quotaplaces import actions
from junheng.domains.quotaplaces.models import QuotaCandidate, QuotaRound, QuotaSenior
from junheng.domains.schools.models import School
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from tests.domains import makers

AT = datetime(2024, 7, 10, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
WHY = "按方案办理"
ENTERED = date(2021, 9, 1)
GRADUATES = (9, 7, 4)


def a_round(**given: Any) -> QuotaRound:
    facts: dict[str, Any] = {
        "code": "fps-2024",
        "title": "2024 年分配生",
        "area_id": "4108",
        "year": 2024,
        "share": 50,
        "less": 50,
        "control": 300,
        "order_text": "示例〔2024〕1号",
        "roll_on": date(2024, 5, 20),
        "entered_by": date(2021, 9, 30),
        "public_from": date(2024, 5, 21),
        "public_until": date(2024, 5, 27),
        "basis": "示例方案",
    }
    return QuotaRound.objects.create(**facts | given)


def seniors(one: QuotaRound, plans: tuple[int, ...] = (6, 5)) -> list[School]:
    found = []
    for number, plan in enumerate(plans):
        school = makers.school(kind="senior", name=f"示例高中{number}")
        QuotaSenior.objects.create(quota_round=one, school=school, area_id="4108", plan=plan)
        found.append(school)
    return found


def graduates(counts: tuple[int, ...] = GRADUATES) -> list[list[Pupil]]:
    """Pupils of the last grade of as many junior schools; the last of each school came in February 2023."""
    found = []
    for number, count in enumerate(counts):
        school = makers.school(
            kind="junior", name=f"示例初中{number}", area_id=("410802", "410811")[number % 2]
        )
        room = makers.school_class(school, stage="junior", grade=9, since=ENTERED)
        found.append(
            [
                makers.pupil(
                    room,
                    since=date(2023, 2, 15) if place == count - 1 else ENTERED,
                    id_number=identity(number, place),
                    born_on=date(2008, 10, 1),
                )
                for place in range(count)
            ]
        )
    return found


def identity(school: int, place: int) -> str:
    """A number in the form of an identity number, with a right check digit, of nobody."""
    body = f"999999{2008_10_01}{school:01d}{place:02d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return (
        body + "10X98765432"[sum(int(one) * weight for one, weight in zip(body, weights, strict=True)) % 11]
    )


def examiner() -> User:
    return makers.user(Role.CITY_SECTION)


def tabled(by: User, one: QuotaRound) -> QuotaRound:
    one = actions.make_table(one, by=by, at=AT - timedelta(days=60), why=WHY)
    return actions.publish_table(one, by=by, at=AT - timedelta(days=59), why=WHY)


def confirmed(by: User, one: QuotaRound) -> QuotaRound:
    one = actions.list_candidates(tabled(by, one), by=by, at=AT - timedelta(days=50), why=WHY)
    return actions.confirm_list(one, by=by, at=AT - timedelta(days=20), why=WHY)


def examined(one: QuotaRound, schools: list[School]) -> None:
    """Scores that go down with the number, everybody's first choice the first school, the second the other one."""
    for place, row in enumerate(QuotaCandidate.objects.filter(quota_round=one).order_by("number")):
        row.score, row.first, row.second = 600 - 5 * place, schools[0], schools[1]
        row.save()
