"""The year of missed checks: what was planted comes out, nothing else moves, and the night after changes nothing."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from junheng.domains.patrols.actions import keep_ledger
from junheng.domains.patrols.models import Check, Escalation, Leave, Miss
from junheng.domains.patrols.queries.counting import compliance
from junheng.domains.patrols.queries.weeks import duties, totals, week
from junheng.platform.audit.history import verify
from junheng.surfaces.demo.city import make_city
from junheng.surfaces.demo.expected import answers
from junheng.surfaces.demo.patrols import DAY, FIRST, THIS, hurry, planted
from junheng.surfaces.demo.plan import load_plan
from tests.domains.patrols.history import mondays, read_aloud
from tests.small_house import built, house, own_house

__all__ = ["built", "house", "own_house"]
SHANGHAI = ZoneInfo("Asia/Shanghai")
LEVELS = {"township": 2, "county": 1}


def test_no_figure_and_no_number_of_checks_moves() -> None:
    city = make_city(load_plan("small"))
    hurried = hurry(city)
    assert list(planted(city))
    assert dict(answers(hurried)) == dict(answers(city))
    assert {name for name in city if not city[name].equals(hurried[name])} == {"checks"}
    moved = city["checks"].filter(city["checks"]["checked_at"] != hurried["checks"]["checked_at"])
    assert moved.height == len(list(planted(city)))


def test_what_was_planted_comes_out(house: Path) -> None:
    wanted = set(planted(make_city(load_plan("small"))))
    found = {(one.person_id, one.monday) for one in Miss.objects.filter(missed__gt=0)}
    assert wanted <= found
    behind_a_leave = {
        (person, one.monday)
        for one in Miss.objects.exclude(state="withdrawn")
        for leave in Leave.objects.filter(since__lt=one.monday + timedelta(days=7), until__gt=one.monday)
        for person in (leave.person_id, leave.deputy_id)
    }
    assert found - wanted <= behind_a_leave
    assert Miss.objects.filter(state="withdrawn").count() == 1
    assert set(Escalation.objects.values_list("rung", flat=True)) == {"person", "county", "city", "leader"}


@pytest.mark.parametrize("reading", ["person", "water"])
def test_compliance_is_what_one_counts_by_hand(house: Path, reading: str) -> None:
    """Person by person, day by day, check by check: the whole year of the small city, by the oracle."""
    last = date(2023, 12, 25)
    found = {
        (one.person, one.level, one.water, one.monday): (one.days, one.owed, one.done)
        for one in duties(compliance(first=FIRST, last=last, reading=reading))
    }
    weeks = mondays(FIRST, last)
    expected = read_aloud(
        first=FIRST,
        last=last,
        per=reading,
        weekly={level: dict.fromkeys(weeks, owed) for level, owed in LEVELS.items()},
    )
    assert found == expected


def test_a_week_of_the_city_by_plain_counting(house: Path) -> None:
    """Without a leave in sight: two checks half an hour apart by each township warden, one by each county warden."""
    monday = date(2023, 10, 16)
    made = defaultdict(list)
    for one in Check.objects.filter(checked_at__date__range=(monday, monday + timedelta(days=6))).order_by(
        "checked_at"
    ):
        made[one.person_id, one.level].append(one.checked_at)
    lines = week(monday, until=DAY)
    assert len(lines) == 22
    for line in lines:
        counted: list[datetime] = []
        for moment in made[line.person.pk, line.level]:
            if not counted or moment - counted[-1] >= timedelta(minutes=30):
                counted.append(moment)
        assert (line.total.owed, line.total.done) == (LEVELS[line.level], len(counted))
    assert [one.owed for _word, _people, one in totals(lines)] == [22, 11, 33]


def test_the_night_after_finds_the_ledger_as_it_would_have_kept_it(own_house: Path) -> None:
    with transaction.atomic():
        kept = keep_ledger(on=DAY, by="junheng", at=datetime(2023, 12, 31, 5, tzinfo=SHANGHAI), why="计数")
        assert (kept.reminded, kept.missed, kept.withdrawn, kept.told) == (0, 0, 0, 0)
        assert verify() is None
    assert DAY - timedelta(days=DAY.weekday()) == THIS
