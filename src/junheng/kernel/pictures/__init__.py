"""Photographs: what one is, what it says of itself, what it shows in small, how alike two are, and what is passed on."""

from junheng.kernel.pictures.exif import Said, said_by
from junheng.kernel.pictures.likeness import apart, fingerprint
from junheng.kernel.pictures.luma import small_grey
from junheng.kernel.pictures.outline import MEDIA, Outline, may_become_a_photo, media_of, outline_of
from junheng.kernel.pictures.refusals import NotAPhoto
from junheng.kernel.pictures.small import in_small
from junheng.kernel.pictures.whole import Bare, Photo, bare, photo_in
from junheng.kernel.pictures.wordless import without_words

__all__ = [
    "MEDIA",
    "Bare",
    "NotAPhoto",
    "Outline",
    "Photo",
    "Said",
    "apart",
    "bare",
    "fingerprint",
    "in_small",
    "may_become_a_photo",
    "media_of",
    "outline_of",
    "photo_in",
    "said_by",
    "small_grey",
    "without_words",
]
