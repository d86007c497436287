"""Where a check was, drawn beside the water: whole units of a small picture, to scale, north above."""

from dataclasses import dataclass

from junheng.content.rulebook import FIELDWORK
from junheng.domains.fieldwork.models import FieldRecord, FieldVersion
from junheng.domains.fieldwork.queries.distance import metres

HALF = 100
"""Units from the middle to an edge; the water is in the middle."""
ROOM = 12
"""Units that stay free at the edges."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The place of the check, the circle of its accuracy, the circle within which nobody is asked, all in units."""

    x: int
    y: int
    accuracy: int
    near: int
    metres: int
    far_metres: int


def drawing_of(record: FieldRecord, version: FieldVersion) -> Drawing | None:
    """The drawing of a version; nothing where the water or the check has no place."""
    water = version.water
    if (
        version.longitude is None
        or version.latitude is None
        or water.longitude is None
        or water.latitude is None
    ):
        return None
    limit: int = FIELDWORK.far_metres.on(record.checked_at.date()).value
    away = metres(water.longitude, water.latitude, version.longitude, version.latitude)
    east = metres(water.longitude, water.latitude, version.longitude, water.latitude)
    north = metres(water.longitude, water.latitude, water.longitude, version.latitude)
    across = max(away, limit, 1)
    scale = HALF - ROOM
    return Drawing(
        x=(east if version.longitude >= water.longitude else -east) * scale // across,
        y=(-north if version.latitude >= water.latitude else north) * scale // across,
        accuracy=min(max((version.accuracy or 0) * scale // across, 2), HALF),
        near=limit * scale // across,
        metres=away,
        far_metres=limit,
    )
