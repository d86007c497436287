"""Photographs: what one is, what it says of itself, what it shows in small, how alike two are, and what is passed on."""

from junheng.kernel.pictures.exif import Said
from junheng.kernel.pictures.likeness import apart
from junheng.kernel.pictures.outline import MEDIA, may_become_a_photo, outline_of
from junheng.kernel.pictures.outline import media_of as outline_media
from junheng.kernel.pictures.refusals import NotAPhoto
from junheng.kernel.pictures.small import in_small
from junheng.kernel.pictures.whole import Bare, Photo, bare, photo_in

__all__ = [
    "MEDIA",
    "Bare",
    "NotAPhoto",
    "Photo",
    "Said",
    "apart",
    "bare",
    "in_small",
    "may_become_a_photo",
    "outline_media",
    "outline_of",
    "photo_in",
]
