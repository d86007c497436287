"""Two inspections beside each other, against a count that looks at every item one by one."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.kernel.inspections.differences import Seen, Table, beside, decimal, first_seen, weight

RESULTS = ("pass", "fail", "na")


def seen(results: list[str]) -> Seen:
    of = {word: frozenset(item for item, result in enumerate(results) if result == word) for word in RESULTS}
    return Seen(len(results), of["fail"], of["na"])


def naive(first: list[str], second: list[str]) -> Table:
    counts = {("pass", "pass"): 0, ("fail", "fail"): 0, ("fail", "pass"): 0, ("pass", "fail"): 0}
    for pair in zip(first, second, strict=True):
        if "na" not in pair:
            counts[pair] += 1  # type: ignore[index] # two of the four
    return Table(
        counts["pass", "pass"], counts["fail", "fail"], counts["fail", "pass"], counts["pass", "fail"]
    )


both = st.integers(0, 25).flatmap(
    lambda size: st.tuples(*(st.lists(st.sampled_from(RESULTS), min_size=size, max_size=size),) * 2)
)


@given(both)
def test_what_was_not_good_says_it_all(results: tuple[list[str], list[str]]) -> None:
    first, second = results
    assert beside(seen(first), seen(second)) == naive(first, second)


@given(both)
def test_looked_at_from_the_other_side_only_the_sides_change(results: tuple[list[str], list[str]]) -> None:
    one, other = beside(seen(results[0]), seen(results[1])), beside(seen(results[1]), seen(results[0]))
    assert (one.agreement, one.kappa) == (other.agreement, other.kappa)
    assert (one.only_first, one.only_second) == (other.only_second, other.only_first)


@given(both)
def test_kappa_is_cohens(results: tuple[list[str], list[str]]) -> None:
    table = naive(*results)
    judged = [pair for pair in zip(*results, strict=True) if "na" not in pair]
    if not judged:
        assert table.kappa is None
        return
    n = len(judged)
    alike = Fraction(sum(a == b for a, b in judged), n)
    chance = sum(
        Fraction(sum(a == word for a, _ in judged), n) * Fraction(sum(b == word for _, b in judged), n)
        for word in ("pass", "fail")
    )
    if chance == 1:
        assert table.kappa is None
    else:
        assert table.kappa is not None
        assert Fraction(*table.kappa) == (alike - chance) / (1 - chance)


@given(st.lists(both, max_size=5))
def test_places_are_added_up(places: list[tuple[list[str], list[str]]]) -> None:
    whole = sum((beside(seen(one), seen(other)) for one, other in places), Table())
    flat = naive([x for one, _ in places for x in one], [x for _, other in places for x in other])
    assert whole == flat


def test_two_that_judge_other_items_are_not_compared() -> None:
    with pytest.raises(ValueError, match="same items"):
        beside(Seen(3), Seen(4))


@given(
    st.dictionaries(st.integers(0, 9), st.lists(st.tuples(st.integers(1, 5), st.integers(0, 3)), max_size=4))
)
def test_the_first_is_the_earliest_and_of_one_day_the_nearest(
    failures: dict[int, list[tuple[int, int]]],
) -> None:
    found = first_seen(failures)
    assert set(found) == {item for item, those in failures.items() if those}
    for item, level in found.items():
        earliest = min(day for day, _level in failures[item])
        assert level == min(each for day, each in failures[item] if day == earliest)


@given(st.integers(0, 60).flatmap(lambda found: st.tuples(st.integers(0, found), st.just(found))))
def test_a_weight_is_whole_never_nothing_and_rises_with_what_was_missed(facts: tuple[int, int]) -> None:
    missed, found = facts
    value = weight(missed, found)
    assert 1 <= value <= 4
    assert (value == 1) == (missed == 0)
    assert (value == 4) == (found > 0 and 3 * missed > 2 * found)
    if missed < found:
        assert weight(missed + 1, found) >= value


def test_nobody_misses_more_than_was_found() -> None:
    with pytest.raises(ValueError, match="more than was found"):
        weight(3, 2)


@given(st.integers(-500, 500), st.integers(1, 500), st.integers(1, 3))
def test_decimals_are_rounded_half_away(part: int, whole: int, places: int) -> None:
    exact, told = Fraction(part, whole), Fraction(decimal((part, whole), places=places))
    assert abs(exact - told) <= Fraction(1, 2 * 10**places)
    if abs(exact - told) == Fraction(1, 2 * 10**places):
        assert abs(told) > abs(exact)
