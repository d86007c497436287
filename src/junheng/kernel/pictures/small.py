"""A photo in small, to know it again in a list: upright, in colour, and nothing of it but pixels."""

import io

from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from junheng.kernel.pictures.exif import said_by
from junheng.kernel.pictures.outline import UNPACKING, opened, outline_of
from junheng.kernel.pictures.wordless import TURNS

SIDE, QUALITY = 240, 70


def in_small(data: bytes, *, side: int = SIDE) -> bytes:
    """A JPEG of at most so many pixels a side; a JPEG is unpacked no larger than is needed for it."""
    outline = outline_of(data)
    turned = said_by(data, outline).turned
    with opened(data, outline.media) as image, UNPACKING:
        if isinstance(image, JpegImageFile):
            image.draft("RGB", (side, side))
        pixels: Image.Image = image.convert("RGB")
        if turned in TURNS:
            pixels = pixels.transpose(TURNS[turned])
        pixels.thumbnail((side, side))
        pixels.info = {}
        out = io.BytesIO()
        pixels.save(out, "JPEG", quality=QUALITY)
        return out.getvalue()
