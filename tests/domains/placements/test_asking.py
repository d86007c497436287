"""Whom a child asks, who is bound to whom, and whom it asks on: without a database."""

import random
from hashlib import sha256
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


def test_a_child_of_a_shared_catchment_has_a_right_to_one_of_its_schools() -> None:
    """Whatever it chooses first, and however many others want them: the draw says only to which of them it comes."""
    dice = random.Random(7)
    for _round in range(40):
        inside, outside = dice.randint(1, 9), dice.randint(0, 9)
        split = dice.randint(0, inside)
        one = plan(
            school("e1", group("ALL", split, ties="strict"), group("CAT", 0, "catchment", ties="strict", precedence=2)) | {"zone": "东"},
            school("e2", group("ALL", inside - split, ties="strict")) | {"zone": "东"},
            school("far", group("ALL", dice.randint(0, 9), ties="strict")),
        )  # fmt: skip
        shared = frozenset({("household", None)})
        children = [
            Child(f"in{n}", tuple(dice.sample(["e1", "e2", "far"], dice.randint(1, 3))), shared, dice.choice(["e1", "e2"]))
            for n in range(inside)
        ] + [Child(f"out{n}", ("e1", "e2")) for n in range(outside)]  # fmt: skip
        records = records_of(one, children)
        numbers = {each.pid: sha256(f"{_round}{each.pid}".encode()).digest() for each in records}
        places = run(one.rules(), records, numbers).places
        asked = {each.pid: one.asked_by(each) for each in children}
        for each in children[:inside]:
            if {"e1", "e2"} & set(each.choices):
                assert set(asked[each.pid]) >= {"e1", "e2"}
                assert places[each.pid] != "-", "a right to one of them"
            else:
                assert asked[each.pid] == ("far",)
        # who chose a full school before the one it got has a later number than everybody in it who is of the catchment
        for each in children[:inside]:
            better = (
                asked[each.pid][: asked[each.pid].index(places[each.pid][:2])]
                if places[each.pid] in {"e1-ALL", "e2-ALL"}
                else ()
            )
            for there in set(better) & {"e1", "e2"}:
                held = [pid for pid, place in places.items() if place == f"{there}-ALL"]
                assert all(pid.startswith("in") and numbers[pid] < numbers[each.pid] for pid in held)


def test_the_schools_that_share_a_catchment_are_asked_on_before_nearer_ones() -> None:
    here, near, far = [113_200_000, 35_200_000], [113_201_000, 35_200_000], [113_300_000, 35_200_000]
    one = plan(
        school("home", group("ALL", 0), point=here) | {"zone": "东"}, school("mate", group("ALL", 2), point=far) | {"zone": "东"},
        school("near", group("ALL", 2), point=near),
    )  # fmt: skip
    child = Child("a", ("near",), frozenset({("household", None)}), "home")
    ask = Coordination(one, {"a": child}, {"a": "410802"})
    assert [str(bid) for bid in ask("a", ["mate-ALL", "near-ALL"])] == ["mate-ALL:1:0", "near-ALL:3:0"]


def test_places_are_added_where_the_run_says_so() -> None:
    one = plan(school("s", group("ALL", 1)))
    assert one.rules({"s-ALL": 2}).groups[0].capacity == 3
