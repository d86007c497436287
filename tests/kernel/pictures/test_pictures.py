"""Photos: what is taken for one, what is said in it and taken out, and which two are alike."""

import io
import random
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms, ImageOps, PngImagePlugin

from junheng.kernel.pictures import NotAPhoto, Said, apart, bare, outline_of, photo_in
from junheng.kernel.pictures.luma import small_grey
from junheng.kernel.pictures.outline import MOST_WORK
from tests.makers.pictures import drawn, exif, photo, picture, said, scene, segment

SECRET = b"HOME-35.2150N-113.2500E-PHONE-OF-ZHANG"
KINDS = ("JPEG", "PNG", "WEBP")


def shape(data: bytes) -> str:
    return photo_in(data).shape


def written(image: Image.Image, kind: str, **how: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def naive(grey: Any, width: int, height: int) -> np.ndarray:  # type: ignore[type-arg]
    """The means of the blocks, as anybody would count them."""
    rows = [
        [
            sum(
                grey(x, y)
                for y in range(top, min(top + 8, height))
                for x in range(left, min(left + 8, width))
            )
            // ((min(top + 8, height) - top) * (min(left + 8, width) - left))
            for left in range(0, width, 8)
        ]
        for top in range(0, height, 8)
    ]
    return np.array(rows)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("colours", [False, True])
@pytest.mark.parametrize(("width", "height"), [(72, 64), (61, 35), (16, 200)])
def test_means_of_blocks_are_those_of_the_picture(kind: str, colours: bool, width: int, height: int) -> None:
    grey = scene(7, width, height)
    image = drawn(grey, width, height, colours=colours)
    for how in ({}, {"progressive": True}) if kind == "JPEG" else ({},):
        data = written(image, kind, **how)
        outline = outline_of(data)
        means = small_grey(data, outline)
        assert (outline.width, outline.height) == (width, height)
        assert means.shape == (-(-height // 8), -(-width // 8))
        assert np.abs(means - naive(grey, width, height)).max() <= 8


def test_a_photo_made_smaller_or_lighter_is_alike_and_another_is_not() -> None:
    one, big = scene(3), scene(3)
    same = shape(photo(lambda x, y: one(x, y)))
    lighter = shape(photo(lambda x, y: min(255, big(x, y) * 9 // 10 + 25), colours=True))
    larger = shape(photo(lambda x, y: one(x // 2, y // 2), 144, 128, progressive=True))
    anew = [shape(written(drawn(one), kind)) for kind in KINDS]
    assert max(apart(same, each) for each in (lighter, larger, *anew)) <= 5
    others = [shape(picture(seed)) for seed in range(20, 60)]
    assert min(apart(same, one) for one in others) > 5


def test_what_a_camera_says_is_read() -> None:
    words = {"taken": "2024:03:06 09:30:00", "turned": 6, "lon": 113_241_500, "lat": -35_210_000}
    image = drawn(scene(1))
    for data in (
        picture(1, words=exif(**words) + segment(0xFE, "王老师".encode())),  # type: ignore[arg-type]
        *(written(image, kind, exif=said(**words)) for kind in KINDS),  # type: ignore[arg-type]
    ):
        found = photo_in(data).said
        assert (found.taken, found.turned) == ("2024-03-06T09:30:00", 6)
        assert (found.longitude, found.latitude) == (113_241_500, -35_210_000)
    assert photo_in(picture(2)).said == Said()


@pytest.mark.parametrize(
    "broken", [b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0nonsense", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff"]
)
@pytest.mark.filterwarnings("ignore")
def test_words_that_cannot_be_read_are_not_said(broken: bytes) -> None:
    assert photo_in(picture(1, words=segment(0xE1, broken))).said == Said()


def full_of_words(kind: str, image: Image.Image) -> bytes:
    """A picture in which a phone wrote the same secret wherever it can be written."""
    words = said(turned=6, lon=113_241_500, lat=35_210_000)
    words[0x010E] = words[0x013B] = SECRET.decode()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + SECRET
    common = {"exif": words, "icc_profile": profile}
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Location", SECRET.decode())
        text.add_text("Author", SECRET.decode() * 20, zip=True)
        text.add_itxt("XML:com.adobe.xmp", SECRET.decode())
        return written(image, kind, pnginfo=text, **common) + SECRET
    if kind == "WEBP":
        return written(image, kind, xmp=SECRET, **common) + SECRET
    data = written(image, kind, xmp=SECRET, comment=SECRET, **common)
    more = b"".join(segment(marker, b"JFXX\0" + SECRET) for marker in (*range(0xE0, 0xF0), 0xFE))
    return data[:2] + more + data[2:] + written(image, kind, comment=SECRET) + SECRET


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_nothing_but_the_pixels_is_passed_on(kind: str, mode: str) -> None:
    image = drawn(scene(5)).convert(mode)
    telling, silent = full_of_words(kind, image), written(image, kind)
    assert SECRET in telling
    passed = bare(telling)
    assert SECRET not in passed.data
    outline = outline_of(passed.data)
    assert (outline.width, outline.height) == (passed.width, passed.height) == (64, 72), "it stands upright"
    with Image.open(io.BytesIO(passed.data)) as again, Image.open(io.BytesIO(silent)) as plain:
        assert not again.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment", "photoshop", "adobe", "Location"} & set(
            again.info
        )
        upright = ImageOps.exif_transpose(plain).rotate(-90, expand=True).convert("L")
        assert np.abs(np.asarray(again.convert("L"), int) - np.asarray(upright, int)).mean() < 2, "as it was"
    assert passed == bare(written(image, kind, exif=said(turned=6))), "the same whatever was said in it"


def test_a_picture_with_holes_or_few_colours_keeps_them() -> None:
    image = Image.new("RGBA", (9, 9), (200, 10, 10, 0))
    few = drawn(scene(1)).convert("P")
    few.info["transparency"] = 3
    for kind, one in (("PNG", image), ("WEBP", image), ("PNG", few)):
        with Image.open(io.BytesIO(bare(written(one, kind)).data)) as found:
            assert found.mode == one.mode
            assert "transparency" in found.info or found.mode == "RGBA"


def test_colours_of_print_are_shown_on_a_screen() -> None:
    data = written(Image.new("CMYK", (16, 16), (0, 255, 255, 0)), "JPEG")
    with Image.open(io.BytesIO(bare(data).data)) as found:
        assert found.mode == "RGB"
    assert shape(data) == shape(bare(data).data)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff\xd8", b"MZ", b"<svg onload=alert(1)>", b"\x89PNG\r\n\x1a\n" + bytes(60), b"GIF89a" + bytes(60),
        b"\xff\xd8\xff\xe0\x00\x10JFIF", picture(1)[:-2], picture(1)[:300], picture(1)[:-80], b"RIFF\x00\x00\x00\x00WEBPVP8 ",
        b"\xff\xd8" + b"\xff\xfe\x00\x02" * 5_000 + b"\xff\xd9",
    ],
)  # fmt: skip
def test_what_is_no_photo_is_refused(data: bytes) -> None:
    for looked in (shape, bare):
        with pytest.raises(NotAPhoto) as told:
            looked(data)
        assert told.value.code == "not-a-photo"


def test_a_picture_that_says_it_is_enormous_is_refused_unread() -> None:
    jpeg, png = picture(1), written(drawn(scene(1)), "PNG")
    place = jpeg.index(b"\xff\xc0") + 5
    jpeg = jpeg[:place] + b"\xff\xff\xff\xff" + jpeg[place + 4 :]
    head = png[12:16] + b"\0\0\xff\xff\0\0\xff\xff" + png[24:29]
    png = png[:12] + head + PngImagePlugin.o32(PngImagePlugin._crc32(head)) + png[33:]
    for bomb in (jpeg, png):
        with pytest.raises(NotAPhoto) as told:
            outline_of(bomb)
        assert told.value.code == "photo-too-wide"
        assert "65535×65535" in str(told.value)


def test_a_picture_of_very_many_passes_is_refused_unread() -> None:
    big = written(Image.new("L", (4000, 4000)), "JPEG", progressive=True)
    assert outline_of(big).width == 4000
    passes = MOST_WORK // (4000 * 4000) + 1
    with pytest.raises(NotAPhoto, match="too many passes"):
        outline_of(big[:-2] + b"\xff\xda\x00\x08\x01\x01\x00\x01\x3f\x00" * passes + big[-2:])


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", KINDS)
def test_no_bytes_break_the_reading(kind: str) -> None:
    """Spoiled photos are refused or read, never a mistake of ours, and never for long."""
    dice = random.Random(5)
    words = said(taken="2024:03:06 09:30:00", lon=1, lat=1)
    whole = written(drawn(scene(4), colours=True), kind, exif=words)
    outcomes = {"read": 0, "refused": 0}
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(dice.randint(1, 6)):
            data[dice.randrange(2, len(data)) if dice.random() < 0.5 else dice.randrange(2, 200)] = (
                dice.randrange(256)
            )
        try:
            shape(bytes(data))
            bare(bytes(data))
            outcomes["read"] += 1
        except NotAPhoto:
            outcomes["refused"] += 1
    assert outcomes["refused"] > 20
    assert kind == "PNG" or outcomes["read"] > 20, outcomes
