"""Constraints C1 to C8 of the mission: kindergartens, their projects, recognition, subsidies, county plans."""

from datetime import date
from fractions import Fraction

import polars as pl

from junheng.surfaces.demo.city.children import status
from junheng.surfaces.demo.expected import answers
from junheng.surfaces.demo.frames import City
from junheng.surfaces.demo.plan import CityPlan

WINDOW = (date(2022, 1, 1), date(2023, 12, 31))


def kindergarten_projects(city: City) -> pl.DataFrame:
    return city["projects"].filter(pl.col("programme") == "kg_building")


def counted_projects(city: City) -> pl.DataFrame:
    kinds = status(city, "2023-12-31")
    public = [number for number, kind in enumerate(kinds, 1) if kind == "public"]
    return kindergarten_projects(city).filter(
        pl.col("kind").is_in(["new", "rebuild", "extend"])
        & pl.col("accepted_on").is_between(*WINDOW)
        & pl.col("kindergarten").is_in(public)
    )


def test_c1_projects_by_unit_and_reclaimed_ones_beside(plan: CityPlan, city: City) -> None:
    done = counted_projects(city).unique("kindergarten")
    for unit in plan.units:
        assert done.filter(pl.col("area").str.starts_with(unit.code)).height == unit["kg_projects"]
    assert kindergarten_projects(city).filter(pl.col("kind") == "reclaim").height >= 1
    assert counted_projects(city).height > done.height, "some kindergarten has two projects and counts once"


def test_c2_places_gained(plan: CityPlan, city: City) -> None:
    done = counted_projects(city).with_columns(gain=pl.col("places_after") - pl.col("places_before"))
    assert done["gain"].sum() == plan.total("kg_places")
    assert done["gain"].min() == 0, "a rebuilt kindergarten may gain nothing"
    assert done.filter(pl.col("kind") == "new")["gain"].min() > 0
    capacity = dict(city["kindergartens"].select("id", "capacity").iter_rows())
    assert all(
        after <= capacity[place] for place, after in done.select("kindergarten", "places_after").iter_rows()
    )


def test_c3_children_by_who_runs_the_kindergarten(plan: CityPlan, city: City) -> None:
    kinds = status(city, "2023-12-31")
    children = city["children"].filter(pl.col("until").is_null()).group_by("kindergarten").len()
    heads = {"public": 0, "inclusive": 0, "other": 0}
    for place, count in children.iter_rows():
        heads[kinds[place - 1]] += count
    assert heads == {kind: plan.total(f"children_{kind}") for kind in heads}
    whole = sum(heads.values())
    assert Fraction(5105, 10_000) <= Fraction(heads["public"], whole) < Fraction(51_055, 100_000)
    covered = Fraction(heads["public"] + heads["inclusive"], whole)
    assert Fraction(918, 1000) <= covered < Fraction(91_805, 100_000)
    census = city["censuses"].filter(pl.col("year") == 2023)
    assert dict(census.select("kindergarten", "children").iter_rows()) == dict(children.iter_rows())


def test_c4_the_share_of_kindergartens_is_another_number(city: City) -> None:
    kinds = [kind for kind in status(city, "2023-12-31") if kind != "closed"]
    assert Fraction(sum(kind != "other" for kind in kinds), len(kinds)) < Fraction(9, 10)


def test_c5_stock_and_flow_of_recognition(plan: CityPlan, city: City) -> None:
    rows = city["recognitions"].filter(pl.col("decision") == "recognised")

    def stock(day: date) -> int:
        held = rows.filter((pl.col("since") <= day) & (pl.col("until").is_null() | (pl.col("until") > day)))
        assert not held["kindergarten"].is_duplicated().any()
        return held.height

    ended = rows.filter(pl.col("until").is_between(*WINDOW) & (pl.col("ended_by") != "renewed"))
    ends = dict(ended.group_by("ended_by").len().iter_rows())
    assert ends == {how: plan.scale[f"kg_{how}"] for how in ("withdrawn", "closed", "converted")}
    assert stock(date(2021, 12, 31)) + plan.total("kg_recognised") - sum(ends.values()) == stock(
        date(2023, 12, 31)
    )
    assert stock(date(2023, 12, 31)) == plan.total("kg_inclusive")
    assert rows.filter((pl.col("kind") == "renewal") & pl.col("decided_on").is_between(*WINDOW)).height >= 1
    assert city["recognitions"].filter(pl.col("decision") == "rejected").height >= 1


def test_c6_the_share_rises_under_all_three_readings(city: City) -> None:
    shares: dict[str, list[Fraction]] = {"kindergartens": [], "private": [], "children": []}
    for year in (2021, 2022, 2023):
        rows = city["censuses"].filter(pl.col("year") == year)
        inclusive = rows.filter(pl.col("inclusive"))
        shares["kindergartens"].append(Fraction(inclusive.height, rows.height))
        shares["private"].append(
            Fraction(inclusive.height, rows.filter(pl.col("nature") == "private").height)
        )
        shares["children"].append(Fraction(inclusive["children"].sum(), rows["children"].sum()))
    for reading, found in shares.items():
        assert found == sorted(set(found)), reading


def test_c7_subsidies_are_paid_in_full(plan: CityPlan, city: City) -> None:
    year = city["subsidies"].filter(pl.col("year") == 2023)
    assert year["paid_fen"].sum() == 20_000 * plan.total("children_inclusive")
    assert (city["subsidies"]["paid_fen"] == city["subsidies"]["owed_fen"]).all()
    assert year["paid_on"].max() <= date(2023, 12, 31)


def test_c8_one_plan_a_unit_and_nine_issuers(plan: CityPlan, city: City) -> None:
    for kind in ("county_preschool", "county_groups"):
        valid = city["plans"].filter((pl.col("kind") == kind) & pl.col("until").is_null())
        assert sorted(valid["area"]) == sorted(unit.code for unit in plan.units)
    assert city["plans"].filter(pl.col("until").is_not_null()).height >= len(plan.units), (
        "older versions stand beside"
    )
    assert answers(city)["nine-departments"] == 9
