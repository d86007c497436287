"""What a photo says of itself: when and where it was taken, and how it is to be turned. Anybody can write it there.

So it is a reason for a question, never a proof. Words that cannot be read count as not said.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PIL import ExifTags

from junheng.kernel.pictures.outline import BROKEN, UNPACKING, Outline, opened

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


def said_by(data: bytes, outline: Outline) -> Said:
    """What a picture says of itself."""
    with opened(data, outline.media) as image, UNPACKING:  # a PNG may say it behind its pixels
        try:
            exif = image.getexif()
            about, place = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
            turned = exif.get(ExifTags.Base.Orientation)
        except BROKEN:
            return Said()
    moment = MOMENT.fullmatch(text(about, ExifTags.Base.DateTimeOriginal))
    zone = text(about, ExifTags.Base.OffsetTimeOriginal)
    gps = ExifTags.GPS
    return Said(
        taken="{}-{}-{}T{}".format(*moment.groups()) if moment else "",
        zone=zone if ZONE.fullmatch(zone) else "",
        longitude=angle(place.get(gps.GPSLongitude), text(place, gps.GPSLongitudeRef), "EW", 180),
        latitude=angle(place.get(gps.GPSLatitude), text(place, gps.GPSLatitudeRef), "NS", 90),
        turned=turned if type(turned) is int and 1 <= turned <= 8 else 1,
    )


def text(words: Mapping[int, Any], tag: int) -> str:
    """A text."""
    found = words.get(tag)
    return found.strip("\0 ") if isinstance(found, str) else ""


def angle(found: Any, side: str, sides: str, most: int) -> int | None:
    """Degrees, minutes and seconds as millionths of a degree; ``None`` where they are none."""
    if not isinstance(found, tuple) or len(found) != 3 or len(side) != 1 or side not in sides:
        return None
    total = 0
    for share, one in zip((1, 60, 3600), found, strict=True):
        above, below = getattr(one, "numerator", None), getattr(one, "denominator", None)
        if type(above) is not int or type(below) is not int or not below:
            return None
        total += above * MILLION // (below * share)
    if total > most * MILLION:
        return None
    return -total if side == sides[1] else total
