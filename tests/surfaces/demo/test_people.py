"""Identity numbers with valid check digits of places that do not exist."""

import re
from datetime import date

import numpy as np
import polars as pl
import pytest

from junheng.surfaces.demo.frames import City
from junheng.surfaces.demo.people import identity_check, identity_numbers
from junheng.surfaces.demo.words import GIVEN, SURNAMES

PUBLISHED = ("410802201708310017", "410823201809010023", "410882201502290032", "410811201612311185")


@pytest.mark.parametrize("number", PUBLISHED)
def test_the_check_digit_is_that_of_the_standard(number: str) -> None:
    assert identity_check(number) == number[17]


def test_numbers_say_place_birth_and_sex() -> None:
    born = np.array(["2016-09-01", "2016-09-01", "2016-09-01"], dtype="datetime64[D]")
    numbers = identity_numbers(np.array([410802] * 3), born, np.array([True, False, True])).to_list()
    assert [number[:14] for number in numbers] == ["99080220160901"] * 3
    assert [int(number[16]) % 2 for number in numbers] == [1, 0, 1]
    assert len(set(numbers)) == 3


@pytest.mark.parametrize("table", ["pupils", "children"])
def test_every_number_is_valid_and_of_no_place_on_earth(city: City, table: str) -> None:
    rows = city[table].select("id_number", "sex", "born_on")
    assert not rows["id_number"].is_duplicated().any()
    for number, sex, born in rows.head(20_000).iter_rows():
        assert re.fullmatch(r"99\d{15}[\dX]", number)
        assert identity_check(number) == number[17]
        assert date(int(number[6:10]), int(number[10:12]), int(number[12:14])) == born
        assert int(number[16]) % 2 == sex % 2


def test_codes_of_pupils_are_formal_ones(city: City) -> None:
    assert city["pupils"]["code"].str.contains(r"^[GJL]\d{17}[\dX]$").all()


def test_telephones_cannot_be_dialled(city: City) -> None:
    assert city["households"]["phone"].str.contains(r"^120\d{8}$").all()
    assert city["people"]["phone"].str.contains(r"^120\d{8}$").all()
    assert city["schools"]["phone"].str.contains(r"^0000-7\d{6}$").all()


def test_names_are_made_of_the_lists(city: City) -> None:
    names = pl.concat([city["pupils"]["name"], city["people"]["name"], city["households"]["guardian"]])
    assert names.str.contains(f"^[{SURNAMES}][{GIVEN}]{{1,2}}$").all()


def test_brothers_and_sisters_share_their_name(city: City) -> None:
    families = city["pupils"].group_by("household").agg(pl.col("name").str.slice(0, 1).n_unique())
    assert families["name"].max() == 1
