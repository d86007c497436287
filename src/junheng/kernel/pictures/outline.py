"""The segments of a JPEG, read from its bytes; nothing is decoded here, and nothing is believed.

Written after ITU-T T.81 (JPEG), annex B. Only what cameras and browsers make is taken: eight bits, one or three
components, Huffman coding, in one go or progressive. Everything else is refused, since nobody here needs it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from junheng.kernel.errors import Refusal

START, END = b"\xff\xd8", 0xD9
MOST_SEGMENTS = 2_000
MOST_PIXELS = 60_000_000
"""A picture that says it has more is refused unread: it may be small as a file and fill the memory when it is opened."""
SCAN_ENDS = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
FRAMES = {0xC0: "baseline", 0xC1: "baseline", 0xC2: "progressive"}
OTHER_FRAMES = frozenset({0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
SOS, APP1, APP15, COMMENT, ADOBE = 0xDA, 0xE1, 0xEF, 0xFE, 0xEE
EXIF = b"Exif\0\0"


class NotAPhoto(Refusal):
    """Bytes that are no photograph that can be looked at."""

    status = 422


def not_a_photo(why: str) -> NotAPhoto:
    """The refusal; ``why`` is for whoever looks into it, the sentence is for the person with the phone."""
    return NotAPhoto(
        "not-a-photo",
        "这个文件不是能打开的照片（JPG），没有存入，其余内容不受影响。请用手机重新拍一张。（{why}）",
        why=why,
    )


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment: its marker, where it begins and ends, and where its own words begin."""

    marker: int
    begin: int
    body: int
    end: int


@dataclass(frozen=True, slots=True)
class Component:
    """One plane of the picture: its number, and how many of its blocks stand in one unit, across and down."""

    number: int
    across: int
    down: int


@dataclass(frozen=True, slots=True)
class Outline:
    """What a picture says it is. ``scans`` are pairs: the segment that begins a scan, and where its bits end."""

    width: int
    height: int
    kind: str
    components: tuple[Component, ...]
    segments: tuple[Segment, ...]
    scans: tuple[tuple[Segment, int], ...]
    length: int
    """Where the picture ends; what a file holds behind it is no part of it."""


def outline_of(data: bytes) -> Outline:
    """Read the segments from first to last; refuses what is no JPEG, not all of one, or too large."""
    if data[:2] != START:
        raise not_a_photo("no JPEG")
    segments: list[Segment] = []
    scans: list[tuple[Segment, int]] = []
    frame: Segment | None = None
    length = 0
    for one, scan_end in walk(data):
        segments.append(one)
        if one.marker in OTHER_FRAMES:
            raise not_a_photo("unusual coding")
        if one.marker in FRAMES:
            if frame is not None:
                raise not_a_photo("two frames")
            frame = one
        elif one.marker == SOS:
            if frame is None:
                raise not_a_photo("scan before frame")
            scans.append((one, scan_end))
        elif one.marker == END:
            length = one.end
    if frame is None or not scans or not length:
        raise not_a_photo("not all of it")
    height, width, components = frame_of(data, frame)
    return Outline(width, height, FRAMES[frame.marker], components, tuple(segments), tuple(scans), length)


def walk(data: bytes) -> Iterator[tuple[Segment, int]]:
    """Every segment to the end of the picture, with the end of its bits where it begins a scan."""
    place = 2
    for _ in range(MOST_SEGMENTS):
        while data[place : place + 2] == b"\xff\xff":
            place += 1  # fill bytes
        if place + 2 > len(data) or data[place] != 0xFF:
            raise not_a_photo("cut off")
        marker = data[place + 1]
        if marker == END:
            yield Segment(marker, place, place + 2, place + 2), 0
            return
        size = int.from_bytes(data[place + 2 : place + 4], "big")
        end = place + 2 + size
        if marker < 0xC0 or 0xD0 <= marker <= 0xD8 or size < 2 or end > len(data):
            raise not_a_photo("broken segment")
        one = Segment(marker, place, place + 4, end)
        if marker != SOS:
            yield one, 0
            place = end
            continue
        found = SCAN_ENDS.search(data, end)
        if found is None:
            raise not_a_photo("cut off")
        yield one, found.start()
        place = found.start()
    raise not_a_photo("too many segments")


def frame_of(data: bytes, frame: Segment) -> tuple[int, int, tuple[Component, ...]]:
    """Height, width and planes; refuses what is too large, and what is neither grey nor in colours for a screen."""
    body = data[frame.body : frame.end]
    if len(body) < 6 or len(body) != 6 + 3 * body[5]:
        raise not_a_photo("broken frame")
    precision, height, width, count = (
        body[0],
        *(int.from_bytes(body[n : n + 2], "big") for n in (1, 3)),
        body[5],
    )
    if precision != 8 or count not in {1, 3}:
        raise not_a_photo("unusual colours")
    if not height or not width:
        raise not_a_photo("no size")
    if height * width > MOST_PIXELS:
        raise NotAPhoto(
            "photo-too-wide",
            "这张照片有 {width}×{height} 个像素，太大，没有存入，其余内容不受影响。请把相机的像素调小后重拍。",
            width=width,
            height=height,
        )
    components = tuple(
        Component(body[at], body[at + 1] >> 4, body[at + 1] & 15) for at in range(6, len(body), 3)
    )
    if any(not 1 <= one.across <= 4 or not 1 <= one.down <= 4 for one in components):
        raise not_a_photo("broken frame")
    return height, width, components


def without_words(data: bytes, outline: Outline, *, turned: int = 1) -> bytes:
    """The picture without what it says of place, time, camera and person: only how it is to be turned is kept.

    What stood behind the end of the picture is not given on either.
    """
    parts = [START]
    if turned != 1:
        parts.append(orientation(turned))
    scans = {scan.begin: end for scan, end in outline.scans}
    for one in outline.segments:
        if (APP1 <= one.marker <= APP15 and one.marker != ADOBE) or one.marker == COMMENT:
            continue
        parts.append(data[one.begin : scans.get(one.begin, one.end)])
    return b"".join(parts)


def orientation(turned: int) -> bytes:
    """A segment that says nothing but how the picture is to be turned."""
    tiff = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01" + turned.to_bytes(2, "big") + b"\0\0\0\0\0\0"
    body = EXIF + tiff
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body
