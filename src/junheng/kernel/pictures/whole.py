"""The two things that are done with a photo that came: it is looked at, and it is passed on."""

from dataclasses import dataclass

from junheng.kernel.pictures.exif import Said, said_by
from junheng.kernel.pictures.likeness import fingerprint
from junheng.kernel.pictures.luma import small_grey
from junheng.kernel.pictures.outline import outline_of
from junheng.kernel.pictures.wordless import without_words

LYING = frozenset({5, 6, 7, 8})
"""Ways of holding a camera in which width and height change places."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo that opens. Width and height are those of the file, before it is turned; ``shape`` is its fingerprint."""

    media: str
    width: int
    height: int
    said: Said
    shape: str


@dataclass(frozen=True, slots=True)
class Bare:
    """A picture as it is passed on: upright, and nothing is left of it but the pixels."""

    media: str
    width: int
    height: int
    data: bytes


def photo_in(data: bytes) -> Photo:
    """Look at a photo; refuses what does not open to its last row."""
    outline = outline_of(data)
    shape = fingerprint(small_grey(data, outline))
    return Photo(outline.media, outline.width, outline.height, said_by(data, outline), shape)


def bare(data: bytes) -> Bare:
    """A photo as it is passed on; refuses what does not open to its last row."""
    outline = outline_of(data)
    turned = said_by(data, outline).turned
    lies = turned in LYING
    width, height = (outline.height, outline.width) if lies else (outline.width, outline.height)
    return Bare(outline.media, width, height, without_words(data, outline, turned=turned))
