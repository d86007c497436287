"""The subsidy of an inclusive kindergarten: a yearly amount per child, for the days on which it was recognised."""

from datetime import date

import numpy as np

from junheng.kernel.entitlements.problem import Ints, Rate
from junheng.kernel.errors import Refusal


def subsidise(children: Ints, since: Ints, until: Ints, rate: Rate, *, year: int) -> tuple[Ints, Ints]:
    """Days recognised in the year, and the fen due for them: row by row one recognition of one kindergarten.

    Days are ordinals; ``until`` is the first day without recognition, so a withdrawal ends the subsidy that day. A
    year's amount is cut by days as every year is cut: recognised, withdrawn and recognised again adds up to the year.

    >>> rate = Rate(20_000, date(2019, 1, 1), "示例")
    >>> whole = np.array([date(2023, 1, 1).toordinal()]), np.array([date(2024, 1, 1).toordinal()])
    >>> [one.tolist() for one in subsidise(np.array([90]), *whole, rate, year=2023)]
    [[365], [1800000]]
    """
    if (until < since).any():
        raise Refusal("span-of-no-day", "有一段时间的终止日不晚于起始日。请核对日期。")
    first, after = date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
    low = np.clip(since, first, after) - first
    high = np.clip(until, first, after) - first
    yearly = children * rate.fen
    due: Ints = yearly * high // (after - first) - yearly * low // (after - first)
    return high - low, due
