"""Cases of the deeds about after-class service; ``cases`` says what a case is."""

from datetime import date
from typing import Any

from django.db.models import Model

from junheng.domains.afterclass.models import ChoosingPeriod, Course, CourseChoice, Enrolment, Need
from junheng.domains.pupils.models import Pupil
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.platform.deeds.filled import DAY, ON, Filled

TERM = "2023A"


def pupil(**given: Any) -> Pupil:
    return makers.pupil(makers.school_class(makers.school()), **given)


def need(of: Pupil | None = None, **given: Any) -> Need:
    """A family that needs the service and has no place."""
    one = of or pupil()
    facts: dict[str, Any] = {"term": TERM, "wanted": True, "answered_on": date(2023, 9, 1)}
    return Need.objects.create(pupil=one, area_id=one.area_id, stage=one.stage, **facts | given)


def course(school: Any, **given: Any) -> Course:
    """A course of a school."""
    facts: dict[str, Any] = {
        "code": f"C{Course.objects.count()}", "area_id": school.area_id, "term": TERM, "name": f"课程{Course.objects.count()}",
        "places": 20, "since": date(2023, 9, 11), "until": date(2024, 1, 20),
    }  # fmt: skip
    return Course.objects.create(school=school, **facts | given)


def period(**given: Any) -> ChoosingPeriod:
    """A school whose families have chosen, one of them a course."""
    one = need()
    school = one.pupil.school
    CourseChoice.objects.create(need=one, first=course(school))
    facts: dict[str, Any] = {"term": TERM, "opens_on": date(2023, 9, 1), "closes_on": date(2023, 9, 8)}
    return ChoosingPeriod.objects.create(school=school, area_id=school.area_id, **facts | given)


def a_course(row: Model) -> dict[str, str]:
    assert isinstance(row, Need)
    return ON | {"course": course(row.pupil.school).code}


def is_placed(row: Any) -> bool:
    return Enrolment.objects.filter(pupil=row.pupil_id, offer__isnull=False, since=DAY).exists()


AFTERCLASS: dict[tuple[str, str], Filled] = {
    ("pupils", "afterclass-need"): Filled(
        pupil, Role.PRINCIPAL, lambda row: ON | {"term": TERM, "wanted": "需要"},
        lambda row: Need.objects.filter(pupil=row.pk, term=TERM, wanted=True).exists(), lambda: pupil(until=DAY),
    ),
    ("needs", "place"): Filled(need, Role.COUNTY_OFFICER, a_course, is_placed, lambda: need(wanted=False)),
    ("needs", "gap"): Filled(
        need, Role.COUNTY_OFFICER, lambda row: ON | {"gap": "没有老师"},
        lambda row: Need.objects.filter(pk=row.pk, gap="staff", gap_on=DAY).exists(), lambda: need(wanted=False),
    ),
    ("choosingperiods", "give-places"): Filled(
        period, Role.PRINCIPAL, lambda row: ON | {"seed": "351624"},
        lambda row: Enrolment.objects.filter(offer__school__choosingperiod=row.pk).count() == 1,
        lambda: period(drawn_on=DAY),
    ),
}  # fmt: skip
