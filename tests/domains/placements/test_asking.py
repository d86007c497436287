"""Whom a child asks, who is bound to whom, and whom it asks on: without a database."""

from typing import Any

import pytest

from junheng.domains.placements.queries.asking import Child, Plan, families, records_of
from junheng.domains.placements.queries.tails import Coordination, squared
from junheng.kernel.admission import run


def group(
    code: str, capacity: int, who: str = "anybody", ties: str = "admit", precedence: int = 1, **more: Any
) -> dict[str, Any]:
    return {
        "code": code,
        "label": code,
        "capacity": capacity,
        "who": who,
        "ties": ties,
        "precedence": precedence,
        "release_to": None,
    } | more


def school(
    code: str, *groups: dict[str, Any], private: bool = False, point: Any = None, area: str = "410802001"
) -> dict[str, Any]:
    return {
        "code": code,
        "name": code,
        "private": private,
        "groups": list(groups),
        "point": point,
        "area": area,
    }


CATEGORIES = [
    {"tier": 1, "label": "房户一致", "needs": ["household"], "in_catchment": True, "private": False},
    {"tier": 2, "label": "长幼随学", "needs": ["sibling"], "in_catchment": False, "private": False},
    {"tier": 3, "label": "其他", "needs": [], "in_catchment": False, "private": False},
    {"tier": 0, "label": "直升", "needs": ["direct"], "in_catchment": False, "private": True},
    {"tier": 1, "label": "全体", "needs": [], "in_catchment": False, "private": True},
]


def plan(*schools: dict[str, Any]) -> Plan:
    return Plan({"schools": list(schools), "categories": CATEGORIES})


def test_groups_are_asked_in_their_order_by_whoever_may() -> None:
    one = plan(
        school("s", group("ALL", 3, precedence=2), group("MIG", 1, "migrant", precedence=1, release_to="ALL"))
    )
    local = Child("a", ("s",), frozenset({("household", None)}), "s")
    migrant = Child("b", ("s",), frozenset({("permit", None), ("work", None)}))
    assert [str(bid) for bid in one.bids_of(local)] == ["s-ALL:1:0"]
    assert [str(bid) for bid in one.bids_of(migrant)] == ["s-MIG:3:0", "s-ALL:3:0"]
    assert one.rules().groups[1].release_to == 0


def test_a_sibling_counts_at_its_school_alone() -> None:
    one = plan(school("s", group("ALL", 3)), school("t", group("ALL", 3)))
    child = Child("a", ("s", "t"), frozenset({("sibling", "t")}))
    assert [str(bid) for bid in one.bids_of(child)] == ["s-ALL:3:0", "t-ALL:2:0"]


def test_a_school_that_left_the_plan_is_passed_over() -> None:
    one = plan(school("s", group("ALL", 3)))
    assert [bid.group for bid in one.bids_of(Child("a", ("gone", "s")))] == ["s-ALL"]


@pytest.mark.parametrize(
    ("bound", "together"),
    [
        ({"a": "b", "b": "a"}, {"a": ["a", "b"]}),
        ({"a": "b", "b": "c", "c": "a"}, {"a": ["a", "b", "c"]}),
        ({"a": "b", "b": ""}, {}),
        ({"a": "a"}, {}),
        ({"a": "nobody"}, {}),
        ({}, {}),
    ],
)
def test_who_is_bound_names_another(bound: dict[str, str], together: dict[str, list[str]]) -> None:
    assert families([Child(pid, ("s",), bound_to=other) for pid, other in bound.items()]) == together


def test_bound_twins_have_one_number_and_come_in_together() -> None:
    one = plan(school("s", group("ALL", 1)))
    twins = [Child("a", ("s",), bound_to="b"), Child("b", ("s",), bound_to="a"), Child("c", ("s",))]
    records = records_of(one, twins)
    assert [record.bound for record in records] == ["-", "a", "-"]
    numbers = {"a": b"\x01" * 32, "b": b"\xff" * 32, "c": b"\x02" * 32}
    places = run(one.rules(), records, numbers).places
    assert places == {"a": "s-ALL", "b": "s-ALL", "c": "-"}, (
        "one place more for the second twin, by the announced rule"
    )


def test_twins_who_ask_otherwise_or_strictly_go_each_by_its_number() -> None:
    strict = plan(school("s", group("ALL", 1, ties="strict")))
    twins = [Child("a", ("s",), bound_to="b"), Child("b", ("s",), bound_to="a")]
    assert [one.bound for one in records_of(strict, twins)] == ["-", "-"]
    loose = plan(school("s", group("ALL", 1)), school("t", group("ALL", 1)))
    other = [Child("a", ("s",), bound_to="b"), Child("b", ("t",), bound_to="a")]
    assert [one.bound for one in records_of(loose, other)] == ["-", "-"]


def test_who_asks_on_asks_public_schools_the_nearest_first() -> None:
    here, near, far = [113_200_000, 35_200_000], [113_201_000, 35_200_000], [113_300_000, 35_200_000]
    one = plan(
        school("home", group("ALL", 0), point=here), school("far", group("ALL", 2), point=far),
        school("near", group("ALL", 2), point=near), school("private", group("ALL", 2), private=True, point=here),
        school("unknown", group("ALL", 2), area="410802002"),
    )  # fmt: skip
    ask = Coordination(one, {"a": Child("a", ("home",), catchment="home")}, {"a": "410802"})
    assert [bid.group for bid in ask("a", ["far-ALL", "near-ALL", "private-ALL", "unknown-ALL"])] == [
        "near-ALL",
        "far-ALL",
        "unknown-ALL",
    ]
    assert ask("who gave its place back", ["far-ALL"]) == ()
    assert squared(here, near) < squared(here, far)


def test_places_are_added_where_the_run_says_so() -> None:
    one = plan(school("s", group("ALL", 1)))
    assert one.rules({"s-ALL": 2}).groups[0].capacity == 3
