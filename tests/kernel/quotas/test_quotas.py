"""分配生: the stages against the rule read aloud, the check against altered results, and what the roll says."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.kernel.apportionment import Shares, controlled_rounding
from junheng.kernel.errors import Refusal
from junheng.kernel.quotas import (
    Candidate,
    Equal,
    Finding,
    Part,
    QuotaRules,
    Reason,
    Senior,
    Span,
    faults,
    finding_of,
    quota_places,
    run,
    told,
)
from tests.kernel.quotas.literal import literal

JUNIORS = ("a", "b", "c")


@st.composite
def rounds(draw):
    rules = QuotaRules(
        share=draw(st.sampled_from([0, 50, 60, 100])),
        less=draw(st.sampled_from([None, 0, 2, 5])),
        control=draw(st.integers(0, 6)),
        first_only=draw(st.booleans()),
        equal=draw(st.sampled_from(list(Equal))),
    )
    seniors = [
        Senior(code, plan := draw(st.integers(0, 6)), quota_places(plan, rules.share))
        for code in ("x", "y", "z")[: draw(st.integers(1, 3))]
    ]
    weights = draw(st.lists(st.integers(0, 9), min_size=3, max_size=3).filter(any))
    table = controlled_rounding(
        Shares(
            tuple(one.code for one in seniors), tuple(one.quota for one in seniors), JUNIORS, tuple(weights)
        ),
        order="test",
    )
    cells = {
        (one.code, junior): table[i][j] for i, one in enumerate(seniors) for j, junior in enumerate(JUNIORS)
    }
    codes = [one.code for one in seniors]
    candidates = [
        Candidate(
            f"{number:03d}",
            draw(st.sampled_from(JUNIORS)),
            draw(st.booleans()),
            draw(st.one_of(st.none(), st.integers(0, 12))),
            tuple(draw(st.lists(st.sampled_from(codes), unique=True, max_size=3))),
            draw(st.integers(0, 2)),
        )
        for number in range(draw(st.integers(0, 14)))
    ]
    return rules, seniors, cells, candidates


@given(rounds())
@settings(max_examples=400, deadline=None)
def test_the_stages_are_the_rule_read_aloud(given_round) -> None:
    rules, seniors, cells, candidates = given_round
    outcome = run(rules, seniors, cells, candidates)
    assert {number: (school, part.value) for number, (school, part) in outcome.places.items()} == literal(
        rules, seniors, cells, candidates
    )
    assert faults(rules, seniors, cells, candidates, outcome) == []
    again = run(rules, seniors, cells, list(reversed(candidates)))
    assert again == outcome


@given(rounds(), st.data())
@settings(max_examples=150, deadline=None)
def test_an_altered_result_is_noticed(given_round, data) -> None:
    rules, seniors, cells, candidates = given_round
    outcome = run(rules, seniors, cells, candidates)
    if not candidates:
        return
    one = data.draw(st.sampled_from(candidates))
    now = outcome.places[one.number]
    other = data.draw(
        st.sampled_from(
            [("", Part.NONE)]
            + [(each.code, part) for each in seniors for part in Part if part is not Part.NONE]
        ).filter(lambda place: place != now)
    )
    altered = replace(outcome, places={**outcome.places, one.number: other})
    assert faults(rules, seniors, cells, candidates, altered) != []


@given(rounds())
@settings(max_examples=150, deadline=None)
def test_every_choice_has_a_true_reason(given_round) -> None:
    rules, seniors, cells, candidates = given_round
    outcome = run(rules, seniors, cells, candidates)
    opens = {one.code: one.plan - one.quota for one in seniors}
    for one in candidates:
        reasons = told(rules, cells, outcome, opens, one)
        assert (reasons[-1:] != [] and reasons[-1].reason is Reason.ADMITTED) == (
            outcome.places[one.number][1] is not Part.NONE
        )
        for reason in reasons:
            if reason.reason is Reason.BELOW_LINE:
                assert reason.line is not None
                assert one.score <= reason.line
            if reason.reason is Reason.BELOW_FLOOR:
                assert one.score < reason.line


def test_ties_at_the_last_place_all_come_in_or_subjects_decide() -> None:
    seniors = [Senior("x", 1, 0)]
    pupils = [
        Candidate("1", "a", True, 9, ("x",), subjects=1),
        Candidate("2", "a", True, 9, ("x",), subjects=2),
    ]
    both = run(QuotaRules(50, None, 0), seniors, {}, pupils)
    assert [both.places[one][1] for one in "12"] == [Part.OPEN, Part.OPEN]
    one = run(QuotaRules(50, None, 0, equal=Equal.SUBJECTS), seniors, {}, pupils)
    assert [one.places[each][1] for each in "12"] == [Part.NONE, Part.OPEN]


def test_a_table_that_is_not_of_the_plan_is_refused() -> None:
    with pytest.raises(Refusal, match="名额表中 x 共分出 1 个名额，计划为 2 个"):
        run(QuotaRules(50, None, 0), [Senior("x", 4, 2)], {("x", "a"): 1}, [])


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([("a", date(2021, 9, 1), None)], (Finding.ELIGIBLE, date(2021, 9, 1))),
        ([("a", date(2021, 9, 30), None)], (Finding.ELIGIBLE, date(2021, 9, 30))),
        ([("a", date(2021, 10, 1), None)], (Finding.LATE, date(2021, 10, 1))),
        ([("b", date(2021, 9, 1), date(2023, 2, 15)), ("a", date(2023, 2, 15), None)], (Finding.LATE, date(2023, 2, 15))),
        # went to a strong school and came back for the quota
        (
            [("a", date(2021, 9, 1), date(2022, 2, 1)), ("b", date(2022, 2, 1), date(2024, 2, 1)), ("a", date(2024, 2, 1), None)],
            (Finding.BROKEN, date(2024, 2, 1)),
        ),
        # another class of the same school, without a day between
        ([("a", date(2021, 9, 1), date(2022, 9, 1)), ("a", date(2022, 9, 1), None)], (Finding.ELIGIBLE, date(2021, 9, 1))),
        ([("a", date(2021, 9, 1), date(2024, 3, 1))], (Finding.ABSENT, None)),
        ([("a", date(2024, 5, 1), None)], (Finding.ABSENT, None)),
        ([], (Finding.ABSENT, None)),
    ],
)  # fmt: skip
def test_what_the_roll_says(spans, expected) -> None:
    stays = [Span(*each) for each in spans]
    assert finding_of(stays, "a", entered_by=date(2021, 9, 30), on=date(2024, 4, 12)) == expected
    assert finding_of(reversed(stays), "a", entered_by=date(2021, 9, 30), on=date(2024, 4, 12)) == expected
