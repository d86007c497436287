"""Where a water is drawn and with which sign: a plain projection in whole drawing units, no map of anybody else's."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, EDGE, ABOVE = 1_000, 70, 30
"""Width of the drawing, what is left free round it, and how far above its waters a name stands, in drawing units."""
COSINE = (819, 1_000)
"""How much shorter a degree to the east is than one to the north, at 35 degrees of latitude."""
LEAST_SPAN = 40_000
"""Millionths of a degree that a drawing shows at least, so that one water does not fill it."""

SIGNS: Mapping[str, str] = {
    "fresh": "M0-9A9 9 0 1 1-.1-9Z",
    "stale": "M0-11L11 0L0 11L-11 0Z",
    "old": "M0-11L11 9H-11Z",
    "older": "M-9-9H9V9H-9Z",
    "never": "M-10-6L-6-10L0-4L6-10L10-6L4 0L10 6L6 10L0 4L-6 10L-10 6L-4 0Z",
}
"""The shape for how long ago a water was looked at: colour never says it alone."""


@dataclass(frozen=True, slots=True)
class Place:
    """A point of the drawing."""

    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies together under the signs: the waters of one unit, joined by a line, and its name."""

    code: str
    name: str
    path: str
    label: Place


class Projection:
    """From millionths of a degree to whole drawing units, so that some points fill the drawing."""

    def __init__(self, points: Sequence[tuple[int, int]]) -> None:
        easts, norths = [x for x, _ in points] or [0], [y for _, y in points] or [0]
        self.west, self.north = min(easts), max(norths)
        span = max((max(easts) - self.west) * COSINE[0] // COSINE[1], LEAST_SPAN)
        self.scale = span
        self.height = 2 * EDGE + (self.north - min(norths)) * (WIDTH - 2 * EDGE) // span

    def place(self, east: int, north: int) -> Place:
        """Where a point is drawn."""
        inner = WIDTH - 2 * EDGE
        x = EDGE + (east - self.west) * COSINE[0] * inner // (COSINE[1] * self.scale)
        return Place(x, EDGE + (self.north - north) * inner // self.scale)


def grounds(placed: Iterable[tuple[str, Place]], names: Mapping[str, str]) -> list[Ground]:
    """The hull of the waters of each unit. It says which belong together, not where a boundary is."""
    of: dict[str, list[Place]] = defaultdict(list)
    for code, place in placed:
        of[code].append(place)
    found = []
    for code, places in sorted(of.items()):
        ring = hull(places)
        path = "M" + "L".join(f"{one.x} {one.y}" for one in ring) + "Z"
        x, top = sum(one.x for one in places) // len(places), min(one.y for one in places)
        found.append(Ground(code, names.get(code, code), path, Place(x, top - ABOVE)))
    return found


def hull(places: Sequence[Place]) -> list[Place]:
    """The convex ring round some points.

    >>> [(one.x, one.y) for one in hull([Place(0, 0), Place(4, 0), Place(4, 4), Place(0, 4), Place(2, 2)])]
    [(0, 0), (4, 0), (4, 4), (0, 4)]
    """
    points = sorted({(one.x, one.y) for one in places})
    if len(points) < 3:
        return [Place(*one) for one in points]

    def half(ordered: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        ring: list[tuple[int, int]] = []
        for point in ordered:
            while len(ring) > 1 and turn(ring[-2], ring[-1], point) <= 0:
                ring.pop()
            ring.append(point)
        return ring[:-1]

    return [Place(*one) for one in half(points) + half(reversed(points))]


def turn(first: tuple[int, int], middle: tuple[int, int], last: tuple[int, int]) -> int:
    """Above nought where one turns left at the middle point."""
    (ax, ay), (bx, by), (cx, cy) = first, middle, last
    return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)


def located(rows: Iterable[Any]) -> list[Any]:
    """The waters whose place is known."""
    return [one for one in rows if one.longitude is not None and one.latitude is not None]
