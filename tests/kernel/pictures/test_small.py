"""A photo in small: small indeed, upright, and without what a phone wrote into it."""

import io

import pytest
from PIL import Image

from junheng.kernel.pictures import NotAPhoto
from junheng.kernel.pictures.small import in_small


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_it_is_small_upright_and_says_nothing(kind: str) -> None:
    image = Image.new("RGB", (900, 600), "white")
    image.paste("red", (0, 0, 300, 600))
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "SECRETPHONE", 6
    out = io.BytesIO()
    image.save(out, kind, exif=exif)
    small = in_small(out.getvalue())
    with Image.open(io.BytesIO(small)) as seen:
        assert (seen.format, seen.size) == ("JPEG", (160, 240))
        red, green, _blue = seen.convert("RGB").getpixel((80, 5))
        assert (red > 200, green < 60) == (True, True), "what was at the left is at the top"
    assert (b"SECRETPHONE" in small, len(small) < 10_000) == (False, True)


def test_what_is_no_photo_is_refused() -> None:
    with pytest.raises(NotAPhoto):
        in_small(b"GIF89a")
