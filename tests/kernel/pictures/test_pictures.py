"""Photos: what is taken for one, what is said in it and taken out, and which two are alike."""

import random
from typing import Any

import numpy as np
import pytest

from junheng.kernel.pictures import (
    NotAPhoto,
    apart,
    fingerprint,
    outline_of,
    said_by,
    small_grey,
    without_words,
)
from tests.makers.pictures import exif, photo, picture, scene, segment


def shape(data: bytes) -> str:
    return fingerprint(small_grey(data, outline_of(data)))


def naive(grey: Any, width: int, height: int) -> np.ndarray:  # type: ignore[type-arg]
    """The means of the blocks, as anybody would count them."""
    rows = [
        [
            sum(grey(8 * x + i, 8 * y + j) for i in range(8) for j in range(8)) // 8
            for x in range(-(-width // 8))
        ]
        for y in range(-(-height // 8))
    ]
    return np.array(rows)


@pytest.mark.parametrize("colours", [False, True])
@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("restart", [0, 3])
@pytest.mark.parametrize(("width", "height"), [(72, 64), (61, 35), (16, 200)])
def test_means_of_blocks_are_those_of_the_picture(
    colours: bool, progressive: bool, restart: int, width: int, height: int
) -> None:
    grey = scene(7, width, height)
    data = photo(grey, width, height, colours=colours, progressive=progressive, restart=restart)
    outline = outline_of(data)
    found = small_grey(data, outline)
    assert (outline.width, outline.height) == (width, height)
    assert found.shape == (-(-height // 8), -(-width // 8))
    assert np.abs(found - naive(grey, width, height)).max() <= 8, "not more than the first step of the table"


def test_a_photo_made_smaller_or_lighter_is_alike_and_another_is_not() -> None:
    one, big = scene(3), scene(3)
    same = shape(photo(lambda x, y: one(x, y)))
    lighter = shape(photo(lambda x, y: min(255, big(x, y) * 9 // 10 + 25), colours=True))
    larger = shape(photo(lambda x, y: one(x // 2, y // 2), 144, 128, progressive=True))
    assert apart(same, lighter) <= 5
    assert apart(same, larger) <= 5
    others = [shape(picture(seed)) for seed in range(20, 60)]
    assert min(apart(same, one) for one in others) > 5


def test_what_a_camera_says_is_read_and_taken_out() -> None:
    words = exif(taken="2024:03:06 09:30:00", turned=6, lon=113_241_500, lat=-35_210_000) + segment(
        0xFE, "王老师".encode()
    )
    data = picture(1, words=words) + b"hidden behind the end"
    outline = outline_of(data)
    said = said_by(data, outline)
    assert (said.taken, said.turned, said.longitude, said.latitude) == (
        "2024-03-06T09:30:00",
        6,
        113_241_500,
        -35_210_000,
    )
    bare = without_words(data, outline, turned=said.turned)
    again = said_by(bare, outline_of(bare))
    assert (again.taken, again.longitude, again.turned) == ("", None, 6), "only how it is held stays"
    assert "王".encode() not in bare
    assert b"hidden" not in bare
    assert shape(bare) == shape(data)


def test_a_photo_without_words_says_nothing() -> None:
    data = picture(2)
    assert said_by(data, outline_of(data)).taken == ""
    assert without_words(data, outline_of(data)) == data


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff\xd8", b"MZ", b"<svg onload=alert(1)>", b"\x89PNG\r\n\x1a\n" + bytes(60), b"GIF89a" + bytes(60),
        b"\xff\xd8\xff\xe0\x00\x10JFIF", picture(1)[:-2], picture(1)[:300], b"\xff\xd8" + b"\xff\xfe\x00\x02" * 5_000 + b"\xff\xd9",
    ],
)  # fmt: skip
def test_what_is_no_photo_is_refused(data: bytes) -> None:
    with pytest.raises(NotAPhoto):
        outline_of(data)


def test_a_picture_that_says_it_is_enormous_is_refused_unread() -> None:
    data = picture(1)
    place = data.index(b"\xff\xc0") + 5
    bomb = data[:place] + b"\xff\xff\xff\xff" + data[place + 4 :]
    with pytest.raises(NotAPhoto) as told:
        outline_of(bomb)
    assert told.value.code == "photo-too-wide"
    assert "65535×65535" in str(told.value)


def test_no_bytes_break_the_reading() -> None:
    """Spoiled photos are refused or read, never a mistake of ours, and never for long."""
    dice = random.Random(5)
    whole = picture(4, words=exif(taken="2024:03:06 09:30:00", lon=1, lat=1), colours=True)
    refused = read = 0
    for _ in range(600):
        data = bytearray(whole)
        for _ in range(dice.randint(1, 6)):
            data[dice.randrange(2, len(data))] = dice.randrange(256)
        try:
            outline = outline_of(bytes(data))
            said_by(bytes(data), outline)
            small_grey(bytes(data), outline)
            read += 1
        except NotAPhoto:
            refused += 1
    assert refused > 50
    assert read > 50


def test_a_photo_whose_bits_end_early_does_not_open() -> None:
    data = picture(9)
    outline = outline_of(data)
    begin = outline.scans[0][0].end
    short = data[: begin + 20] + b"\xff\xd9"
    with pytest.raises(NotAPhoto):
        small_grey(short, outline_of(short))
