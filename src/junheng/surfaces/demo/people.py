"""Invented persons: names, telephones that cannot be dialled, identity numbers of places that do not exist."""

import numpy as np
import polars as pl

from junheng.surfaces.demo.dice import Days, Dice, Ints
from junheng.surfaces.demo.spread import rank_within
from junheng.surfaces.demo.words import GIVEN, SURNAMES

WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], dtype=np.int64)
CHECKS = "10X98765432"


def words(choices: str | list[str] | tuple[str, ...], places: Ints) -> pl.Series:
    """The choices at these places."""
    return pl.Series("word", list(choices), dtype=pl.String).gather(places)


def surnames(dice: Dice, count: int) -> Ints:
    """Places in the list of surnames; the first, commoner ones come more often."""
    return np.minimum(dice.below(len(SURNAMES), count), dice.below(len(SURNAMES), count))


def names(dice: Dice, family: Ints) -> pl.Series:
    """Full names of people with these surnames; four in five have two syllables after it."""
    count = len(family)
    second = words(GIVEN, dice.below(len(GIVEN), count))
    third = words((*GIVEN, ""), np.where(dice.chance(4, 5, count), dice.below(len(GIVEN), count), len(GIVEN)))
    return words(SURNAMES, family) + second + third


def one_name(dice: Dice) -> str:
    """One full name."""
    return str(names(dice, surnames(dice, 1))[0])


def phones(dice: Dice, count: int) -> pl.Series:
    """Eleven digits that begin with 120: no mobile number begins so."""
    return pl.Series("phone", 12_000_000_000 + dice.below(100_000_000, count)).cast(pl.String)


def identity_numbers(area: Ints, born: Days, male: np.ndarray) -> pl.Series:
    """Citizen numbers (GB 11643-1999) with valid check digits of the areas 99xxxx, which no register knows.

    ``area`` holds six-digit county codes 4108xx, of which the last four digits are kept after the 99.
    """
    place = 990_000 + area % 10_000
    months = born.astype("datetime64[M]").astype(np.int64)
    day = (born - born.astype("datetime64[M]")).astype(np.int64) + 1
    date = (1970 + months // 12) * 10_000 + (months % 12 + 1) * 100 + day
    parity = np.asarray(male, dtype=np.int64)
    rank = rank_within((place * 100_000_000 + date) * 2 + parity)
    number = (place * 100_000_000 + date) * 1000 + rank * 2 + parity
    if len(rank) and rank.max() > 499:
        raise ValueError("more than 500 people of one sex were born on one day in one place")
    total = np.zeros(len(number), dtype=np.int64)
    rest = number.copy()
    for weight in WEIGHTS[::-1]:
        total += rest % 10 * weight
        rest //= 10
    return pl.Series("id_number", number).cast(pl.String) + words(CHECKS, total % 11)


def identity_check(number: str) -> str:
    """The check digit that belongs to the first 17 digits."""
    return CHECKS[sum(int(digit) * int(weight) for digit, weight in zip(number, WEIGHTS, strict=False)) % 11]
