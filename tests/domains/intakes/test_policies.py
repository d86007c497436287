"""Catchments, categories and the order of a plan, without a database."""

from typing import Any

import pytest

from junheng.domains.intakes.policies.addresses import (
    holes,
    is_inside,
    overlaps,
    point_of,
    ring_of,
    rings_overlap,
    school_around,
    school_of,
)
from junheng.domains.intakes.policies.categories import category_of, may_have, why, would_be

SQUARE = [(0, 0), (10, 0), (10, 10), (0, 10)]


def school(name: str, *pieces: dict[str, Any]) -> dict[str, Any]:
    empty = {"street": "", "low": None, "high": None, "parity": "all", "community": "", "outline": None}
    return {"name": name, "catchments": [empty | one for one in pieces]}


def street(low: int | None, high: int | None, parity: str = "all") -> dict[str, Any]:
    return {"street": "人民路", "low": low, "high": high, "parity": parity}


def test_an_address_in_two_catchments_is_named() -> None:
    schools = [school("甲", street(1, 99)), school("乙", street(90, 120, "even"))]
    assert overlaps(schools) == [("人民路90–98号（双号）", "甲", "乙")]


def test_odd_and_even_sides_do_not_meet() -> None:
    assert overlaps([school("甲", street(None, None, "odd")), school("乙", street(None, None, "even"))]) == []


def test_one_range_within_another_is_found_though_a_third_stands_between() -> None:
    schools = [
        school("甲", street(1, 999, "odd")),
        school("甲", street(5, 7, "odd")),
        school("乙", street(901, 903, "odd")),
    ]
    assert [one[1:] for one in overlaps(schools)] == [("甲", "乙")]


def test_a_street_with_a_hole_is_named() -> None:
    assert holes([school("甲", street(1, 99, "odd")), school("乙", street(151, None, "odd"))]) == [
        "人民路101–149号（单号）"
    ]
    assert holes([school("甲", street(1, 99, "odd")), school("乙", street(101, None, "odd"))]) == []


def test_a_community_given_to_two_schools_is_named() -> None:
    assert overlaps([school("甲", {"community": "和平小区"}), school("乙", {"community": "和平小区"})]) == [
        ("和平小区", "甲", "乙")
    ]


def test_schools_that_share_a_catchment_do_not_overlap_each_other_but_others() -> None:
    east = [school("甲", street(1, 99)) | {"zone": "东片"}, school("乙", street(51, 120)) | {"zone": "东片"}]
    assert overlaps(east) == []
    assert overlaps([*east, school("丙", street(120, 130, "even"))]) == [
        ("人民路120–120号（双号）", "东片", "丙")
    ]


@pytest.mark.parametrize(
    ("at", "name"),
    [("113.205,35.205", "甲"), ("113.215， 35.205", None), ("113.2,35.205", None), ("35.205,113.205", None)],
)
def test_a_place_on_the_map_is_in_the_outline_around_it_and_on_no_line(at: str, name: str | None) -> None:
    x, y = 113_200_000, 35_200_000
    ring = [[x, y], [x + 10_000, y], [x + 10_000, y + 10_000], [x, y + 10_000]]
    point = point_of(at)
    found = school_around([school("乙"), school("甲", {"outline": ring})], point) if point else None
    assert (found and found["name"]) == name


@pytest.mark.parametrize(
    ("other", "meets"),
    [
        ([(10, 0), (20, 0), (20, 10), (10, 10)], False),
        ([(5, 5), (15, 5), (15, 15), (5, 15)], True),
        ([(2, 2), (8, 2), (8, 8), (2, 8)], True),
        (SQUARE, True),
        ([(30, 30), (40, 30), (40, 40)], False),
        ([(-5, 4), (15, 4), (15, 6), (-5, 6)], True),
    ],
)
def test_outlines_overlap_when_they_share_ground(other: list[tuple[int, int]], meets: bool) -> None:
    assert rings_overlap(SQUARE, other) is meets
    assert rings_overlap(other, SQUARE) is meets


def test_inside_is_not_on_the_line() -> None:
    assert [is_inside(p, SQUARE) for p in ((5, 5), (0, 5), (10, 10), (11, 5))] == [True, False, False, False]


def test_what_is_no_polygon_is_none() -> None:
    good = {"type": "Polygon", "coordinates": [[[113.2, 35.2], [113.3, 35.2], [113.3, 35.3], [113.2, 35.2]]]}
    assert ring_of(good) == [[113200000, 35200000], [113300000, 35200000], [113300000, 35300000]]
    assert ring_of({"type": "Feature", "geometry": good}) == ring_of(good)
    for bad in (
        {},
        [],
        "x",
        {"type": "Polygon", "coordinates": [[[200, 1], [1, 1], [2, 2]]]},
        {"type": "Point"},
    ):
        assert ring_of(bad) is None


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("人民路12号", "甲"), ("解放区人民路 99 号院", "甲"), ("人民路100号", None), ("人民路101号", "乙"),
        ("解放区和平小区3号楼", "丙"), ("人民路12号和平小区", "丙"), ("", None), ("建设路1号", None),
    ],
)  # fmt: skip
def test_an_address_is_found_by_community_first_then_by_number(address: str, name: str | None) -> None:
    schools = [
        school("甲", street(1, 99)),
        school("乙", street(101, None, "odd")),
        school("丙", {"community": "和平小区"}),
    ]
    found = school_of(schools, address)
    assert (found and found["name"]) == name


CATEGORIES: list[dict[str, Any]] = [
    {
        "tier": 1,
        "label": "房户一致",
        "needs": ["household", "property", "kin"],
        "in_catchment": True,
        "private": False,
    },
    {"tier": 2, "label": "随迁子女", "needs": ["permit", "work"], "in_catchment": False, "private": False},
    {"tier": 3, "label": "其他", "needs": [], "in_catchment": False, "private": False},
    {"tier": 0, "label": "全体", "needs": [], "in_catchment": False, "private": True},
]


@pytest.mark.parametrize(
    ("approved", "inside", "private", "label"),
    [
        ({"household", "property", "kin"}, True, False, "房户一致"),
        ({"household", "property", "kin"}, False, False, "其他"),
        ({"household", "property"}, True, False, "其他"),
        ({"permit", "work"}, False, False, "随迁子女"),
        ({"household", "property", "kin", "permit", "work"}, True, False, "房户一致"),
        (set(), True, False, "其他"),
        ({"household", "property", "kin"}, True, True, "全体"),
    ],
)
def test_a_category_follows_from_what_was_found(
    approved: set[str], inside: bool, private: bool, label: str
) -> None:
    found = category_of(approved, in_catchment=inside, private=private, categories=CATEGORIES)
    assert found is not None
    assert found["label"] == label


@pytest.mark.parametrize(
    ("approved", "rest"),
    [
        ((), "无须核实；「随迁子女」还须：父母持有居住证、父母在本地务工或经商。"),
        (("household", "property"), "户籍在片区内、房产在片区内；「房户一致」还须：户主与产权人为父母或祖（外祖）父母。"),
        (("permit",), "父母持有居住证；「随迁子女」还须：父母在本地务工或经商。"),
        (("household", "permit"), "户籍在片区内、父母持有居住证；「随迁子女」还须：父母在本地务工或经商。"),
    ],
)  # fmt: skip
def test_the_sentence_says_what_was_found_and_what_the_nearest_better_category_lacks(
    approved: tuple[str, ...], rest: str
) -> None:
    found = category_of(approved, in_catchment=True, private=False, categories=CATEGORIES)
    assert found is not None
    said = why(found, approved, in_catchment=True, school="甲小学", categories=CATEGORIES)
    assert said == f"在甲小学按「其他」排序：住址在该校片区内，已核实：{rest}"


def test_a_family_learns_before_it_sends_which_tick_is_missing() -> None:
    said = would_be(("household", "property"), school="甲小学", categories=CATEGORIES)
    assert said == (
        "所填情况核实后，在甲小学按「其他」排序。如果还有：户主与产权人为父母或祖（外祖）父母，请勾选，就按「房户一致」排序。"
    )
    best = would_be(("household", "property", "kin"), school="甲小学", categories=CATEGORIES)
    assert best == "所填情况核实后，在甲小学按「房户一致」排序。"
    assert would_be((), school="甲小学", categories=[]) == ""


def test_the_best_category_lacks_nothing() -> None:
    best = why(
        CATEGORIES[0], CATEGORIES[0]["needs"], in_catchment=True, school="甲小学", categories=CATEGORIES
    )
    assert best.endswith("户主与产权人为父母或祖（外祖）父母。")


@pytest.mark.parametrize(
    ("who", "approved", "inside", "may"),
    [
        ("anybody", set(), False, True), ("catchment", set(), True, True), ("catchment", {"household"}, False, False),
        ("migrant", {"permit"}, True, False), ("migrant", {"permit", "work"}, False, True),
        ("preferred", {"preferred"}, False, True), ("sibling", set(), True, False), ("direct", {"direct"}, False, True),
    ],
)  # fmt: skip
def test_who_may_ask_for_the_places_of_a_group(who: str, approved: set[str], inside: bool, may: bool) -> None:
    assert may_have(who, approved, in_catchment=inside) is may
