"""The shape of the city: the contracts' columns, rows that point at rows, the same rows for the same number."""

import hashlib

import polars as pl
import pytest

from junheng.kernel.datasets import every_table
from junheng.kernel.datasets.breaches import check_contract
from junheng.kernel.datasets.digest import digest_of, schema_of
from junheng.surfaces.demo.city import make_city
from junheng.surfaces.demo.expected import answers
from junheng.surfaces.demo.frames import City
from junheng.surfaces.demo.plan import load_plan
from tests.surfaces.demo.conftest import city_of

RELATIONS = {
    "school": "schools", "school_class": "classes", "household": "households", "pupil": "pupils", "plan": "plans",
    "kindergarten": "kindergartens", "group": "groups", "helper": "schools", "helped": "schools", "water": "waters",
    "person": "people", "round": "rounds", "document": "documents", "title": "titles", "case": "carecases",
    "article": "articles", "merged_into": "groups", "team": "schools",
}  # fmt: skip
TABLES = sorted(every_table())


def digest(city: City) -> str:
    lines = [f"{name} {digest_of(table, city[name])}" for name, table in every_table().items()]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def test_every_contract_has_its_table() -> None:
    assert sorted(city_of("small")) == TABLES


@pytest.mark.parametrize("table", TABLES)
def test_the_columns_are_the_contracts(city: City, table: str) -> None:
    contract = every_table()[table]
    frame = city[table].select(list(contract.columns))
    assert dict(frame.schema) == schema_of(contract)
    check_contract(contract, frame)
    assert frame["id"].is_sorted()


@pytest.mark.parametrize("table", TABLES)
def test_relations_lead_to_rows(city: City, table: str) -> None:
    frame = city[table]
    for name, target in RELATIONS.items():
        if name in frame.columns and frame.schema[name] == pl.Int64:
            assert frame[name].drop_nulls().is_in(city[target]["id"].implode()).all(), (table, name)
    for name in ("area", "home_area", "by_area"):
        if name in frame.columns:
            assert frame[name].drop_nulls().is_in(city["areas"]["code"].implode()).all(), (table, name)


@pytest.mark.parametrize("table", TABLES)
def test_nothing_ends_before_it_begins(city: City, table: str) -> None:
    frame = city[table]
    if {"since", "until"} <= set(frame.columns):
        assert frame.filter(pl.col("until") <= pl.col("since")).height == 0


def test_the_same_number_makes_the_same_city() -> None:
    assert digest(make_city(load_plan("small"))) == digest(city_of("small"))


def test_another_number_makes_another_city_with_the_same_figures() -> None:
    other = make_city(load_plan("small"), seed=7)
    assert digest(other) != digest(city_of("small"))
    assert answers(other) == answers(city_of("small"))


def test_places_have_their_own_names(city: City) -> None:
    for table in ("areas", "schools", "kindergartens"):
        assert not city[table]["name"].is_duplicated().any(), table
    codes = city["schools"]["code"]
    assert codes.str.contains(r"^(21|31|34|36|51)41\d{6}$").all()
    assert city["kindergartens"]["code"].str.contains(r"^1141\d{6}$").all()


def test_a_plan_that_does_not_exist_is_not_found() -> None:
    with pytest.raises(FileNotFoundError):
        load_plan("tiny")
