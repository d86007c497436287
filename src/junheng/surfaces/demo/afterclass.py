"""After-class service of the coming spring: the school of the first principal asks its families, who have begun to answer.

Every pupil here waits for a place until the closing day, one with a reason; the autumn, of which the figures speak, is
untouched. The second principal has taken over a course.
"""

from datetime import date, time

from django.db import transaction

from junheng.domains.afterclass.actions import answering, placing
from junheng.domains.afterclass.models import ChoosingPeriod, Course, Need
from junheng.domains.afterclass.terms import FEE, Gap, Origin
from junheng.domains.fees.models import allowed_item
from junheng.domains.institutions.models import Institution
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School
from junheng.platform.access.models import Grant, User
from junheng.platform.access.scope import within_area
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import holds
from junheng.surfaces.demo.aid import moment

TERM, DAY = "2024S", date(2023, 12, 31)
OPENS, CLOSES = date(2023, 12, 25), date(2024, 1, 12)
FIRST, LAST = date(2024, 2, 26), date(2024, 7, 1)
WHY = "按演示方案登记"
COURSES = (
    ("作业辅导", "完成书面作业，个别答疑（演示）", "一二三四五", 40, 6_000),
    ("篮球", "运球、传球、三对三（演示）", "一三", 2, 10_000),
    ("书法", "楷书笔画与结构（演示）", "二四", 20, 10_000),
)
OUTSIDE = ("航模", "纸飞机到遥控模型（演示）", "五", 15, 10_000)
ANSWERS = ((0, 1), (1, 2), (1,), (1, 0, 2), (2,), ())
"""What the first families chose, by the places of the courses; the last said only that they need the service."""


@transaction.atomic
def add_afterclass() -> None:
    """All of it, by the deeds by which people do it."""
    principal, other = (User.objects.get(username=f"xiaozhang{number}") for number in (1, 2))
    school, second = (school_of(one) for one in (principal, other))
    courses = add_courses(school, principal)
    period = ChoosingPeriod(
        school=school, area_id=school.area_id, term=TERM, opens_on=OPENS, closes_on=CLOSES
    )
    save_row(period, by=principal, at=moment(date(2023, 12, 22)), why=WHY, verb=Verb.CREATE.value)
    placing.take_over(
        courses[2], second, code="YS-2024S-21", by=other, at=moment(date(2023, 12, 25)), why="采用外校课程"
    )
    add_answers(period, courses)
    waiting = Need.objects.filter(term=TERM, pupil__school=school).order_by("pk").last()
    if waiting is not None:
        answering.explain_gap(
            waiting, gap=Gap.RIDE, on=date(2023, 12, 28), by=principal, at=moment(date(2023, 12, 28)), why=WHY
        )


def school_of(principal: User) -> School:
    """The school of a principal."""
    return School.objects.get(pk__in=Grant.objects.filter(user=principal).values("school"))


def add_courses(school: School, principal: User) -> list[Course]:
    """What the school offers; one course is given by a licensed institution."""
    here = within_area("area", school.area_id[:6])
    licensed = Institution.objects.filter(holds(FIRST), here).order_by("pk").first()
    given = [*((one, None) for one in COURSES), *([(OUTSIDE, licensed)] if licensed else [])]
    made = []
    for number, ((name, content, days, places, fee), institution) in enumerate(given, 1):
        course = Course(
            code=f"YS-2024S-{number:02}", school=school, area_id=school.area_id, term=TERM, name=name, content=content,
            weekdays=days, begins=time(16, 30), ends=time(17, 30), places=places, institution=institution,
            origin=Origin.OUTSIDE if institution else Origin.OWN, since=FIRST, until=LAST,
            teachers="" if institution else f"任课教师{number}（演示）",
            fee_fen=fee if allowed_item(school, FEE, on=FIRST) else 0,
        )  # fmt: skip
        course.clean()
        save_row(course, by=principal, at=moment(date(2023, 12, 20)), why=WHY, verb=Verb.CREATE.value)
        made.append(course)
    return made


def add_answers(period: ChoosingPeriod, courses: list[Course]) -> None:
    """The first families of the class whose teacher has a login."""
    room = Grant.objects.get(user__username="banzhuren").school_class
    asked = Need.objects.filter(term=TERM).values("pupil")
    pupils = (
        Pupil.objects.filter(holds(DAY), school_class=room, until=None).exclude(pk__in=asked).order_by("pk")
    )
    for hour, (pupil, chosen) in enumerate(zip(pupils[: len(ANSWERS)], ANSWERS, strict=False), 9):
        answering.choose(
            pupil, period, wanted=True, courses=[courses[one] for one in chosen], on=date(2023, 12, 27),
            at=moment(date(2023, 12, 27), hour),
        )  # fmt: skip
