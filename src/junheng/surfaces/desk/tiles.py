"""The map of the city as eleven tiles: a scheme of our own in which neighbours lie about where they lie on the land."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

HALF_WIDTH, RADIUS, ROW = 52, 60, 91
"""Half the width of a tile, its half height, and the step from one row of tiles to the next, in drawing units."""

PLACES = {
    "410803": (1, 0),
    "410802": (3, 0),
    "410811": (5, 0),
    "410821": (7, 0),
    "410882": (0, 1),
    "410822": (2, 1),
    "410871": (4, 1),
    "410804": (6, 1),
    "410883": (1, 2),
    "410825": (3, 2),
    "410823": (5, 2),
}
"""Where each unit stands: half columns from the left, rows from the top."""

STEPS = 5
LONGEST = 4
"""Signs of a name that a tile has room for; of a longer one it shows the last three, and says the whole."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One unit on the map: where it is drawn, and how strongly (0 where nothing was counted)."""

    area: str
    name: str
    printed: str
    says: str
    x: int
    y: int
    step: int


@dataclass(frozen=True, slots=True)
class Key:
    """One step of the legend, with the lowest and the highest printed form in it."""

    step: int
    low: str
    high: str


def outline() -> str:
    """The path of one tile round its middle: a hexagon that stands on its point."""
    w, h = HALF_WIDTH, RADIUS
    return f"M0 {-h}L{w} {-h // 2}L{w} {h // 2}L0 {h}L{-w} {h // 2}L{-w} {-h // 2}Z"


def step_of(value: Any, low: Fraction, high: Fraction) -> int:
    """Which of five equal steps between the lowest and the highest unit a value lies in; 0 without a value."""
    if value is None:
        return 0
    if high == low:
        return STEPS
    return min(STEPS, 1 + int(STEPS * (Fraction(value) - low) / (high - low)))


def tiles(cells: Sequence[Any]) -> list[Tile]:
    """The map of a figure: one tile for each unit that has a place."""
    values = [Fraction(cell.value) for cell in cells if cell.value is not None]
    low, high = (min(values), max(values)) if values else (Fraction(0), Fraction(0))
    drawn = []
    for cell in cells:
        if cell.area not in PLACES:
            continue
        column, row = PLACES[cell.area]
        x, y = HALF_WIDTH * (column + 1) + 4, RADIUS + ROW * row + 4
        short = cell.name if len(cell.name) <= LONGEST else cell.name[-3:]
        says = f"{cell.name}　{cell.printed}"
        if cell.denominator:
            says += f"（{cell.numerator:,} / {cell.denominator:,}）"
        drawn.append(Tile(cell.area, short, cell.printed, says, x, y, step_of(cell.value, low, high)))
    return drawn


def legend(cells: Sequence[Any]) -> list[Key]:
    """The steps that occur, from light to strong, with the printed forms at their ends."""
    values = [Fraction(cell.value) for cell in cells if cell.value is not None]
    if not values:
        return []
    low, high = min(values), max(values)
    found: dict[int, list[Any]] = {}
    for cell in sorted(
        (cell for cell in cells if cell.value is not None), key=lambda cell: Fraction(cell.value)
    ):
        found.setdefault(step_of(cell.value, low, high), []).append(cell)
    return [Key(step, inside[0].printed, inside[-1].printed) for step, inside in sorted(found.items())]
