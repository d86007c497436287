"""The days the demonstration city turns on."""

from typing import Final

import numpy as np

from junheng.surfaces.demo.dice import Days, Ints

AS_OF: Final = "2023-12-31"
PUBLISHED: Final = "2024-03-06"
CENSUS: Final = "2023-09-30"
SCHOOL_YEAR: Final = 2023
TERMS: Final = ("2022A", "2023S", "2023A")


def plus(days: Days, count: int | Ints) -> Days:
    """The days ``count`` days later."""
    return days + np.asarray(count, dtype=np.int64).astype("timedelta64[D]")


def on(day: str) -> np.datetime64:
    """The day of an ISO text."""
    return np.datetime64(day, "D")


def never(count: int) -> Days:
    """No day, ``count`` times: an open end."""
    return np.full(count, np.datetime64("NaT", "D"))


def first_of_september(years: Ints) -> Days:
    """1 September of each year."""
    return (
        (years - 1970).astype("datetime64[Y]").astype("datetime64[D]")
        + np.timedelta64(243, "D")
        + leap(years)
    )


def leap(years: Ints) -> Ints:
    """One day in a leap year, otherwise none (as timedelta)."""
    return ((years % 4 == 0) & ((years % 100 != 0) | (years % 400 == 0))).astype("timedelta64[D]")
