"""Numbers of units: against their own past and their peers; how full registers are, and how long untouched."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from junheng.domains.funds.models import Entitlement
from junheng.domains.kindergartens.models import Census, Kindergarten
from junheng.domains.schools.models import School
from junheng.platform.access.roles import Role
from junheng.platform.audit.append import append_many, batch_draft
from junheng.platform.audit.save import save_row
from junheng.platform.quality.computing import compute
from junheng.platform.quality.declare import Measure, every_declaration
from junheng.platform.quality.finding import find
from junheng.platform.quality.models import Tally
from junheng.platform.quality.queries import fillings
from junheng.platform.quality.telling import sentence_for
from tests import cast
from tests.domains import makers
from tests.makers import make
from tests.makers.rows import CITY, HERE, THERE
from tests.platform.quality.cases import DAY

PERSONS = {"pupils", "children", "households", "people", "entrants", "committee", "payments", "eligibilities"}


def declared(code: str) -> Any:
    return every_declaration()[code]


def test_no_number_compares_persons() -> None:
    measures = [one for one in every_declaration().values() if isinstance(one, Measure)]
    assert len(measures) >= 5
    assert {one.register for one in measures} & PERSONS == set()


def heads(school: School, *numbers: int) -> None:
    for term, number in zip(("2022A", "2023S", "2023A"), numbers, strict=True):
        make(Entitlement, school=school, stage="primary", term=term, heads=number, boarders=0)


def test_a_school_against_its_own_past() -> None:
    schools = [makers.school() for _ in range(10)]
    for number, school in enumerate(schools[:9]):
        heads(school, 400 + number, 404 + number, 400 + 2 * number)
    heads(schools[9], 400, 404, 4020)
    found = find(declared("school-heads"), DAY)
    assert [one.row for one in found] == [schools[9].pk]
    assert sentence_for(declared("school-heads"), found[0].facts) == (
        "享受公用经费的学生数：2023-09 为 4020人，本单位往期（2 期）中位数为 402人，变化幅度远大于其他单位。"
    )


def test_a_change_that_all_make_is_nobodys() -> None:
    for number in range(10):
        heads(makers.school(), 400 + number, 404 + number, 600 + number)
    assert find(declared("school-heads"), DAY) == []


def test_a_kindergarten_against_its_peers_only() -> None:
    for number in range(12):
        place = make(Kindergarten, location="urban", capacity=100)
        make(Census, kindergarten=place, year=2023, counted_on=date(2023, 9, 30), children=78 + number % 5)
    crowded = make(Kindergarten, location="urban", capacity=100)
    make(Census, kindergarten=crowded, year=2023, counted_on=date(2023, 9, 30), children=170)
    elsewhere = make(Kindergarten, location="rural", capacity=100)
    make(Census, kindergarten=elsewhere, year=2023, counted_on=date(2023, 9, 30), children=10)
    found = find(declared("kindergarten-fullness"), DAY)
    assert [one.row for one in found] == [crowded.pk]
    assert found[0].facts["middle"] == "80"
    assert "12 个同类单位的中位数为 80名/百个学位" in sentence_for(
        declared("kindergarten-fullness"), found[0].facts
    )


@pytest.fixture
def filled() -> list[School]:
    full = makers.school(phone="1", address="2", principal="3")
    return [full, makers.school(phone="1"), makers.school(area_id=THERE)]


def test_how_full_by_county_and_by_school(filled: list[School]) -> None:
    compute(on=DAY, at=cast.NOW)
    everywhere = cast.asker(cast.somebody(Role.CITY_SECTION, area=CITY))
    by_county = fillings(everywhere, county="", on=DAY)
    assert {unit: (cells["schools"].filled, cells["schools"].asked) for unit, cells in by_county.items()} == {
        HERE: (4, 6),
        THERE: (0, 3),
    }
    assert (by_county[HERE]["schools"].percent, by_county[HERE]["schools"].tone) == (66, "warn")
    by_school = fillings(everywhere, county=HERE, on=DAY)
    assert {unit: cells["schools"].percent for unit, cells in by_school.items()} == {
        str(filled[0].pk): 100,
        str(filled[1].pk): 33,
    }
    own = cast.asker(cast.somebody(Role.PRINCIPAL, school=filled[1], area=HERE))
    assert set(fillings(own, county=HERE, on=DAY)) == {str(filled[1].pk)}
    assert fillings(cast.asker(cast.stranger()), county="", on=DAY) == {}


def test_how_long_untouched(filled: list[School]) -> None:
    zone = ZoneInfo("Asia/Shanghai")
    numbers = [one.pk for one in filled]
    came = batch_draft(
        School, first_row=min(numbers), last_row=max(numbers), count=len(numbers), digest="0" * 64, source="表格",
        by="导入", at=datetime(2022, 1, 5, tzinfo=zone), why="建库",
    )  # fmt: skip
    append_many([came])
    filled[2].phone = "4"
    save_row(filled[2], by="某人", at=datetime(2023, 12, 1, tzinfo=zone), why="更正")
    compute(on=DAY, at=cast.NOW)
    days = dict(Tally.objects.filter(register="schools").values_list("school", "changed_on"))
    assert days == {
        filled[0].pk: date(2022, 1, 5),
        filled[1].pk: date(2022, 1, 5),
        filled[2].pk: date(2023, 12, 1),
    }
    seen = fillings(cast.asker(cast.somebody(Role.CITY_SECTION, area=CITY)), county="", on=DAY)
    assert (seen[HERE]["schools"].late, seen[THERE]["schools"].late) == (True, False)
    assert seen[THERE]["schools"].days == 30
