"""Hazards and posts of the demonstration city: what was planted is there, and nobody closed their own."""

from datetime import date
from pathlib import Path

from django.db.models import F

from junheng.domains.findings.models import Finding
from junheng.domains.findings.queries import counts
from junheng.domains.patrols.models import Check
from junheng.domains.posts.queries import matrix, tally, year_of_school
from junheng.domains.schools.models import School
from junheng.platform.access.models import Grant
from junheng.surfaces.demo.faults import DAY
from junheng.surfaces.demo.posts import STANDARD
from tests.small_house import built, house

__all__ = ["built", "house"]


def school_of(username: str) -> School:
    return School.objects.get(pk=Grant.objects.get(user__username=username).school)


def test_every_check_of_the_year_that_found_something_is_a_finding(house: Path) -> None:
    found = Check.objects.filter(hazard__isnull=False, checked_at__year=2023).values_list("pk", flat=True)
    assert set(found) == set(Finding.objects.filter(source="checks").values_list("source_row", flat=True))
    assert not Finding.objects.filter(state="closed", closed_by=F("remedied_by")).exists()


def test_overdue_sent_back_and_major_hazards_are_planted(house: Path) -> None:
    rows = Finding.objects.filter(source="checks")
    told = counts(rows, on=DAY)
    assert told.reopened >= 1
    assert told.overdue >= 1
    assert told.major == 2
    assert not rows.filter(state="open", due_on__lt=DAY.replace(day=20)).exclude(escalated="city").exists()
    listed = rows.get(listed="city")
    assert (listed.planned_on is not None, listed.due_on > DAY or listed.escalated != "") == (True, True)


def test_blanks_doubles_and_a_missing_drill_are_planted(house: Path) -> None:
    first, second = school_of("xiaozhang1"), school_of("xiaozhang2")
    one, two = tally(matrix(first, on=DAY)), tally(matrix(second, on=DAY))
    assert (one.blanks, one.tasks, one.doubles) == (0, 0, 5)
    assert (two.blanks, two.tasks, two.doubles) == (7, 5, 0)
    # on the day by which the demonstration goes something is blank, so that the page opens on it
    today = tally(line for line in matrix(second, on=DAY) if line.weekday == DAY.weekday())
    assert (today.blanks, today.blank_on, two.blank_on, two.double_on) == (1, 6, 0, None)
    missing = [item.first for item in year_of_school(second, day=DAY) if item.state(DAY) == "missing"]
    assert missing == [date(2023, 11, 1)]
    assert len({line.place for line in matrix(second, on=DAY)}) == len(
        [one for one in STANDARD if one[2] == "all"]
    )
