"""The days the demonstration city turns on."""

from typing import Final

import numpy as np

from junheng.surfaces.demo.dice import Days, Ints

CENSUS: Final = "2023-09-30"
SCHOOL_YEAR: Final = 2023
TERMS: Final = ("2022A", "2023S", "2023A")


def on(day: str) -> np.datetime64:
    """The day of an ISO text."""
    return np.datetime64(day, "D")


def never(count: int) -> Days:
    """No day, ``count`` times: an open end."""
    return np.full(count, np.datetime64("NaT", "D"))


def first_of_september(years: Ints) -> Days:
    """1 September of each year."""
    months: Days = ((years - 1970) * 12 + 8).astype("datetime64[M]")
    return months.astype("datetime64[D]")
