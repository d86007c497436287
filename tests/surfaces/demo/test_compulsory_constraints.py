"""Constraints C9 to C16 and C28, C29 of the mission: building, groups, titles, double reduction, admission."""

from datetime import date

import polars as pl

from junheng.surfaces.demo.city.schools import COMPULSORY
from junheng.surfaces.demo.frames import City
from junheng.surfaces.demo.plan import CityPlan

DAY = date(2023, 12, 31)
WINDOW = (date(2022, 1, 1), DAY)


def held(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.filter((pl.col("since") <= DAY) & (pl.col("until").is_null() | (pl.col("until") > DAY)))


def test_c9_done_schools_are_on_the_list(plan: CityPlan, city: City) -> None:
    valid = held(city["plans"]).filter(pl.col("kind") == "school_building")["id"].item()
    planned = set(city["planitems"].filter(pl.col("plan") == valid)["school"])
    done = city["projects"].filter(
        (pl.col("programme") == "school_building")
        & pl.col("kind").is_in(["new", "rebuild", "extend"])
        & pl.col("accepted_on").is_between(*WINDOW)
    )
    assert len(planned) == plan.total("school_planned")
    assert len(set(done["school"])) == plan.total("school_done")
    assert done.height > len(set(done["school"])), "a second project at the same school counts once"
    assert set(done["school"]) <= planned
    before = city["projects"].filter(
        (pl.col("programme") == "school_building") & (pl.col("accepted_on") < WINDOW[0])
    )
    assert not planned & set(before["school"]), "none of the plan was done in 2021"
    open_ = city["projects"].filter(
        (pl.col("programme") == "school_building")
        & pl.col("school").is_in(planned - set(done["school"]))
        & pl.col("accepted_on").is_null()
    )
    assert set(open_["school"]) == planned - set(done["school"]), "each open school has a project under way"


def test_c10_the_other_programmes(city: City) -> None:
    done = city["projects"].filter(pl.col("accepted_on").is_between(*WINDOW))
    schools = city["schools"].select("location", "kind", school="id")
    weak = done.filter(pl.col("programme") == "weak_link")
    assert weak["school"].is_duplicated().any(), "some school has several projects"
    repairs = done.filter(pl.col("programme") == "rural_repair").join(schools, on="school")
    assert set(repairs["location"]) > {"rural"}, "a repair in the city was done and does not count"
    assert set(repairs.filter(pl.col("location") == "rural")["kind_right"]) <= set(COMPULSORY)
    grounds = done.filter(pl.col("programme") == "sports_ground")
    assert grounds["school"].is_duplicated().any(), "two sports grounds at one school count once"


def test_c11_groups_and_what_they_grew_from(city: City) -> None:
    groups = held(city["groups"]).filter(pl.col("kind") == "compulsory")
    members = held(city["members"])
    for group in groups["id"]:
        roles = members.filter(pl.col("group") == group)["role"]
        assert (roles == "lead").sum() == 1
        assert (roles == "member").sum() >= 1
        assert city["groups"].filter(pl.col("merged_into") == group).height >= 2
    assert city["groups"].filter(pl.col("kind") == "kindergarten").height >= 1


def test_c12_weak_schools_and_who_helps_them(plan: CityPlan, city: City) -> None:
    weak = set(held(city["weakschools"])["school"])
    groups = held(city["groups"]).filter(pl.col("kind") == "compulsory")["id"]
    members = held(city["members"]).filter(pl.col("group").is_in(groups.implode()))
    inside = weak & set(members.filter(pl.col("role") == "member")["school"])
    paired = set(held(city["pairs"])["helped"])
    helpers = set(held(city["pairs"])["helper"]) | set(members.filter(pl.col("role") == "lead")["school"])
    assert len(inside) == plan.total("weak_in_groups")
    assert len(inside & paired) == plan.total("weak_in_both") > 0
    assert inside | paired == weak
    assert len(inside) + len(paired) > len(weak), "adding up gives another number"
    assert not helpers & weak
    leads = set(members.filter(pl.col("role") == "lead")["school"])
    compulsory = held(city["schools"]).filter(pl.col("kind").is_in(COMPULSORY))
    assert len(weak) + len(leads) <= compulsory.height
    assert held(city["pairs"])["helper"].is_duplicated().any() or plan.name == "small"


def test_c13_titles_and_their_money(plan: CityPlan, city: City) -> None:
    rows = city["titles"].filter(
        pl.col("name").is_in(["demonstration_school", "feature_school"])
        & (pl.col("level") == "province")
        & pl.col("awarded_on").is_between(*WINDOW)
        & pl.col("revoked_on").is_null()
    )
    assert not rows["school"].is_duplicated().any(), "nobody holds both"
    money = city["grants"].filter(pl.col("title").is_in(rows["id"].implode()))["amount_fen"].sum()
    assert money == 100_000_000 * plan.total("demonstration_schools") + 50_000_000 * plan.total(
        "feature_schools"
    )


def test_c14_quality_groups_and_the_pilot(city: City) -> None:
    rows = city["titles"].filter(
        (pl.col("name") == "quality_group")
        & (pl.col("level") == "province")
        & pl.col("awarded_on").is_between(*WINDOW)
    )
    leads = (
        held(city["members"])
        .filter(pl.col("role") == "lead")
        .join(city["schools"], left_on="school", right_on="id")
    )
    names = set(leads.filter(pl.col("group").is_in(rows["group"].implode()))["name"])
    assert {"修武县第二实验中学", "山阳区焦东路小学"} <= names
    assert len(names) == rows.height
    pilot = city["titles"].filter(
        (pl.col("name") == "group_reform_pilot") & (pl.col("batch") == 1) & (pl.col("level") == "province")
    )
    assert pilot["area"].to_list() == ["410811"]


def test_c15_served_and_asked(plan: CityPlan, city: City, roll: pl.DataFrame) -> None:
    needs = city["needs"].filter(pl.col("term") == "2023A")
    asked = needs.filter(pl.col("stage") != "senior")
    compulsory = roll.filter(pl.col("stage") != "senior")
    assert set(asked["pupil"]) == set(compulsory["id"]), "nobody's answer is missing"
    enrolled = city["enrolments"].filter((pl.col("term") == "2023A") & (pl.col("stage") != "senior"))
    assert enrolled.height > enrolled["pupil"].n_unique() == plan.total("served")
    assert set(asked.filter(pl.col("wanted"))["pupil"]) == set(enrolled["pupil"])
    assert city["enrolments"].filter(pl.col("stage") == "senior").height >= 1
    assert asked.filter(~pl.col("wanted")).height >= 1
    assert compulsory.height > plan.total("served")
    served = roll.filter(pl.col("id").is_in(enrolled["pupil"].implode()))
    for unit in plan.units:
        assert served.filter(pl.col("area").str.starts_with(unit.code)).height == unit["served"]


def test_c16_cases_and_licences(plan: CityPlan, city: City) -> None:
    unlicensed = city["cases"].filter(pl.col("kind") == "unlicensed")
    dealt = unlicensed.filter(
        pl.col("state").is_in(["decided", "closed"]) & pl.col("decided_on").is_between(*WINDOW)
    )
    assert dealt.height > dealt["site"].n_unique() == plan.total("unlicensed")
    assert {"tip", "investigating", "unfounded"} <= set(unlicensed["state"])
    assert {"overtime", "fees"} <= set(city["cases"]["kind"])
    subject = city["institutions"].filter(pl.col("kind") == "subject")
    before = date(2021, 12, 31)
    then = subject.filter(
        (pl.col("since") <= before) & (pl.col("until").is_null() | (pl.col("until") > before))
    )
    assert then.height > held(subject).height == plan.total("subject_institutions")


def test_c28_entrants_and_the_roll(plan: CityPlan, city: City) -> None:
    census = date(2023, 9, 30)
    there = (pl.col("since") <= census) & (pl.col("until").is_null() | (pl.col("until") > census))
    first_grades = city["pupils"].filter(there & pl.col("grade").is_in([1, 7]))
    autumn = city["entrants"].filter((pl.col("term") == "2023A") & pl.col("grade").is_in([1, 7]))
    new = autumn.filter(pl.col("kind") == "new")
    arrivals = autumn.filter(pl.col("kind") == "transfer").height
    absent = new.filter(~pl.col("arrived")).height
    assert (absent, arrivals) == (plan.scale["no_shows"], plan.scale["arrivals"])
    assert first_grades.height == new.height - absent + arrivals
    assert new.filter(pl.col("stage") == "primary").height == plan.total("entrants_primary")
    assert new.filter(pl.col("stage") == "junior").height == plan.total("entrants_junior")
    assert new["migrant"].sum() == plan.total("migrants")
    private = city["schools"].filter(pl.col("nature") == "private")["id"]
    assert new.filter(pl.col("school").is_in(private.implode())).height >= 1 or plan.name == "small"
    others = city["entrants"].filter(
        (pl.col("term") != "2023A") | (pl.col("kind") == "transfer") | (pl.col("grade") == 10)
    )
    assert {"2022A", "2023S", "2024S"} <= set(others["term"])


def test_c29_cross_county_admissions_are_lawful_or_corrected(city: City) -> None:
    rows = city["entrants"].filter(pl.col("home_area").str.slice(0, 6) != pl.col("area").str.slice(0, 6))
    assert rows.filter(pl.col("exception").is_null() & pl.col("corrected_on").is_null()).height == 0
    assert rows.filter(pl.col("corrected_on") <= DAY).height >= 1
    assert "migrant" in set(rows["exception"])
    assert rows.filter(pl.col("exception").is_not_null() & pl.col("corrected_on").is_not_null()).height == 0
