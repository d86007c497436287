"""What a phone wrote into a picture is left out, what is no whole picture is refused."""

import pytest

from junheng.domains.tips.queries.pictures import Picture, Unreadable, cleaned
from tests.domains.tips.telling import jpeg, png, webp

SECRET = b"HOME-35.2150N-113.2500E-PHONE-OF-ZHANG"


@pytest.mark.parametrize("made", [jpeg, png, webp])
def test_words_are_left_out_and_the_picture_stays(made) -> None:  # type: ignore[no-untyped-def]
    plain, telling = made(), made(words=SECRET)
    assert SECRET in telling
    kept = cleaned(telling)
    assert SECRET not in kept.data
    assert (kept.width, kept.height) == (8, 8)
    assert kept == cleaned(plain) == cleaned(kept.data)


@pytest.mark.parametrize(
    "data",
    [b"", b"MZ", b"%PDF-1.7", b"\xff\xd8\xff\xe0" + bytes(50), b"<svg onload=alert(1)>", b"RIFF1234WEBP"],
)
def test_what_is_no_whole_picture_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        cleaned(data)


@pytest.mark.parametrize("made", [jpeg, png, webp])
def test_a_piece_of_a_picture_is_refused_unless_all_pixels_are_in_it(made) -> None:  # type: ignore[no-untyped-def]
    whole = made()
    full, refused = cleaned(whole), 0
    for end in range(len(whole) - 1):
        try:
            assert cleaned(whole[:end]) == full
        except Unreadable:
            refused += 1
    assert refused >= len(whole) - 40, "only what stands behind the last pixel may be missing"


def test_what_says_it_is_enormous_is_known_for_it() -> None:
    assert cleaned(png(60_000, 60_000)).is_enormous
    assert not Picture("image/png", 7_000, 7_000, b"").is_enormous
