"""Random schools through the whole room against a naive oracle, to the fen; the county's budget line beside them."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.test import Client

from junheng.domains.areas.models import Area
from junheng.domains.funds.actions import pay
from junheng.domains.funds.models import (
    BedAssignment,
    BudgetLine,
    DifferenceNote,
    Dormitory,
    Entitlement,
    FundBasis,
    FundBudget,
    FundPayment,
)
from junheng.domains.funds.queries import accounts, changes, rates_of
from junheng.domains.funds.queries.budgets import budgets_of, equations
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School
from junheng.platform.spans import holds
from tests.domains import makers
from tests.domains.funds import term as begun
from tests.domains.funds.term import AT, AUTUMN_2022, DAY, SPRING_2023, WHY

OLD = {"primary": 65_000, "junior": 85_000, "boarder": 20_000, "care": 600_000}
NEW = {"primary": 72_000, "junior": 94_000, "boarder": 30_000, "care": 600_000}
"""The rates of a year in fen, as the papers have them."""


def some_schools(dice: Random) -> None:
    """Town and country, special, boarding by a number of beds or by beds given out, and pupils on two rolls."""
    rooms = []
    for number in range(10):
        kind = dice.choice(["primary", "junior", "special"])
        stage = "junior" if kind == "junior" else "primary"
        school = makers.school(
            kind=kind, location=dice.choice(["urban", "rural"]), boarding=dice.random() < 0.6,
            area_id=dice.choice(["410802", "410811"]),
        )  # fmt: skip
        room = begun.pupils(school, 0, stage=stage)
        rooms.append(room)
        pupils = [
            makers.pupil(room, boarder=school.boarding and dice.random() < 0.5)
            for _ in range(dice.randint(1, 7))
        ]
        if number % 3 == 0 and school.boarding:
            where = Dormitory.objects.create(
                code=f"D{number}",
                name="一",
                school=school,
                area_id=school.area_id,
                sex=1,
                beds=9,
                since=makers.BEGUN,
            )
            for place, one in enumerate(one for one in pupils if one.boarder and dice.random() < 0.6):
                BedAssignment.objects.create(
                    pupil=one, dormitory=where, bed=place + 1, area_id=school.area_id, since=makers.BEGUN
                )
        FundBasis.objects.create(
            school=school, area_id=school.area_id, beds=dice.randint(0, 3), since=makers.BEGUN,
            **{f"care_{stage}": dice.randint(0, 1) if len(pupils) > 3 else 0},
        )  # fmt: skip
    for one in dice.sample(list(Pupil.objects.order_by("pk")), 2):
        makers.pupil(
            dice.choice(rooms), code=one.code, since=makers.BEGUN + timedelta(days=1), boarder=one.boarder
        )


def oracle(rates: dict[str, int]) -> dict[int, int]:
    """Half a year's money of every school, counted one pupil after another."""
    times = Counter(one.code for one in Pupil.objects.filter(holds(DAY)))
    found: dict[int, int] = {}
    for school in School.objects.all():
        basis = FundBasis.objects.get(school=school)
        heads: Counter[str] = Counter()
        boarders: list[Pupil] = []
        for one in Pupil.objects.filter(holds(DAY), school=school).order_by("stage", "pk"):
            if times[one.code] == 1:
                heads[one.stage] += 1
                boarders += [one] if one.boarder else []
        given = set(BedAssignment.objects.filter(dormitory__school=school).values_list("pupil", flat=True))
        bedded = sum(one.pk in given for one in boarders) if given else min(len(boarders), basis.beds)
        year = bedded * rates["boarder"] if school.boarding else 0
        for stage, count in heads.items():
            special = school.kind == "special"
            care = count if special else (basis.care_primary if stage == "primary" else basis.care_junior)
            ordinary = count - care
            if school.location == "rural" and not special and 0 < count < 100:
                ordinary += 100 - count
            year += care * rates["care"] + ordinary * rates[stage]
        found[school.pk] = year // 2
    return {school: fen for school, fen in found.items() if fen}


@pytest.mark.parametrize("seed", [1, 2])
def test_random_schools_are_due_what_an_oracle_counts_and_the_difference_is_the_closed_form(
    seed: int,
) -> None:
    some_schools(Random(seed))
    known = rates_of(AUTUMN_2022)
    late = replace(
        rates_of(SPRING_2023), base=tuple(replace(one, until=None) for one in known.base),
        boarder=replace(known.boarder, until=None),
    )  # fmt: skip
    roll = begun.frozen()
    first = begun.derived(roll, rates=late)
    before, after = oracle(OLD), oracle(NEW)
    assert first.total_fen == sum(before.values())
    again = begun.derived(roll)
    due: Counter[int] = Counter()
    for school, fen in Entitlement.objects.values_list("school", "amount_fen"):
        due[school] += fen
    assert {school: fen for school, fen in due.items() if fen} == after
    notes = dict(DifferenceNote.objects.values_list("school", "amount_fen"))
    assert notes == {one: after[one] - before[one] for one in after if after[one] != before[one]}
    found = changes(again, School.objects.all())
    for county in ("410802", "410811"):
        here = [one for one in School.objects.filter(area=county) if one.pk in after]
        (one,) = equations(again, found, [county])
        assert (one.before, one.after) == (sum(before[s.pk] for s in here), sum(after[s.pk] for s in here))
        assert (one.by_count, one.holds, one.gap) == (0, True, None)
        total = one.before // 3
        pay(
            Area.objects.get(pk=county), term=SPRING_2023, document="一", total=total, paid_on=date(2023, 4, 1),
            by=begun.county_officer(county), at=AT, why=WHY,
        )  # fmt: skip
        paid = dict(FundPayment.objects.filter(area=county).values_list("school", "amount_fen"))
        assert sum(paid.values()) == total
        owed = accounts("2023S", School.objects.filter(area=county))
        assert {s: one.arrears for s, one in owed.items()} == {
            s.pk: before[s.pk] - paid.get(s.pk, 0) for s in here
        }


def test_a_difference_is_the_budget_line_of_its_county_or_the_page_says_by_how_much_not(
    settings: Any,
) -> None:
    settings.JUNHENG_AS_OF = date(2023, 6, 1)
    town, other = begun.town(5), begun.town(4, area_id="410811")
    roll = begun.frozen()
    known = rates_of(AUTUMN_2022)
    late = replace(rates_of(SPRING_2023), base=tuple(replace(one, until=None) for one in known.base), boarder=replace(known.boarder, until=None))  # fmt: skip
    first = begun.derived(roll, rates=late)
    (whole, _other) = equations(first, [])
    assert (whole.before, whole.difference, whole.after) == (0, 5 * 32_500, 5 * 32_500)
    again = begun.derived(roll)
    BudgetLine.objects.create(derivation=again, area_id="410802", code="预1", amount_fen=10_000)
    BudgetLine.objects.create(derivation=again, area_id="410802", code="预2", amount_fen=7_500)
    BudgetLine.objects.create(derivation=again, area_id="410811", code="预1", amount_fen=13_999)
    gaps = {one.area: one.gap for one in equations(again, changes(again, School.objects.all()))}
    assert gaps == {"410802": 0, "410811": -1}
    city, county = Client(), Client()
    city.force_login(begun.officer())
    county.force_login(begun.county_officer())
    page = city.get(f"/funds/derivations/{again.pk}/").content.decode()
    assert "相等" in page
    assert "相差 −0.01 元" in page
    page = county.get(f"/funds/derivations/{again.pk}/").content.decode()
    assert "相等" in page
    assert "相差" not in page
    principal = Client()
    principal.force_login(makers.user("principal", area="410802", school=town))
    assert "对照" not in principal.get(f"/funds/derivations/{again.pk}/").content.decode()
    assert other.pk


def test_a_budget_with_too_little_for_training_is_asked_about_on_the_page_of_the_school(
    settings: Any,
) -> None:
    settings.JUNHENG_AS_OF = date(2023, 6, 1)
    school = begun.town(5)
    begun.derived()
    for kind, fen in (("teaching", 95_001), ("training", 4_999)):
        FundBudget.objects.create(school=school, area_id="410802", year=2023, kind=kind, amount_fen=fen)
    (year,) = budgets_of(school)
    assert (year.total, year.needed, year.training, year.short) == (100_000, 5_000, 4_999, True)
    own = Client()
    own.force_login(makers.user("principal", area="410802", school=school))
    page = own.get(f"/funds/schools/{school.pk}/").content.decode()
    assert "低于规定比例，请调整或说明" in page
    FundBudget.objects.filter(kind="teaching").update(amount_fen=95_000)
    FundBudget.objects.filter(kind="training").update(amount_fen=5_000)
    assert "低于规定比例，请调整或说明" not in own.get(f"/funds/schools/{school.pk}/").content.decode()
