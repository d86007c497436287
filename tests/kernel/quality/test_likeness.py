"""Names that are alike, within one place; numbers and places tell names apart."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.kernel.quality import alike, likeness, plain
from junheng.kernel.quality.likeness import COMMON


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("示例区毓秀小学", "毓秀小学", True),
        ("毓秀小学（东校区）", "毓秀小学(东校区)", True),
        ("毓秀　小学", "毓秀小学", True),
        ("第一小学", "第1小学", True),
        ("第１小学", "第二小学", False),
        ("毓秀小学", "毓秀中学", False),
    ],
)
def test_what_people_write_differently(one: str, other: str, same: bool) -> None:
    assert (plain(one, ("示例区",)) == plain(other, ("示例区",))) is same


def test_likeness_is_the_share_of_pairs() -> None:
    assert likeness("毓秀实验小学", "毓秀实验小学校") == Fraction(10, 11)
    assert likeness("星河第2艺术培训中心", "星河第3艺术培训中心") == 0
    assert likeness("", "") == 0


def test_only_names_of_one_place_are_compared() -> None:
    names = {
        1: ("a", "毓秀实验小学"),
        2: ("b", "毓秀实验小学"),
        5: ("a", "毓秀实验小学校"),
        4: ("a", "知新小学"),
    }
    assert list(alike(names)) == [(1, 5, Fraction(10, 11))]


def test_equal_names_are_found_however_common_their_pairs() -> None:
    names = {number: ("a", f"{chr(0x4E00 + number)}小学") for number in range(2 * COMMON)}
    names[1000] = ("a", names[7][1])
    assert list(alike(names)) == [(7, 1000, Fraction(1))]


@given(st.text(max_size=12), st.text(max_size=12))
def test_likeness_has_no_direction_and_stays_within_one(one: str, other: str) -> None:
    share = likeness(plain(one), plain(other))
    assert share == likeness(plain(other), plain(one))
    assert 0 <= share <= 1
