"""Photographs: what a JPEG is made of, what it says of itself, what it shows in small, and how alike two of them are."""

from junheng.kernel.pictures.exif import Said, said_by
from junheng.kernel.pictures.likeness import apart, fingerprint
from junheng.kernel.pictures.luma import small_grey
from junheng.kernel.pictures.outline import NotAPhoto, Outline, outline_of, without_words

__all__ = [
    "NotAPhoto",
    "Outline",
    "Said",
    "apart",
    "fingerprint",
    "outline_of",
    "said_by",
    "small_grey",
    "without_words",
]
