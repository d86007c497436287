"""Cases of the deeds about county lines; ``cases`` says what a case is."""

from datetime import date

from junheng.domains.admissions.actions import answer_crossing, find_crossings
from junheng.domains.admissions.models import Crossing
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.domains.admissions.test_crossings import DONE, entrant
from tests.platform.deeds.filled import DAY, Filled


def opened() -> Crossing:
    entrant()
    return find_crossings(on=DAY, by="junheng", at=makers.AT, why="比对")[0]


def answered() -> Crossing:
    county = makers.user(Role.COUNTY_OFFICER, area="410802")
    return answer_crossing(opened(), answer="corrected", corrected_on=date(2023, 10, 20), by=county, **DONE)


CROSSINGS: dict[tuple[str, str], Filled] = {
    ("crossings", "answer"): Filled(
        opened,
        Role.COUNTY_OFFICER,
        lambda row: {"answer": "corrected", "corrected_on": "2023-10-20"},
        lambda row: Crossing.objects.get(pk=row.pk).state == "answered",
        answered,
    ),
    ("crossings", "close"): Filled(
        answered,
        Role.CITY_SECTION,
        lambda row: {},
        lambda row: Crossing.objects.get(pk=row.pk).state == "closed",
        opened,
    ),
    ("crossings", "return"): Filled(
        answered,
        Role.CITY_SECTION,
        lambda row: {"reason": "学籍还没有转出"},
        lambda row: Crossing.objects.get(pk=row.pk).returned == "学籍还没有转出",
        opened,
    ),
}
