"""A drawn sample: frozen by two, drawn once, recounted by the outsider's file, nobody where there is a tie."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.domains.findings.models import Finding
from junheng.domains.visits import actions
from junheng.domains.visits.actions.planning import in_ten_thousand
from junheng.domains.visits.models import (
    CountyPair,
    Errand,
    Inspector,
    PublicValue,
    SamplePlan,
    SampleUnit,
    Stratum,
    TeamMember,
)
from junheng.domains.visits.queries.plans import kernel_plan
from junheng.domains.visits.queries.proofs import files, frozen, recount
from junheng.domains.visits.queries.risk import Rated, banded, suggested
from junheng.domains.visits.terms import TieReason
from junheng.kernel.errors import Refusal
from junheng.kernel.inspections import chances, draw
from junheng.kernel.inspections.pairing import pairing_faults
from junheng.kernel.lottery import Algorithm
from junheng.platform.audit.models import Entry
from tests.domains import makers
from tests.domains.visits.sample import (
    AFTER,
    COUNTIES,
    DRAWN,
    NOW,
    WHY,
    city,
    draft,
    drawn,
    promised,
    released,
    section,
    seeded,
)
from tests.domains.visits.sample import frozen as freeze_by_two


def refused(code: str, do) -> None:
    with pytest.raises(Refusal) as told:
        do()
    assert told.value.code == code, told.value


def test_a_plan_knows_every_unit_its_weight_and_its_chance() -> None:
    city()
    plan = draft(section())
    units = list(SampleUnit.objects.filter(plan=plan))
    assert len(units) == 24
    # nobody has ever looked at any of them: four points of age, and one for being there
    assert {one.weight for one in units} == {5}
    assert all(one.chance > 0 for one in units)
    for row in Stratum.objects.filter(plan=plan):
        inside = [one.chance for one in units if one.stratum_id == row.pk]
        assert abs(sum(inside) - 10_000 * row.size) <= len(inside)


def test_what_is_open_at_a_school_makes_it_heavier() -> None:
    city(schools=6)
    makers_school = makers.school(area_id="410802", kind="primary", name="问题小学")
    Finding.objects.create(
        code="F1", source="checks", source_row=1, what="围墙", severity="major", area_id="410802", school=makers_school,
        owner="学校", found_on="2024-03-01", found_by="甲", due_on="2024-03-09",
    )  # fmt: skip
    plan = draft(section())
    one = SampleUnit.objects.get(plan=plan, school=makers_school)
    assert (one.weight, one.facts["findings"]) == (9, 4)
    same = SampleUnit.objects.filter(plan=plan, stratum=one.stratum).exclude(pk=one.pk)
    assert one.chance > max(other.chance for other in same)


def rated(code: str, weight: int, stage: str = "primary") -> Rated:
    """A unit of one county with that weight."""
    return Rated(code, "410802", stage, min(6, weight - 1), 0, max(0, weight - 7))


def test_nobody_is_alone_in_a_stratum_and_nobody_is_left_out() -> None:
    units = [rated(f"a{place:02d}", 1 + place % 2 * 4) for place in range(12)]
    units += [
        rated("heavy", 9),
        *(rated(f"s{place}", 1, "senior") for place in range(3)),
        rated("v", 1, "special"),
    ]
    strata = banded(units)
    # four schools of two stages are too few: the only other stage joins them, and the heavy one the band below
    assert {code: len(inside) for code, inside in strata.items()} == {
        "410802-mixed-r1": 10,
        "410802-mixed-r2": 7,
    }
    assert sorted(one.code for inside in strata.values() for one in inside) == sorted(
        one.code for one in units
    )
    sizes = suggested(strata, 6)
    assert sum(sizes.values()) == 6
    assert min(sizes.values()) >= 1
    assert sizes["410802-mixed-r2"] > sizes["410802-mixed-r1"]
    assert sum(suggested(strata, 99).values()) == 17


@given(
    st.lists(
        st.tuples(st.sampled_from(["primary", "junior", "senior", "special"]), st.integers(1, 11)),
        min_size=5,
        max_size=60,
    )
)
@settings(deadline=None)
def test_no_stratum_of_a_county_is_small_unless_the_county_is(facts) -> None:
    units = [rated(f"u{place:02d}", weight, stage) for place, (stage, weight) in enumerate(facts)]
    strata = banded(units)
    assert min(len(inside) for inside in strata.values()) >= 5
    assert sorted(one.code for inside in strata.values() for one in inside) == [one.code for one in units]


def test_two_freeze_and_then_nothing_may_be_changed_and_the_attempt_is_written_down() -> None:
    city()
    by, other = section(), section()
    plan = promised(draft(by), by)
    refused(
        "stratum-size", lambda: actions.change_sizes(plan, {"410802-primary-r2": 0}, by=by, at=NOW, why=WHY)
    )
    actions.change_sizes(plan, {"410802-primary-r2": 2}, by=by, at=NOW, why=WHY)
    assert actions.freeze(plan, by=by, at=NOW, why=WHY) is None
    refused("needs-another-person", lambda: actions.freeze(plan, by=by, at=NOW, why=WHY))
    done = actions.freeze(plan, by=other, at=NOW, why=WHY)
    assert done is not None
    assert done.entrants == 24
    before = Entry.objects.count()
    refused(
        "plan-frozen", lambda: actions.change_sizes(plan, {"410802-primary-r2": 3}, by=by, at=NOW, why=WHY)
    )
    last = Entry.objects.order_by("-id")[0]
    assert Entry.objects.count() == before + 1
    assert (last.table, last.row, last.after) == ("visits.sampleplan", plan.pk, {"refused": "plan-frozen"})
    refused("plan-frozen", lambda: promised(plan, by))


def test_the_draw_is_recounted_by_the_outsiders_file_and_made_once() -> None:
    city()
    by, other = section(), section()
    plan = drawn(by, other)
    folder = files(plan)
    assert recount(folder) == []
    changed = dict(folder)
    changed["drawn.json"] = folder["drawn.json"].replace(b'"d-', b'"e-', 1)
    assert recount(changed) != []
    teams = plan.teams
    before = Entry.objects.count()
    refused("sample-drawn-once", lambda: actions.draw_sample(plan, by=by, at=DRAWN, why=WHY))
    assert Entry.objects.order_by("-id")[0].after == {"refused": "sample-drawn-once"}
    assert Entry.objects.count() == before + 1
    assert SamplePlan.objects.get(pk=plan.pk).teams == teams
    row = PublicValue.objects.get(plan=plan, name="drand")
    refused("sample-drawn-once", lambda: actions.enter_value(row, "1", by=by, at=AFTER, why=WHY))


def test_an_altered_plan_stops_the_draw() -> None:
    city()
    by, other = section(), section()
    plan = seeded(freeze_by_two(promised(draft(by), by), by, other), by, other)
    SamplePlan.objects.filter(pk=plan.pk).update(plan_file=plan.plan_file.replace(",5,", ",9,", 1))
    refused("plan-altered-after", lambda: actions.draw_sample(plan, by=by, at=DRAWN, why=WHY))


def test_nobody_is_drawn_to_a_unit_with_a_tie_or_to_the_own_county() -> None:
    city(schools=6, people=6)
    by, other = section(), section()
    one = Inspector.objects.get(code="d-410802-0")
    tied = makers.school(area_id="410811", kind="primary", name="母校")
    actions.declare_tie(one, reason=TieReason.WORKED, school=tied, by=by, at=NOW, why=WHY)
    plan = draft(by)
    read = kernel_plan(plan)
    barred = {each.code: each.recused for each in read.inspectors}
    assert tied.code in barred["d-410802-0"]
    assert tied.code not in barred["d-410803-0"]
    for row in Stratum.objects.filter(plan=plan):
        actions.change_sizes(plan, {row.code: row.units}, by=by, at=NOW, why=WHY)
    done = seeded(freeze_by_two(promised(plan, by), by, other), by, other)
    done = actions.draw_sample(done, by=by, at=DRAWN, why=WHY)
    assert len(done.teams) == 19
    where = {
        unit.code: unit.school.area_id
        for unit in SampleUnit.objects.filter(plan=plan).select_related("school")
    }
    for unit, team in done.teams:
        assert all(where[unit] not in code for code in team)
    assert "d-410802-0" not in dict(done.teams)[tied.code]


def test_a_plan_without_people_enough_is_not_frozen() -> None:
    city(people=1)
    by = section()
    plan = promised(draft(by), by)
    Inspector.objects.filter(code__in=["d-410802-0", "d-410811-0"]).update(until="2024-01-01")
    refused("team-incomplete", lambda: actions.freeze(plan, by=by, at=NOW, why=WHY))
    refused("team-too-small", lambda: draft(by, code="one", team=1))


def test_counties_cross_by_the_same_seed_and_last_rounds_pairs_are_ruled_out() -> None:
    city(people=6)
    by, other = section(), section()
    plan = released(by, other, code="cross-1", crossed=True)
    pairs = dict(CountyPair.objects.filter(plan=plan).values_list("checks", "checked"))
    assert pairing_faults(list(COUNTIES), pairs) == []
    assert recount(files(plan)) == []
    for one in Errand.objects.filter(plan=plan):
        homes = set(TeamMember.objects.filter(errand=one).values_list("inspector__area", flat=True))
        assert len(homes) == 1
        assert pairs[homes.pop()] == one.area_id
    again = promised(draft(by, code="cross-2", crossed=True), by)
    assert kernel_plan(again).cross.apart == frozenset(pairs.items())
    done = actions.draw_sample(
        seeded(freeze_by_two(again, by, other), by, other, "1"), by=by, at=DRAWN, why=WHY
    )
    new = dict(CountyPair.objects.filter(plan=done).values_list("checks", "checked"))
    # of three counties there are two rings: the other one is left
    assert not set(new.items()) & set(pairs.items())
    altered = files(done)
    altered["pairs.json"] = files(plan)["pairs.json"]
    assert "pairs.json" in recount(altered)[0]


def test_release_by_two_sends_the_teams_and_results_come_when_all_are_back() -> None:
    city()
    by, other = section(), section()
    plan = released(by, other)
    errands = list(Errand.objects.filter(plan=plan))
    assert len(errands) == len(plan.teams)
    assert {one.members.count() for one in errands} == {2}
    refused("sample-released-already", lambda: actions.release(plan, by=by, at=DRAWN, why=WHY))
    refused("visits-open", lambda: actions.publish_results(plan, by=by, at=AFTER, why=WHY))
    for one in errands:
        actions.withdraw(one, by=by, at=DRAWN, why="停课")
    done = actions.publish_results(plan, by=by, at=AFTER, why=WHY)
    assert done.published_at == AFTER
    refused("results-published", lambda: actions.publish_results(plan, by=by, at=AFTER, why=WHY))


def test_how_often_a_unit_is_drawn_fits_the_chance_that_was_stated() -> None:
    """3,000 seeds; every unit within five standard deviations of what its plan says."""
    city(schools=7)
    by = section()
    dice = random.Random("weights")
    plan = draft(by)
    stratum = Stratum.objects.filter(plan=plan).order_by("code")[0]
    units = list(SampleUnit.objects.filter(stratum=stratum).order_by("code"))
    for one in units:
        one.weight = dice.randint(1, 15)
        one.save()
    Stratum.objects.filter(pk=stratum.pk).update(size=2)
    stated = chances([one.weight for one in units], 2)
    read = kernel_plan(plan)
    counted = Counter(
        unit.code for seed in range(3_000) for unit in draw(Algorithm.SHA256, f"{seed:064x}", read)
    )
    for one, chance in zip(units, stated, strict=True):
        spread = float(3_000 * chance * (1 - chance)) ** 0.5
        assert abs(counted[one.code] - float(3_000 * chance)) < 5 * spread, (one.code, one.weight)
        assert in_ten_thousand(chance) > 0


def test_only_who_plans_for_the_area_plans() -> None:
    city()
    county = makers.user("county_officer", area="410802")
    refused("plans-no-visits", lambda: draft(county))
    own = draft(county, area_id="410802", code="county-1")
    assert {unit.school.area_id for unit in SampleUnit.objects.filter(plan=own).select_related("school")} == {
        "410802"
    }
    plan = draft(section())
    refused("plans-no-visits", lambda: actions.freeze(plan, by=county, at=NOW, why=WHY))
    late = NOW + timedelta(days=9)
    by = section()
    again = promised(draft(by, code="late"), by)
    refused("freezes-too-late", lambda: actions.freeze(again, by=by, at=late, why=WHY))
    assert frozen(drawn(section(), section(), code="whole")).name == "whole"
