"""Photographs for tests: soft hills that are like no other, written by Pillow, with whatever a phone would say in them."""

import io
import math
import random
import struct
from collections.abc import Callable

from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

Grey = Callable[[int, int], int]
MILLION = 1_000_000


def segment(marker: int, body: bytes) -> bytes:
    """A segment of a JPEG."""
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def said(*, taken: str = "", turned: int = 1, lon: int | None = None, lat: int | None = None) -> Image.Exif:
    """When, where and how a camera was held; places in millionths of a degree."""
    words = Image.Exif()
    words[ExifTags.Base.Orientation] = turned
    if taken:
        words.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
    if lon is not None and lat is not None:
        place = words.get_ifd(ExifTags.IFD.GPSInfo)
        for value, side, at, ref in (
            (lat, "NS", ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef),
            (lon, "EW", ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef),
        ):
            place[ref] = side[value < 0]
            place[at] = (IFDRational(abs(value), MILLION), IFDRational(0, 1), IFDRational(0, 1))
    return words


def exif(*, taken: str = "", turned: int = 1, lon: int | None = None, lat: int | None = None) -> bytes:
    """The same as a segment of a JPEG."""
    return segment(0xE1, said(taken=taken, turned=turned, lon=lon, lat=lat).tobytes())


def drawn(grey: Grey, width: int = 72, height: int = 64, *, colours: bool = False) -> Image.Image:
    """A picture whose brightness is ``grey(x, y)``."""
    pixels = bytes(grey(x, y) for y in range(height) for x in range(width))
    image = Image.frombytes("L", (width, height), pixels)
    return image.convert("RGB") if colours else image


def photo(
    grey: Grey,
    width: int = 72,
    height: int = 64,
    *,
    colours: bool = False,
    progressive: bool = False,
    words: bytes = b"",
) -> bytes:
    """A JPEG, with more segments right at its beginning where wished."""
    out = io.BytesIO()
    drawn(grey, width, height, colours=colours).save(out, "JPEG", quality=90, progressive=progressive)
    data = out.getvalue()
    return data[:2] + words + data[2:]


def scene(seed: int, width: int = 72, height: int = 64) -> Grey:
    """A picture of its own for every seed: soft hills of light and dark that cover it."""
    dice = random.Random(seed)
    hills = [
        (dice.uniform(0, width), dice.uniform(0, height), dice.uniform(8, 30), dice.uniform(-110, 110))
        for _ in range(9)
    ]

    def grey(x: int, y: int) -> int:
        total = 128 + sum(
            high * math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * wide * wide))
            for cx, cy, wide, high in hills
        )
        return max(0, min(255, round(total)))

    return grey


def picture(seed: int, **given: object) -> bytes:
    """A small photo that is like no other."""
    return photo(scene(seed), **given)  # type: ignore[arg-type]
