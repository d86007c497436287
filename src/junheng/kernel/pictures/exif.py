"""What a photo says of itself: when and where it was taken, and how it is to be turned. Anybody can write it there.

So it is a reason for a question, never a proof. Words that cannot be read count as not said. After the Exif standard
(CIPA DC-008): a small TIFF file inside the first segments.
"""

import re
from dataclasses import dataclass

from junheng.kernel.pictures.outline import APP1, EXIF, Outline

TURNED, POINTER_EXIF, POINTER_GPS, TAKEN, TAKEN_ZONE = 0x0112, 0x8769, 0x8825, 0x9003, 0x9011
LAT_SIDE, LAT, LON_SIDE, LON = 1, 2, 3, 4
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8}
MOST_ENTRIES = 200
MOMENT = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)")
ZONE = re.compile(r"[+-]\d\d:\d\d")
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Said:
    """``taken`` is the camera's clock as ``2024-03-06T09:30:00``, ``zone`` its offset or empty; places in millionths."""

    taken: str = ""
    zone: str = ""
    longitude: int | None = None
    latitude: int | None = None
    turned: int = 1


class Tiff:
    """The entries of a small TIFF file, read with every number looked at first."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.order = {b"II*\0": "little", b"MM\0*": "big"}.get(data[:4], "")

    def number(self, at: int, size: int) -> int:
        """A whole number of so many bytes; 0 beyond the end."""
        return int.from_bytes(self.data[at : at + size], "little" if self.order == "little" else "big")

    def entries(self, at: int) -> dict[int, tuple[int, int, int]]:
        """The entries of one folder: by number the kind, how many, and where the value stands."""
        if not self.order or not 8 <= at <= len(self.data) - 2:
            return {}
        found: dict[int, tuple[int, int, int]] = {}
        for place in range(min(self.number(at, 2), MOST_ENTRIES)):
            here = at + 2 + 12 * place
            if here + 12 > len(self.data):
                break
            kind, count = self.number(here + 2, 2), self.number(here + 4, 4)
            long = SIZES.get(kind, 0) * count
            where = here + 8 if long <= 4 else self.number(here + 8, 4)
            if long and where + long <= len(self.data):
                found[self.number(here, 2)] = (kind, count, where)
        return found

    def whole(self, entry: tuple[int, int, int] | None) -> int:
        """A short or long number; 0 where there is none."""
        return 0 if entry is None or entry[0] not in {3, 4} else self.number(entry[2], SIZES[entry[0]])

    def text(self, entry: tuple[int, int, int] | None) -> str:
        """A text."""
        if entry is None or entry[0] != 2:
            return ""
        return self.data[entry[2] : entry[2] + entry[1]].split(b"\0")[0].decode("ascii", "replace").strip()

    def angle(self, entry: tuple[int, int, int] | None, side: str, wrong_side: str, most: int) -> int | None:
        """Degrees, minutes and seconds as millionths of a degree; ``None`` where they are none."""
        if entry is None or entry[:2] != (5, 3) or side not in wrong_side + {"S": "N", "W": "E"}[wrong_side]:
            return None
        total = 0
        for place, share in enumerate((1, 60, 3600)):
            above, below = (self.number(entry[2] + 8 * place + at, 4) for at in (0, 4))
            if not below:
                return None
            total += above * MILLION // (below * share)
        if not side or total > most * MILLION:
            return None
        return -total if side == wrong_side else total


def said_by(data: bytes, outline: Outline) -> Said:
    """What the first Exif segment of a picture says."""
    for one in outline.segments:
        if one.marker == APP1 and data[one.body : one.body + 6] == EXIF:
            return said_in(Tiff(data[one.body + 6 : one.end]))
    return Said()


def said_in(tiff: Tiff) -> Said:
    """The same of the TIFF file in it."""
    first = tiff.entries(tiff.number(4, 4))
    about = tiff.entries(tiff.whole(first.get(POINTER_EXIF)))
    place = tiff.entries(tiff.whole(first.get(POINTER_GPS)))
    moment = MOMENT.fullmatch(tiff.text(about.get(TAKEN)))
    zone = tiff.text(about.get(TAKEN_ZONE))
    turned = tiff.whole(first.get(TURNED))
    return Said(
        taken="{}-{}-{}T{}".format(*moment.groups()) if moment else "",
        zone=zone if ZONE.fullmatch(zone) else "",
        longitude=tiff.angle(place.get(LON), tiff.text(place.get(LON_SIDE)), "W", 180),
        latitude=tiff.angle(place.get(LAT), tiff.text(place.get(LAT_SIDE)), "S", 90),
        turned=turned if 1 <= turned <= 8 else 1,
    )
