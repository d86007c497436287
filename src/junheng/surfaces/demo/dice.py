"""Chance that repeats itself: the same number and the same subject give the same city, on any machine."""

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]


class Dice:
    """A stream of random integers for one subject of the city.

    SplitMix64 (public domain, S. Vigna) over a counter, written out here because libraries do not promise the same
    stream in their next version. Each subject has its own key, so a change in one does not move the others.
    """

    def __init__(self, seed: int, subject: str) -> None:
        key = hashlib.blake2b(f"{seed}/{subject}".encode(), digest_size=8).digest()
        self._key = int.from_bytes(key, "big")
        self._used = 0

    def bits(self, count: int) -> npt.NDArray[np.uint64]:
        """The next ``count`` random 64-bit words."""
        start = (self._key + self._used * 0x9E3779B97F4A7C15) % 2**64
        self._used += count
        with np.errstate(over="ignore"):
            word = np.uint64(start) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
            word = (word ^ (word >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            word = (word ^ (word >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            return word ^ (word >> np.uint64(31))

    def below(self, limit: int | Ints, count: int | None = None) -> Ints:
        """Integers from 0 up to but without ``limit``, which may differ from place to place."""
        size = len(limit) if count is None and isinstance(limit, np.ndarray) else (count or 0)
        limits = np.asarray(limit, dtype=np.uint64)
        return ((self.bits(size) >> np.uint64(11)) % limits).astype(np.int64)

    def between(self, low: int, high: int, count: int) -> Ints:
        """Integers from ``low`` to ``high``, both included."""
        return low + self.below(high - low + 1, count)

    def number(self, low: int, high: int) -> int:
        """One integer from ``low`` to ``high``, both included."""
        return int(self.between(low, high, 1)[0])

    def order(self, count: int) -> Ints:
        """The numbers 0 … count − 1 in random order."""
        return np.argsort(self.bits(count), kind="stable").astype(np.int64)

    def some(self, count: int, wanted: int) -> Ints:
        """``wanted`` different numbers out of 0 … count − 1, ascending."""
        if wanted > count:
            raise ValueError(f"{wanted} wanted, only {count} there")
        return np.sort(self.order(count)[:wanted])

    def chance(self, part: int, of: int, count: int) -> Flags:
        """True about ``part`` times in ``of``."""
        return self.below(of, count) < part

    def pick(self, things: Sequence[Any]) -> Any:
        """One of the things."""
        return things[self.number(0, len(things) - 1)]

    def days(self, first: str, last: str, count: int) -> Days:
        """Days from ``first`` to ``last``, both included."""
        start, stop = np.datetime64(first, "D"), np.datetime64(last, "D")
        return start + self.below(int((stop - start).astype(np.int64)) + 1, count).astype("timedelta64[D]")

    def workdays(self, first: str, last: str, count: int) -> Days:
        """Days as above on which offices are open: a weekend becomes the Friday before it, or else the Monday after."""
        found = self.days(first, last, count)
        friday = np.busday_offset(found, 0, roll="backward")
        early = friday < np.datetime64(first, "D")
        return np.where(early, np.busday_offset(found, 0, roll="forward"), friday)

    def day(self, first: str, last: str) -> str:
        """One working day from ``first`` to ``last``, both included, as ISO text."""
        return str(self.workdays(first, last, 1)[0])
