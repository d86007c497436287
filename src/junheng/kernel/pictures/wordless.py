"""A photo as it is passed on: made anew from its pixels, so that nothing else of it is left.

Whatever a phone wrote into it (places, times, names, small pictures, colour profiles), whatever lies behind its end and
whatever is hidden between its parts stays behind, since nothing but pixels is copied. It is turned upright first, so
that even how it was held need not be told. A JPEG keeps its own tables: it is as large and as good as it was.
"""

import io
from typing import Any

from PIL import Image, ImageFile
from PIL.JpegImagePlugin import JpegImageFile, get_sampling

from junheng.kernel.pictures.outline import JPEG, PNG, UNPACKING, WEBP, Outline, opened

TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}
QUALITY, LARGEST_STEP = 90, 255
WITHOUT_LOSS = b"VP8L"
WAYS = (b"VP8 ", WITHOUT_LOSS)
"""How a WebP says which of its two ways of writing follows; one of them is in every WebP that opens."""


def without_words(data: bytes, outline: Outline, *, turned: int = 1) -> bytes:
    """The picture anew, upright, of the same kind; refuses what does not open to its last row."""
    with opened(data, outline.media) as image, UNPACKING:
        how = way_of(image, data)
        image.load()
        pixels: Image.Image = image.transpose(TURNS[turned]) if turned in TURNS else image
        if pixels.mode == "CMYK":
            pixels = pixels.convert("RGB")
        pixels.info = {name: value for name, value in pixels.info.items() if name == "transparency"}
        out = io.BytesIO()
        pixels.save(out, FORMATS[outline.media], **how)
        return out.getvalue()


def way_of(image: ImageFile.ImageFile, data: bytes) -> dict[str, Any]:
    """How the new picture is written, so that it is as good as the old one."""
    if isinstance(image, JpegImageFile):
        tables = image.quantization
        if image.mode == "CMYK" or any(max(one) > LARGEST_STEP for one in tables.values()):
            return {"quality": QUALITY}
        return {"qtables": tables, "subsampling": get_sampling(image)}
    if image.format == "WEBP":
        first = min((place, kind) for kind in WAYS if (place := data.find(kind)) >= 0)
        return {"lossless": True} if first[1] == WITHOUT_LOSS else {"quality": QUALITY}
    return {}
