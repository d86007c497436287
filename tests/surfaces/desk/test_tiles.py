"""The map: every unit once, touching but not covering another, in five honest steps."""

from fractions import Fraction
from itertools import combinations

from junheng.platform.figures.answers import CountyCell
from junheng.surfaces.desk.tiles import HALF_WIDTH, PLACES, ROW, legend, step_of, tiles


def cell(area: str, value: int | None) -> CountyCell:
    return CountyCell(
        area, f"甲{area[-2:]}", "无数据" if value is None else f"{value}所", value, value or 0, None
    )


def city(*values: int | None) -> list[CountyCell]:
    return [cell(area, value) for area, value in zip(PLACES, values, strict=False)]


def test_eleven_units_have_a_place_and_no_two_cover_each_other() -> None:
    assert len(PLACES) == 11
    drawn = tiles(city(*range(11)))
    for one, other in combinations(drawn, 2):
        apart_in_row = abs(one.x - other.x) >= 2 * HALF_WIDTH
        apart_in_column = abs(one.y - other.y) >= ROW and abs(one.x - other.x) >= HALF_WIDTH
        assert apart_in_row or apart_in_column or abs(one.y - other.y) >= 2 * ROW, (one, other)


def test_the_lowest_unit_takes_the_first_step_and_the_highest_the_last() -> None:
    low, high = Fraction(10), Fraction(60)
    assert [step_of(value, low, high) for value in (10, 19, 20, 30, 40, 50, 59, 60)] == [
        1,
        1,
        2,
        3,
        4,
        5,
        5,
        5,
    ]


def test_a_unit_without_a_value_takes_no_step() -> None:
    assert [tile.step for tile in tiles(city(None, 1, 2))] == [0, 1, 5]


def test_equal_units_look_equal() -> None:
    assert {tile.step for tile in tiles(city(7, 7, 7))} == {5}


def test_the_legend_tells_what_each_step_holds() -> None:
    assert [(key.step, key.low, key.high) for key in legend(city(10, 12, 60, None))] == [
        (1, "10所", "12所"),
        (5, "60所", "60所"),
    ]
    assert legend(city(None)) == []


def test_a_tile_says_numerator_and_denominator_of_a_share() -> None:
    share = CountyCell("410802", "解放区", "50%", Fraction(1, 2), 1000, 2000)
    assert tiles([share])[0].says == "解放区　50%（1,000 / 2,000）"


def test_an_area_without_a_place_is_left_to_the_table() -> None:
    assert tiles([cell("999999", 3)]) == []
