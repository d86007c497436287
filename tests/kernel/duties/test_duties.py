"""What was owed, done and missed, against a plain reading day by day, in both readings of the norm."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.kernel.duties import Charges, Checks, Leaves, Norm, Per, Rest, comply, lines_of
from junheng.kernel.duties.solve import apart
from junheng.kernel.errors import Refusal
from tests.kernel.duties.oracle import naive

START = date(2023, 3, 6).toordinal()  # a Monday
PEOPLE, WATERS, DAYS = 4, 3, 30


def column(rows, place):
    return np.array([row[place] for row in rows], dtype=np.int64)


def columns(kind, rows, width):
    return kind(*(column(rows, place) for place in range(width)))


def span(draw):
    since = draw(st.integers(0, DAYS - 1))
    return START + since, START + since + draw(st.integers(1, DAYS))


@st.composite
def histories(draw):
    norm = Norm(
        steps=tuple(
            sorted({START - 400: draw(st.integers(0, 3)), START + 14: draw(st.integers(0, 4))}.items())
        ),
        per=draw(st.sampled_from(list(Per))),
        rest=draw(st.sampled_from(list(Rest))),
        apart=draw(st.sampled_from([0, 30, 600, 3000])),
        distinct_days=draw(st.booleans()),
    )
    person, water = st.integers(0, PEOPLE - 1), st.integers(0, WATERS - 1)
    charges = [(draw(person), draw(water), *span(draw)) for _ in range(draw(st.integers(0, 6)))]
    leaves = [
        (one, deputy, *span(draw))
        for one, deputy in (
            (draw(person), draw(st.integers(-1, PEOPLE - 1))) for _ in range(draw(st.integers(0, 3)))
        )
        if one != deputy
    ]
    minutes = st.integers(START * 1440, (START + DAYS) * 1440 - 1)
    checks = [
        (draw(person), draw(st.integers(0, WATERS)), draw(minutes)) for _ in range(draw(st.integers(0, 25)))
    ]
    return norm, charges, leaves, checks


@given(histories())
@settings(max_examples=500, deadline=None)
def test_it_is_the_duty_read_aloud(history) -> None:
    norm, charges, leaves, checks = history
    first, last = START, START + DAYS - 2
    found = comply(
        norm, columns(Charges, charges, 4), columns(Leaves, leaves, 4), columns(Checks, checks, 3), first=first, last=last
    )  # fmt: skip
    rows = {
        (p, w, m): (d, o, n)
        for p, w, m, d, o, n in zip(
            *(
                getattr(found, name).tolist()
                for name in ("person", "water", "monday", "days", "owed", "done")
            ),
            strict=True,
        )
    }
    expected, counted = naive(norm, charges, leaves, checks, first=first, last=last)
    assert rows == expected
    assert set(np.flatnonzero(found.counted).tolist()) == counted


@given(
    st.lists(st.tuples(st.integers(0, 2), st.one_of(st.integers(0, 90), st.integers(0, 4000))), max_size=12),
    st.sampled_from([0, 7, 30, 1500]),
    st.booleans(),
)
@settings(max_examples=300, deadline=None)
def test_checks_close_together_count_as_a_walk_through_them_says(checks, minutes, distinct) -> None:
    """Long runs of close checks of several duties in between one another, which whole histories hardly ever have."""
    latest: dict[int, int] = {}
    counted = set()
    for minute, place, duty in sorted((minute, place, duty) for place, (duty, minute) in enumerate(checks)):
        before = latest.get(duty)
        if before is None or not (
            minute - before < minutes or (distinct and before // 1440 == minute // 1440)
        ):
            latest[duty] = minute
            counted.add(place)
    norm = Norm(steps=((0, 2),), apart=minutes, distinct_days=distinct)
    duty, minute = (np.array([one[n] for one in checks], dtype=np.int64) for n in (0, 1))
    assert set(apart(norm, duty, minute).tolist()) == counted


def test_who_comes_in_mid_week_owes_for_the_days() -> None:
    charges = columns(Charges, [(0, 0, START + 3, START + 21)], 4)
    norm = Norm(steps=((0, 2),))
    checks = columns(Checks, [(0, 0, (START + 4) * 1440)], 3)
    nobody = columns(Leaves, [], 4)
    (first, second, third) = lines_of(comply(norm, charges, nobody, checks, first=START, last=START + 20))
    assert (first.days, first.owed, first.done, first.missed) == (4, 1, 1, 0)
    assert (second.owed, second.missed, third.owed) == (2, 2, 2)
    assert second.monday == date(2023, 3, 13)


def test_a_deputy_owes_what_the_other_one_does_not() -> None:
    charges = columns(Charges, [(0, 0, START, START + 7), (1, 1, START, START + 7)], 4)
    leaves = columns(Leaves, [(0, 1, START, START + 7)], 4)
    checks = columns(Checks, [(1, 0, START * 1440 + 60), (1, 1, START * 1440 + 600), (0, 0, START * 1440)], 3)
    (line,) = lines_of(comply(Norm(steps=((0, 2),)), charges, leaves, checks, first=START, last=START))
    assert (line.person, line.days, line.owed, line.done, line.missed) == (1, 14, 4, 2, 2)


def test_checks_within_minutes_count_once() -> None:
    charges = columns(Charges, [(0, 0, START, START + 7)], 4)
    at = START * 1440
    checks = columns(Checks, [(0, 0, at), (0, 0, at + 4), (0, 0, at + 59), (0, 0, at + 64)], 3)
    found = comply(
        Norm(steps=((0, 2),), apart=60), charges, columns(Leaves, [], 4), checks, first=START, last=START
    )
    assert found.counted.tolist() == [True, False, False, True]


@pytest.mark.parametrize("broken", [(0, 0, START, START), (0, 0, START, START - 1)])
def test_a_charge_of_no_day_is_refused(broken) -> None:
    with pytest.raises(Refusal, match="终止日不晚于起始日"):
        columns(Charges, [broken], 4)


def test_nobody_stands_in_for_himself() -> None:
    with pytest.raises(Refusal, match="不能由自己代理"):
        columns(Leaves, [(1, 1, START, START + 1)], 4)
