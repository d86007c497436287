"""The team that is at a school fills in the round's own checklist; nobody else does, and the lot is kept with it."""

import hashlib

import pytest

from junheng.domains.areas.models import Area
from junheng.domains.safety.actions import record_answers, send_sheet
from junheng.domains.safety.models import Inspection
from junheng.domains.visits import actions
from junheng.domains.visits.actions.sheets import start_sheet
from junheng.domains.visits.models import CountyPair, Errand, SampleUnit
from junheng.platform.access.models import User
from tests.domains.safety.round import opened, said
from tests.domains.visits.sample import (
    THERE,
    WHY,
    city,
    errand,
    released,
    section,
    strangers,
    users_of,
)
from tests.domains.visits.test_draw import refused


@pytest.fixture(autouse=True)
def small_city(places) -> None:
    city(schools=6, people=4)


@pytest.mark.parametrize("crossed", [False, True])
def test_the_team_fills_in_the_sheet_of_the_round(crossed: bool) -> None:
    by, other = section(), section()
    one = opened(by)
    plan = released(by, other, code="with-list", round=one, algorithm="sha256", crossed=crossed)
    task = Errand.objects.filter(plan=plan).select_related("school").order_by("pk")[0]
    first, second = users_of(task)
    refused("no-checklist", lambda: start_sheet(task, by=first, at=THERE, why=WHY))
    actions.arrive(task, by=first, at=THERE, why=WHY)
    task = Errand.objects.select_related("school", "plan__round", "visit").get(pk=task.pk)
    sheet = start_sheet(task, by=first, at=THERE, why=WHY)
    assert sheet.level == ("cross" if crossed else "city")
    stranger = User.objects.exclude(pk__in=[first.pk, second.pk]).filter(username__startswith="d-")[0]
    refused("not-on-team", lambda: start_sheet(task, by=stranger, at=THERE, why=WHY))
    unit = SampleUnit.objects.get(plan=plan, school=task.school)
    lot = min(
        hashlib.sha256(f"YGZS-LOT/1|es|{plan.seed}|{plan.code}|{unit.code}|{turn}".encode()).hexdigest()
        for turn in range(unit.weight)
    )
    assert sheet.draw == lot
    record_answers(sheet, said(sheet, n1_1="fail"), by=second, at=THERE, why=WHY)
    send_sheet(sheet, on=THERE.date(), by=first, at=THERE, why=WHY)
    found = Inspection.objects.get(round=one, school=task.school)
    assert (found.draw, found.findings) == (lot, 1)
    if crossed:
        pair = CountyPair.objects.get(plan=plan, checked=str(task.school.area_id))
        assert Area.objects.get(pk=found.by_area_id) == pair.checks


def test_a_visit_without_a_round_has_no_checklist() -> None:
    task = errand(section(), strangers())
    first, _second = users_of(task)
    actions.arrive(task, by=first, at=THERE, why=WHY)
    refused("no-checklist", lambda: start_sheet(task, by=first, at=THERE, why=WHY))
