"""A draft cut at its claims loses no letter."""

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from junheng.surfaces.desk.marking import pieces, tally


def claim(start: int, end: int, verdict: str = "proved") -> SimpleNamespace:
    return SimpleNamespace(start=start, end=end, verdict=verdict)


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(1, 6)), max_size=8))
def test_the_pieces_are_the_draft(text: str, places: list[tuple[int, int]]) -> None:
    claims = [claim(at, at + long) for at, long in sorted(places) if at + long <= len(text)]
    assert "".join(piece.text for piece in pieces(text, claims)) == text


def test_claims_keep_their_number_when_one_lies_inside_another() -> None:
    cut = pieces("一二三四五六", [claim(0, 3), claim(1, 2), claim(4, 5)])
    assert [(piece.text, piece.number) for piece in cut] == [("一二三", 1), ("四", 0), ("五", 3), ("六", 0)]


def test_what_needs_attention_is_counted_first() -> None:
    claims = [claim(0, 1, verdict) for verdict in ("proved", "differs", "proved", "unknown")]
    assert tally(claims) == [("differs", 1), ("ambiguous", 0), ("unknown", 1), ("proved", 2)]
