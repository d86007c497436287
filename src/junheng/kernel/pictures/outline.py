"""Reading what a picture is: only what phones make (JPEG, PNG, WebP), and its size is looked at before a pixel is unpacked.

Pillow reads it. Its own limit on sizes holds for the whole process and only warns; here each picture is asked for its
size from its header. One picture is unpacked at a time in a process, so that many large ones cannot fill the memory.
"""

import io
import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image, ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from junheng.kernel.pictures.refusals import MOST_PIXELS, not_a_photo, too_wide

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
MARKS = ((b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG))
OPENERS: dict[str, Callable[[io.BytesIO], ImageFile.ImageFile]] = {
    JPEG: JpegImageFile,
    PNG: PngImageFile,
    WEBP: WebPImageFile,
}
MEDIA = tuple(OPENERS)
ENDS = {JPEG: b"\xff\xd9", PNG: b"IEND", WEBP: b"WEBP"}
"""What every whole file has in it; a WebP says its length, which is looked at when it is opened."""
BROKEN = (
    OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError, MemoryError,
    struct.error, zlib.error, Image.DecompressionBombError,
)  # fmt: skip
"""What Pillow raises where a picture is broken."""
MOST_WORK = 1_200_000_000
"""Pixels times passes over them: a progressive picture may be small as a file and have hundreds of passes."""
SCAN = b"\xff\xda"
UNPACKING = threading.Lock()


def media_of(start: bytes) -> str | None:
    r"""What a file is by its first bytes; its name and what the browser says of it count for nothing.

    >>> media_of(b"\xff\xd8\xff\xe0"), media_of(b"MZ")
    ('image/jpeg', None)
    """
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return WEBP
    return next((media for mark, media in MARKS if start.startswith(mark)), None)


def may_become_a_photo(start: bytes) -> bool:
    r"""Whether what has come of a file so far may be the beginning of a photo.

    >>> may_become_a_photo(b"\xff\xd8"), may_become_a_photo(b"RIFF"), may_become_a_photo(b"<svg")
    (True, True, False)
    """
    if len(start) >= 12:
        return media_of(start) is not None
    return any(mark.startswith(start[: len(mark)]) for mark, _ in (*MARKS, (b"RIFF", WEBP)))


@dataclass(frozen=True, slots=True)
class Outline:
    """What a picture says it is. Width and height are those of the file, before it is turned."""

    media: str
    width: int
    height: int


def outline_of(data: bytes) -> Outline:
    """Read the header; refuses what is no photo, has no end, or is too large. No pixel is unpacked."""
    media = media_of(data[:16])
    if media is None:
        raise not_a_photo("no JPEG, PNG or WebP")
    with opened(data, media) as image:
        check_size(image.width, image.height, passes_of(data, image))
        if data.rfind(ENDS[media]) < 0:
            raise not_a_photo("cut off")
        return Outline(media, image.width, image.height)


@contextmanager
def opened(data: bytes, media: str) -> Iterator[ImageFile.ImageFile]:
    """A picture of which the header has been read; whatever goes wrong inside counts as the picture's fault."""
    try:
        with OPENERS[media](io.BytesIO(data)) as image:
            yield image
    except BROKEN:
        raise not_a_photo("broken") from None


def check_size(width: int, height: int, passes: int) -> None:
    """Refuse what would fill the memory, or take very long."""
    if not width or not height:
        raise not_a_photo("no size")
    if width * height > MOST_PIXELS:
        raise too_wide(width, height)
    if width * height * passes > MOST_WORK:
        raise not_a_photo("too many passes")


def passes_of(data: bytes, image: ImageFile.ImageFile) -> int:
    """How often the pixels are gone over at most; bytes that only look like the beginning of a pass count as well."""
    return data.count(SCAN) if image.info.get("progressive") else 1
