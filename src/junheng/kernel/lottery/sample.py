"""Weighted samples by the same primitive: for spot checks that nobody can steer and anybody can extend.

Efraimidis and Spirakis (2006), without floating point: the key of a unit of integer weight w is the smallest of w
hashes, which has the distribution of the smallest of w uniform numbers; the k smallest keys are the sample. Taking the
next keys extends it (Rivest, "Consistent sampling", 2018).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from junheng.kernel.errors import Refusal
from junheng.kernel.lottery.digests import Algorithm, begin, line

HEAVIEST = 1_000
"""The largest weight: so many hashes a unit costs."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Something that may be drawn: its code, its weight (a positive whole number), and its stratum if there is one."""

    code: str
    weight: int = 1
    stratum: str = ""


def keys(algorithm: Algorithm, seed: str, draw: str, units: Sequence[Unit]) -> list[bytes]:
    """The key of each unit; the smaller comes first."""
    if len({unit.code for unit in units}) != len(units):
        raise Refusal("unit-twice", "抽查名单中有重复的单位。请先核对名单。")
    prefix = begin(algorithm)(line("es", seed, draw) + b"|")
    found = []
    for unit in units:
        if not 1 <= unit.weight <= HEAVIEST:
            raise Refusal(
                "bad-weight",
                "「{unit}」的权重 {weight} 不在 1 到 {most} 之间。请改用较小的整数比例。",
                unit=unit.code,
                weight=unit.weight,
                most=HEAVIEST,
            )
        line(unit.code)
        own = prefix.copy()
        own.update(f"{unit.code}|".encode("ascii"))
        smallest = b"\xff" * 33
        for turn in range(unit.weight):
            one = own.copy()
            one.update(str(turn).encode("ascii"))
            smallest = min(smallest, one.digest())
        found.append(smallest)
    return found


def order(algorithm: Algorithm, seed: str, draw: str, units: Sequence[Unit]) -> list[Unit]:
    """All units in the order in which they are drawn: a sample of k is the first k, more of it the next ones."""
    paired = zip(keys(algorithm, seed, draw, units), (unit.code for unit in units), units, strict=True)
    return [unit for _key, _code, unit in sorted(paired, key=lambda one: one[:2])]


def sample(
    algorithm: Algorithm, seed: str, draw: str, units: Sequence[Unit], sizes: Mapping[str, int]
) -> list[Unit]:
    """So many units of each stratum, in the order of the draw within it."""
    drawn = order(algorithm, seed, draw, units)
    found = []
    for stratum, size in sizes.items():
        inside = [unit for unit in drawn if unit.stratum == stratum]
        if not 0 <= size <= len(inside):
            raise Refusal(
                "sample-too-large",
                "「{stratum}」中只有 {there} 个单位，不能抽取 {size} 个。请减少抽查数量。",
                stratum=stratum,
                there=len(inside),
                size=size,
            )
        found += inside[:size]
    return found
