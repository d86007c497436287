"""Money per head against rows reckoned one by one; its differences against closed forms; its shares against sums."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.kernel.entitlements import (
    AUTUMN,
    SPRING,
    STAGES,
    About,
    Doubt,
    Part,
    Rate,
    Rates,
    Reading,
    Row,
    Rule,
    Schools,
    SmallBy,
    Tally,
    count,
    differ,
    doubts,
    entitle,
    faults,
    lines_of,
    part_of,
    share_at_most,
    share_out,
    subsidise,
)
from junheng.kernel.errors import Refusal
from junheng.kernel.values.school_term import SchoolTerm

LONG_AGO = date(2016, 2, 1)
SPRING_2023, AUTUMN_2022 = SchoolTerm.parse("2023S"), SchoolTerm.parse("2022A")


def rates(term=SPRING_2023, primary=72_000, junior=94_000, boarder=30_000, care=600_000, heating=None):
    """Rates of a term, all by clauses of long ago."""

    def one(fen, clause):
        return Rate(fen, LONG_AGO, clause)

    return Rates(
        term,
        (one(primary, "小学"), one(junior, "初中")),
        one(care, "特教"),
        one(boarder, "寄宿"),
        one(heating, "取暖") if heating else None,
    )


def roll_of(rows):
    """Rows as the frozen columns."""
    return pl.LazyFrame(
        {
            "pupil": [row.pupil for row in rows],
            "school": [row.school for row in rows],
            "stage": [STAGES.index(row.stage) for row in rows],
            "boarder": [row.boarder for row in rows],
            "bed": [row.bed for row in rows],
            "care": [row.care for row in rows],
        },
        schema={
            "pupil": pl.Int64,
            "school": pl.Int32,
            "stage": pl.Int8,
            "boarder": pl.Boolean,
            "bed": pl.Boolean,
            "care": pl.Boolean,
        },
    )


def listed(schools):
    """What is known of schools, as columns."""
    about = schools.values()
    return Schools(
        np.array(list(schools), dtype=np.int64),
        np.array([one.small for one in about], dtype=bool),
        np.array([one.boarding for one in about], dtype=bool),
        np.array([one.closed for one in about], dtype=bool),
    )


def lines(rows, schools, by, reading=Reading()):  # noqa: B008 — frozen
    """The lines of a roll."""
    known = listed(schools)
    return entitle(count(roll_of(rows), known), known, by, reading)


def pupils(number, school, stage="primary", **more):
    """So many pupils of a school, numbered so that no two schools share one."""
    return [
        Row(school * 10_000 + STAGES.index(stage) * 1_000 + n, school, stage, **more) for n in range(number)
    ]


SOME_SCHOOLS = st.dictionaries(
    st.integers(1, 40), st.builds(About, st.booleans(), st.booleans(), st.booleans()), min_size=1, max_size=6
)


@st.composite
def cities(draw):
    """A few schools with a few pupils, some of them on two rolls."""
    schools = draw(SOME_SCHOOLS)
    row = st.builds(
        Row,
        st.integers(1, 60),
        st.sampled_from(sorted(schools)),
        st.sampled_from(STAGES),
        st.booleans(),
        st.booleans(),
        st.booleans(),
    )
    reading = Reading(draw(st.integers(1, 12)), draw(st.sampled_from(SmallBy)))
    return schools, draw(st.lists(row, max_size=80)), reading


@given(
    cities(),
    st.tuples(*[st.integers(0, 999_999)] * 4),
    st.none() | st.integers(1, 9_999),
    st.sampled_from([SPRING_2023, AUTUMN_2022]),
)
@settings(max_examples=70, deadline=None)
def test_every_line_is_what_its_rows_make_one_by_one(city, fen, heating, term):
    """The quick way and the naive oracle agree to the fen, whatever the rates."""
    schools, rows, reading = city
    found = lines(rows, schools, rates(term, *fen, heating), reading)
    assert faults(found, rows, schools, reading) == []
    assert sum(found.by_school().values()) == found.total


@given(cities(), cities(), st.tuples(*[st.integers(0, 99_999)] * 2), st.none() | st.integers(1, 999))
@settings(max_examples=50, deadline=None)
def test_a_difference_is_whole_and_each_fen_of_it_has_one_reason(one, other, base, heating):
    """Two rolls, two rates: the parts of the difference add up to it, line by line and in all."""
    schools = one[0] | other[0]
    before = lines(one[1], schools, rates(), one[2])
    after = lines(other[1], schools, rates(SPRING_2023, *base, heating=heating), one[2])
    found = differ(before, after)
    assert found.total == after.total - before.total
    assert (found.by_count + found.by_rate == found.amount[1] - found.amount[0]).all()
    back = differ(after, before)
    assert back.total == -found.total


def test_a_changed_rate_makes_the_closed_form():
    """650/850/200 to 720/940/300 over the same roll: half of each rise for each head, and nothing by count."""
    schools = {1: About(), 2: About(boarding=True), 3: About(small=True)}
    rows = [*pupils(512, 1), *pupils(301, 2, "junior", boarder=True, bed=True), *pupils(31, 3)]
    before = lines(rows, schools, rates(primary=65_000, junior=85_000, boarder=20_000))
    after = lines(rows, schools, rates())
    found = differ(before, after)
    assert found.total == (512 + 100) * 7_000 // 2 + 301 * 9_000 // 2 + 301 * 10_000 // 2
    assert not found.by_count.any()
    assert found.by_rate.sum() == found.total


def test_one_pupil_more_is_a_difference_by_count_alone():
    """A late correction of the roll, at the rates of the term."""
    schools = {1: About()}
    found = differ(lines(pupils(200, 1), schools, rates()), lines(pupils(201, 1), schools, rates()))
    assert (found.total, found.by_count.tolist(), found.by_rate.tolist()) == (36_000, [36_000], [0])


def test_a_supplement_that_was_not_there_is_due_to_its_rate():
    """Nobody joined: the heating supplement got an amount, and lost it again."""
    schools = {1: About()}
    without, with_it = (lines(pupils(10, 1), schools, rates(heating=fen)) for fen in (None, 5_000))
    for before, after, sign in ((without, with_it, 1), (with_it, without, -1)):
        found = differ(before, after)
        assert (found.by_rate.tolist(), found.by_count.tolist()) == ([sign * 25_000], [0])


def test_two_terms_of_different_names_are_not_compared():
    with pytest.raises(Refusal, match="不是同一学期") as refused:
        differ(lines([], {1: About()}, rates()), lines([], {1: About()}, rates(AUTUMN_2022)))
    assert refused.value.code == "different-terms"


def test_the_number_a_small_school_counts_as_is_met_from_both_sides():
    """99 pupils are paid as 100, 100 and 101 as they are; in town nobody is topped up; nobody is not a school."""
    for number, topped in ((99, 1), (100, 0), (101, 0), (0, 0)):
        rows = [*pupils(number, 1), *pupils(number, 2)]
        found = lines(rows, {1: About(small=True), 2: About()}, rates())
        tops = [line.count for line in lines_of(found) if line.rule is Rule.SMALL]
        assert tops == [topped] * bool(topped)
        assert found.total == (2 * number + topped) * 36_000


def test_a_school_of_two_stages_may_be_counted_by_stage_or_as_one():
    rows = [*pupils(45, 1), *pupils(30, 1, "junior")]
    for reading, tops in ((SmallBy.STAGE, [55, 70]), (SmallBy.SCHOOL, [15, 10])):
        found = lines(rows, {1: About(small=True)}, rates(), Reading(small_by=reading))
        assert [line.count for line in lines_of(found) if line.rule is Rule.SMALL] == tops


def test_special_education_is_paid_instead_of_the_base_and_never_besides():
    found = lines([*pupils(3, 1), Row(1, 1, "primary", care=True)], {1: About()}, rates())
    assert [(line.rule, line.count, line.amount) for line in lines_of(found)] == [
        (Rule.BASE, 3, 108_000),
        (Rule.CARE, 1, 300_000),
    ]


def test_a_boarder_without_a_bed_in_a_day_school_on_two_rolls_or_in_a_closed_school_is_asked_about_and_not_paid():
    schools = {1: About(boarding=True), 2: About(), 3: About(closed=True)}
    rows = [
        Row(1, 1, "junior", boarder=True, bed=True),
        Row(2, 1, "junior", boarder=True),
        Row(3, 2, "junior", boarder=True, bed=True),
        Row(4, 1, "junior"),
        Row(4, 2, "junior"),
        Row(5, 3, "junior"),
    ]
    known = listed(schools)
    found = doubts(roll_of(rows), known)
    assert list(zip(found.pupil.tolist(), found.school.tolist(), found.why, strict=True)) == [
        (4, 1, Doubt.TWO_ROLLS),
        (4, 2, Doubt.TWO_ROLLS),
        (2, 1, Doubt.NO_BED),
        (3, 2, Doubt.NOT_BOARDING),
        (5, 3, Doubt.CLOSED),
    ]
    money = lines(rows, schools, rates())
    assert [(line.school, line.rule, line.count) for line in lines_of(money)] == [
        (1, Rule.BASE, 2),
        (1, Rule.BOARDER, 1),
        (2, Rule.BASE, 1),
    ]
    assert count(roll_of(rows), known).held.sum() == 2


@pytest.mark.parametrize(
    ("term", "since", "until", "refused"),
    [
        ("2022A", date(2023, 2, 1), None, True),
        ("2023S", date(2023, 2, 1), None, False),
        ("2023S", date(2023, 2, 2), None, True),
        ("2022A", LONG_AGO, date(2023, 2, 1), False),
        ("2023S", LONG_AGO, date(2023, 2, 1), True),
    ],
)
def test_a_rate_counts_for_the_terms_on_whose_first_day_it_holds_and_for_no_other(
    term, since, until, refused
):
    right, other = Rate(1, LONG_AGO, "甲"), Rate(72_000, since, "乙", until)

    def tried():
        return Rates(SchoolTerm.parse(term), (other, right), right, right)

    if not refused:
        assert tried().of(Rule.SMALL, 0) == other
        return
    with pytest.raises(Refusal, match="请改用该学期施行的标准") as found:
        tried()
    assert found.value.code == "rate-of-another-term"


@given(st.integers(0, 10**12), st.lists(st.integers(1, 366), min_size=1, max_size=12))
def test_however_a_year_is_cut_its_parts_add_up_to_it(yearly, cuts):
    ends = np.cumsum([0, *cuts]).tolist()
    parts = [Part(low, high, ends[-1]) for low, high in pairwise(ends)]
    assert sum(part.of(yearly) for part in parts) == yearly
    assert SPRING.of(yearly) + AUTUMN.of(yearly) == yearly
    assert (part_of(SPRING_2023), part_of(AUTUMN_2022)) == (SPRING, AUTUMN)


@given(st.integers(0, 10**15), st.lists(st.integers(0, 10**12), min_size=1, max_size=30).filter(sum))
def test_shares_add_up_and_each_is_its_exact_share_rounded_down_or_up(total, weights):
    shares = share_out(total, weights)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert total * weight // sum(weights) <= share <= -(-total * weight // sum(weights))


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=30).filter(sum), st.data())
def test_an_instalment_gives_nobody_more_than_is_owed(owed, data):
    total = data.draw(st.integers(0, sum(owed)))
    shares = share_at_most(total, owed)
    assert sum(shares) == total
    assert all(share <= one for share, one in zip(shares, owed, strict=True))
    with pytest.raises(Refusal) as refused:
        share_at_most(sum(owed) + 1, owed)
    assert refused.value.code == "more-than-owed"


@given(
    st.integers(0, 500),
    st.lists(st.tuples(st.integers(-30, 400), st.integers(0, 90)), min_size=1, max_size=5),
    st.sampled_from([2023, 2024]),
    st.integers(0, 99_999),
)
def test_a_kindergarten_is_due_its_subsidy_for_the_days_it_was_recognised(children, spells, year, fen):
    """Against the days counted one by one; a withdrawal ends the subsidy that day."""
    first = date(year, 1, 1)
    since = [first + timedelta(days=day) for day, _ in spells]
    until = [day + timedelta(days=length) for day, (_, length) in zip(since, spells, strict=True)]
    columns = (np.array([day.toordinal() for day in days]) for days in (since, until))
    days, due = subsidise(np.full(len(spells), children), *columns, Rate(fen, LONG_AGO, "甲"), year=year)
    whole = (date(year + 1, 1, 1) - first).days
    for place, (begin, end) in enumerate(zip(since, until, strict=True)):
        inside = [n for n in range(whole) if begin <= first + timedelta(days=n) < end]
        assert days[place] == len(inside)
        upto = [children * fen * n // whole for n in range(whole + 1)]
        assert due[place] == sum(upto[n + 1] - upto[n] for n in inside)


def test_what_cannot_be_is_refused_before_any_money_is_reckoned():
    """A frozen table that was tampered with, or whose schools are not those of the roll."""
    one, none = np.ones((1, 2), dtype=np.int64), np.zeros((1, 2), dtype=np.int64)
    known = listed({1: About()})
    for code, tried in {
        "boarder-without-bed": lambda: Tally(one, none, none, one, none),
        "more-care-than-heads": lambda: Tally(none, one, none, none, none),
        "more-boarders-than-heads": lambda: Tally(none, none, one, none, none),
        "negative-heads": lambda: Tally(-one, none, none, none, none),
        "school-not-listed": lambda: count(roll_of([Row(1, 2, "primary")]), known),
        "stage-without-rate": lambda: count(
            roll_of([Row(1, 1, "primary")]).with_columns(stage=pl.lit(2, dtype=pl.Int8)), known
        ),
        "school-twice": lambda: Schools(np.array([1, 1]), *[np.zeros(2, dtype=bool)] * 3),
        "negative-rate": lambda: Rate(-1, LONG_AGO, "甲"),
        "part-of-no-year": lambda: Part(1, 1, 2),
        "nobody-to-share": lambda: share_out(1, [0]),
        "negative-share": lambda: share_out(-1, [1]),
    }.items():
        with pytest.raises(Refusal) as refused:
            tried()
        assert refused.value.code == code


def test_the_check_sees_a_fen_too_much_a_line_too_many_and_a_line_too_few():
    schools, rows = {1: About(small=True)}, pupils(20, 1)
    good = lines(rows, schools, rates())
    assert faults(good, rows, schools, Reading()) == []
    dear = type(good)(good.rates, good.school, good.stage, good.rule, good.count, good.rate, good.amount + 1)
    short = type(good)(good.rates, *(getattr(good, name)[:1] for name in ("school", "stage", "rule", "count", "rate", "amount")))  # fmt: skip
    assert len(faults(dear, rows, schools, Reading())) == 2
    assert len(faults(short, rows, schools, Reading())) == 1
    assert len(faults(good, [], schools, Reading())) == 2
