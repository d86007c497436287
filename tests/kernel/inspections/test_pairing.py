"""Which county inspects which: never itself, never one another, never a pair that is ruled out; fair over seeds."""

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.kernel.errors import Refusal
from junheng.kernel.inspections.pairing import pairing, pairing_faults
from junheng.kernel.lottery.digests import Algorithm

SHA = Algorithm.SHA256


@given(st.integers(3, 9), st.text("abc123", min_size=1), st.data())
@settings(max_examples=200, deadline=None)
def test_nobody_inspects_itself_or_is_inspected_by_whom_it_inspects(count, seed, data) -> None:
    counties = [f"4108{place:02d}" for place in range(count)]
    pairs = [(one, other) for one in counties for other in counties if one != other]
    apart = data.draw(st.lists(st.sampled_from(pairs), max_size=2 * count))
    try:
        found = pairing(SHA, seed, "cross", counties, apart=apart)
    except Refusal:
        assert count > 7 or not any(is_ring(ring, set(apart)) for ring in permutations(counties))
        return
    assert pairing_faults(counties, found, apart=apart) == []
    assert pairing(SHA, seed, "cross", list(reversed(counties)), apart=apart) == found


def is_ring(ring, apart) -> bool:
    return all((one, ring[(place + 1) % len(ring)]) not in apart for place, one in enumerate(ring))


def test_every_pair_is_about_equally_likely_over_many_seeds() -> None:
    counties = ["a", "b", "c", "d", "e"]
    counted = Counter(
        pair for seed in range(4_000) for pair in pairing(SHA, f"s{seed}", "cross", counties).items()
    )
    assert len(counted) == 20
    # expected 1,000 each; five standard deviations are about 137
    assert all(abs(number - 1_000) < 137 for number in counted.values())


@pytest.mark.parametrize("few", [[], ["a"], ["a", "b"]])
def test_two_cannot_cross(few) -> None:
    with pytest.raises(Refusal, match="至少要有 3 个"):
        pairing(SHA, "s", "cross", few)


@pytest.mark.parametrize(
    ("found", "fault"),
    [
        ({"a": "a", "b": "c", "c": "b"}, "a inspects itself"),
        ({"a": "b", "b": "a", "c": "c"}, "a and b inspect each other"),
        ({"a": "b", "b": "c"}, "not every county"),
        ({"a": "b", "b": "c", "c": "a"}, "c may not inspect a"),
    ],
)
def test_the_check_names_what_is_wrong(found, fault) -> None:
    assert any(fault in each for each in pairing_faults(["a", "b", "c"], found, apart=[("c", "a")]))
