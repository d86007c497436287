"""Which address lies in which catchment: streets by number and side, communities by name, outlines on the map."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from junheng.domains.intakes.policies.sharing import owner

HIGHEST = 99_999
"""The highest house number that a street without an end is taken to have."""
SIDES = {"all": (0, 1), "odd": (1,), "even": (0,)}
SAID = {0: "双号", 1: "单号"}
ADDRESS = re.compile(r"^(.*?[路街巷道])\s*(\d{1,5})\s*号?")
PLACE = re.compile(r"([0-9]{2,3}(?:\.[0-9]{1,15})?)\s*[,，\s]\s*([0-9]{1,2}(?:\.[0-9]{1,15})?)")
Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """The numbers of one side of a street that belong to one school."""

    street: str
    side: int
    low: int
    high: int
    school: str

    def said(self) -> str:
        """As people name it."""
        if self.low <= self.side + 1 and self.high >= HIGHEST:
            return f"{self.street}{SAID[self.side]}全部"
        return f"{self.street}{self.low}–{self.high if self.high < HIGHEST else '末'}号（{SAID[self.side]}）"


def stretches(schools: Iterable[dict[str, Any]]) -> list[Stretch]:
    """Every stretch of every street of a plan, ends set to the side that they are of."""
    return [
        one
        for school in schools
        for piece in school["catchments"]
        if piece["street"] and not piece["community"]
        for one in pieces(piece, owner(school))
    ]


def pieces(piece: dict[str, Any], school: str) -> Iterator[Stretch]:
    """The one or two sides of a piece."""
    for side in SIDES[piece["parity"]]:
        low = piece["low"] if piece["low"] is not None else 1
        high = piece["high"] if piece["high"] is not None else HIGHEST
        low += (low - side) % 2
        high -= (high - side) % 2
        if low <= high:
            yield Stretch(piece["street"], side, low, high, school)


def sides_of(schools: Iterable[dict[str, Any]]) -> dict[tuple[str, int], list[Stretch]]:
    """The stretches of each side of each street, in the order of their numbers."""
    sides: dict[tuple[str, int], list[Stretch]] = defaultdict(list)
    for one in stretches(schools):
        sides[one.street, one.side].append(one)
    return {key: sorted(found, key=lambda one: (one.low, one.high)) for key, found in sorted(sides.items())}


def overlaps(schools: Sequence[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """Addresses in two catchments: where, and both schools."""
    found = []
    for rows in sides_of(schools).values():
        reached: Stretch | None = None
        for one in rows:
            if reached is not None and one.low <= reached.high and one.school != reached.school:
                both = Stretch(one.street, one.side, one.low, min(one.high, reached.high), "")
                found.append((both.said(), reached.school, one.school))
            if reached is None or one.high > reached.high:
                reached = one
    named: dict[str, str] = {}
    for school in schools:
        for piece in school["catchments"]:
            name = piece["community"]
            if name and named.setdefault(name, owner(school)) != owner(school):
                found.append((name, named[name], owner(school)))
    outlines = [
        (owner(school), ring_points(piece))
        for school in schools
        for piece in school["catchments"]
        if piece["outline"]
    ]
    for place, (name, ring) in enumerate(outlines):
        for other, second in outlines[place + 1 :]:
            if name != other and rings_overlap(ring, second):
                found.append(("地图范围", name, other))
    return found


def holes(schools: Sequence[dict[str, Any]]) -> list[str]:
    """Numbers between two catchments of a street that are in none, named."""
    found = []
    for rows in sides_of(schools).values():
        reached = rows[0].high
        for one in rows[1:]:
            if one.low > reached + 2:
                found.append(Stretch(one.street, one.side, reached + 2, one.low - 2, "").said())
            reached = max(reached, one.high)
    return found


def school_of(schools: Iterable[dict[str, Any]], address: str) -> dict[str, Any] | None:
    """The school in whose catchment an address lies: its community first, else its street and number."""
    written = address.strip().replace(" ", "")
    match = ADDRESS.match(written)
    by_street = None
    for school in schools:
        for piece in school["catchments"]:
            if piece["community"]:
                if piece["community"] in written:
                    return school
            elif piece["street"] and match and match[1].endswith(piece["street"]):
                number = int(match[2])
                if any(one.low <= number <= one.high and number % 2 == one.side for one in pieces(piece, "")):
                    by_street = school
    return by_street


def school_around(schools: Iterable[dict[str, Any]], point: Point) -> dict[str, Any] | None:
    """The school in whose outline on the map a place lies, in millionths of a degree."""
    for school in schools:
        if any(piece["outline"] and is_inside(point, ring_points(piece)) for piece in school["catchments"]):
            return school
    return None


def ring_points(piece: dict[str, Any]) -> list[Point]:
    """The outline of a piece."""
    return [(x, y) for x, y in piece["outline"]]


def point_of(text: str) -> Point | None:
    """A place as people and pages write it, longitude first, in millionths of a degree; none if it is none.

    >>> point_of("113.2345678,35.2"), point_of("113.2，35"), point_of("10.5,2"), point_of("somewhere")
    ((113234567, 35200000), (113200000, 35000000), None, None)
    """
    match = PLACE.fullmatch(text.strip())
    if match is None:
        return None
    x, y = (int(Decimal(part) * 1_000_000) for part in match.groups())
    return (x, y) if 70_000_000 <= x <= 140_000_000 and y <= 60_000_000 else None


def ring_of(value: Any) -> list[list[int]] | None:
    """The outer ring of a GeoJSON polygon in millionths of a degree, closed end left out; none if it is not one."""
    if isinstance(value, dict) and value.get("type") == "Feature":
        value = value.get("geometry")
    if not isinstance(value, dict) or value.get("type") != "Polygon":
        return None
    rings = value.get("coordinates")
    if not isinstance(rings, list) or not rings or not isinstance(rings[0], list):
        return None
    found = []
    for point in rings[0]:
        if (
            not isinstance(point, list)
            or len(point) < 2
            or not all(isinstance(n, int | float) for n in point[:2])
        ):
            return None
        x, y = (round(number * 1_000_000) for number in point[:2])
        if not (70_000_000 <= x <= 140_000_000 and 0 <= y <= 60_000_000):
            return None
        found.append([x, y])
    if len(found) > 1 and found[0] == found[-1]:
        found.pop()
    return found if len(found) >= 3 else None


def geojson_of(ring: Sequence[Sequence[int]]) -> dict[str, Any]:
    """A ring as a GeoJSON polygon."""
    points = [[x / 1_000_000, y / 1_000_000] for x, y in [*ring, ring[0]]]
    return {"type": "Polygon", "coordinates": [points]}


def turn(a: Point, b: Point, c: Point) -> int:
    """On which side of the line from a to b the point c lies: 1, -1, or 0 on it."""
    found = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return (found > 0) - (found < 0)


def edges(ring: Sequence[Point]) -> list[tuple[Point, Point]]:
    """The sides of a ring."""
    return list(zip(ring, [*ring[1:], ring[0]], strict=True))


def is_inside(point: Point, ring: Sequence[Point]) -> bool:
    """Whether a point lies within a ring and not on its line."""
    inside = False
    x, y = point
    for (ax, ay), (bx, by) in edges(ring):
        if (
            turn((ax, ay), (bx, by), point) == 0
            and min(ax, bx) <= x <= max(ax, bx)
            and min(ay, by) <= y <= max(ay, by)
        ):
            return False
        if (ay > y) != (by > y) and ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) * (
            1 if by > ay else -1
        ) > 0:
            inside = not inside
    return inside


def rings_overlap(one: Sequence[Point], other: Sequence[Point]) -> bool:
    """Whether two outlines have ground in common; touching along a line is none."""
    for a, b in edges(one):
        for c, d in edges(other):
            if turn(a, b, c) * turn(a, b, d) < 0 and turn(c, d, a) * turn(c, d, b) < 0:
                return True
    if any(is_inside(p, other) for p in one) or any(is_inside(p, one) for p in other):
        return True
    return sorted(one) == sorted(other)
