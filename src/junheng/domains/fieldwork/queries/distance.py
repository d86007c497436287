"""How far two places on the ground are apart, in whole metres: near enough to ask somebody, not to measure land."""

import math

METRES_NUMERATOR, METRES_DENOMINATOR = 111_195, 1_000_000
"""Metres of a millionth of a degree along a meridian, times a million."""


def metres(lon: int, lat: int, other_lon: int, other_lat: int) -> int:
    """The distance of two places given in millionths of a degree, on a plane that lies along the first one.

    >>> metres(113_240_000, 35_210_000, 113_240_000, 35_211_000), metres(113_240_000, 35_210_000, 113_241_000, 35_210_000)
    (111, 91)
    """
    shrunk = round(math.cos(math.radians(lat / 1_000_000)) * 1_000_000)
    east = (other_lon - lon) * shrunk // 1_000_000
    north = other_lat - lat
    return math.isqrt(east * east + north * north) * METRES_NUMERATOR // METRES_DENOMINATOR
