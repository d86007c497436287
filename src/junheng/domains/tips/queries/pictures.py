"""What is in a picture, read from its bytes without decoding it: its format, its size, and what a phone wrote into it.

A picture is kept as it is seen: places, times, names of phones, thumbnails and whatever lies behind its end are left
out. Which way up it is stays. A picture that says it is enormous is not taken, for whoever opens it would pay for it.
"""

import struct
from dataclasses import dataclass

from junheng.kernel.pictures import NotAPhoto, outline_of, said_by, without_words

MOST_PIXELS = 50_000_000
JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
PNG_MARK = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB"})
WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"})
WEBP_TOLD = 0x0C
"""The bits of a WebP header that say that EXIF and XMP follow."""


class Unreadable(ValueError):
    """The bytes are not the picture that they begin as."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept."""

    media: str
    width: int
    height: int
    data: bytes

    @property
    def is_enormous(self) -> bool:
        """Whether opening it would cost whoever looks at it a great deal."""
        return self.width * self.height > MOST_PIXELS


def media_of(start: bytes) -> str | None:
    r"""What a file is by its first bytes; its name and what the browser says of it count for nothing.

    >>> media_of(b"\xff\xd8\xff\xe0"), media_of(b"MZ")
    ('image/jpeg', None)
    """
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return WEBP
    if start.startswith(b"\xff\xd8\xff"):
        return JPEG
    return PNG if start.startswith(PNG_MARK) else None


def cleaned(data: bytes) -> Picture:
    """The picture without what was written into it."""
    media = media_of(data[:16])
    try:
        if media == JPEG:
            return jpeg(data)
        if media == PNG:
            return png(data)
        if media == WEBP:
            return webp(data)
    except (struct.error, IndexError):
        raise Unreadable("it ends too early") from None
    raise Unreadable("no picture")


def jpeg(data: bytes) -> Picture:
    """As the house reads every photo from a phone; which way up it is stays."""
    try:
        outline = outline_of(data)
    except NotAPhoto as refusal:
        if {"width", "height"} <= set(refusal.params):
            return Picture(JPEG, refusal.params["width"], refusal.params["height"], b"")
        raise Unreadable(str(refusal.params.get("why", ""))) from None
    kept = without_words(data, outline, turned=said_by(data, outline).turned)
    return Picture(JPEG, outline.width, outline.height, kept)


def png(data: bytes) -> Picture:
    """Chunks are walked to the last; those that carry words or times are left out."""
    out, at, width, height, held = [PNG_MARK], len(PNG_MARK), 0, 0, False
    while True:
        length, name = struct.unpack(">I4s", data[at : at + 8])
        end = at + 12 + length
        if end > len(data):
            raise Unreadable("a part is longer than the file")
        if name == b"IHDR":
            width, height = struct.unpack(">II", data[at + 8 : at + 16])
        held = held or name == b"IDAT"
        if name in PNG_KEPT:
            out.append(data[at:end])
        if name == b"IEND":
            break
        at = end
    if not width or not height or not held:
        raise Unreadable("no size")
    return Picture(PNG, width, height, b"".join(out))


def webp(data: bytes) -> Picture:
    """Chunks are walked; what is not the picture is left out, and the header no longer speaks of it."""
    length = struct.unpack("<I", data[4:8])[0]
    if length + 8 > len(data):
        raise Unreadable("a part is longer than the file")
    body, at, size = [], 12, (0, 0)
    while at + 8 <= length + 8:
        name, count = struct.unpack("<4sI", data[at : at + 8])
        end = at + 8 + count + count % 2
        whole = data[at:end]
        if end > len(data) + count % 2:
            raise Unreadable("a part is longer than the file")
        if name == b"VP8X":
            size = (1 + int.from_bytes(whole[12:15], "little"), 1 + int.from_bytes(whole[15:18], "little"))
            whole = whole[:8] + bytes([whole[8] & ~WEBP_TOLD]) + whole[9:]
        elif name in (b"VP8 ", b"VP8L") and size == (0, 0):
            size = simple_size(name, whole[8:])
        if name in WEBP_KEPT:
            body.append(whole)
        at = end
    if not all(size):
        raise Unreadable("no size")
    kept = b"WEBP" + b"".join(body)
    return Picture(WEBP, *size, b"RIFF" + struct.pack("<I", len(kept)) + kept)


def simple_size(name: bytes, words: bytes) -> tuple[int, int]:
    """The size of a WebP without an extended header."""
    if name == b"VP8 ":
        width, height = struct.unpack("<HH", words[6:10])
        return width & 0x3FFF, height & 0x3FFF
    bits = struct.unpack("<I", words[1:5])[0]
    return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
