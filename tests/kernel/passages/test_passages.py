"""Shared passages against a slow oracle: what is long enough is never missed, and what is shown is really shared."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from junheng.kernel.passages import CERTAIN, covered, marks_of, shared, tidied

LETTERS = st.text(alphabet="春夏秋冬ab", max_size=60)


def longest_common(one: str, other: str) -> int:
    """The longest run that two texts share, letter by letter."""
    best, row = 0, [0] * (len(other) + 1)
    for sign in one:
        row = [0, *(row[place] + 1 if sign == there else 0 for place, there in enumerate(other))]
        best = max(best, *row)
    return best


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LETTERS, LETTERS, st.integers(1, 12))
def test_the_longest_passage_is_the_oracles(one: str, other: str, least: int) -> None:
    found = shared(one, other, least=least)
    longest = longest_common(one, other)
    assert bool(found) == (longest >= least)
    end = 0
    for each in found:
        assert one[each.begins : each.ends] == other[each.other_begins : each.other_ends]
        assert each.letters == each.ends - each.begins >= least
        assert each.begins >= end
        end = each.ends
    assert 0 <= covered(found, one) <= 1_000


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LETTERS, LETTERS, st.text(alphabet="甲乙丙丁戊", min_size=CERTAIN, max_size=30))
def test_a_copied_passage_is_never_missed(one: str, other: str, copied: str) -> None:
    assert marks_of(one + copied) & marks_of(copied + other)


def test_signs_and_blanks_hide_nothing_and_places_are_those_of_the_text() -> None:
    one = "珍爱生命，远离毒品！从我做起，从现在做起，做健康少年。"
    other = "同学们：珍爱 生命\n远离毒品 从我做起 从现在做起 做健康少年"
    (found,) = shared(one, other, least=CERTAIN)
    assert one[found.begins : found.ends] == one[:-1]
    assert tidied(other[found.other_begins : found.other_ends]).letters == tidied(one).letters
    assert covered([found], one) == 1_000
    assert marks_of(one) == marks_of(one.replace("，", " "))
