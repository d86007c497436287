"""People decide: with words, by two where the names differ, one pupil a line, and back again with a reason."""

import pytest

from junheng.domains.partnerlists.actions.deciding import decide, take_back
from junheng.domains.partnerlists.models import PartnerPair
from junheng.domains.partnerlists.policies.seen import queue
from junheng.domains.partnerlists.queries.found import found
from junheng.domains.partnerlists.terms import PairState
from junheng.kernel.errors import Refusal
from junheng.platform.registers.asker import Asker
from tests.domains.partnerlists.made import AT, HERE, ON, THERE, line, matched, number, officer, pairs, pupil

WORDS = "户口簿核对一致"


def test_another_name_takes_two_officers() -> None:
    slip = pupil("李明轩", 3)
    first, second = officer(), officer("4108")
    (pair,) = pairs(matched(line(slip, name="李铭轩"), by=first))
    assert decide(pair, "same", by=first, at=AT, words=WORDS).state == PairState.ASKED_SAME
    assert found(ON) == []
    assert not queue(Asker(first, AT)).exists()
    assert queue(Asker(second, AT)).exists()
    with pytest.raises(Refusal) as refusal:
        decide(pair, "same", by=first, at=AT, words=WORDS)
    assert refusal.value.code == "needs-another-person"
    decide(pair, "same", by=second, at=AT, words="已复核")
    (one,) = found(ON)
    assert (one.pupil, one.decided_by, one.confirmed_by) == (slip.pk, first.username, second.username)


def test_the_same_name_takes_one_and_settles_the_other_candidates_until_it_is_taken_back() -> None:
    left, right = pupil("赵子安", 3, sex=1), pupil("赵子安", 5, sex=1)
    by = officer()
    one, other = pairs(matched(line(left, number=""), by=by))
    chosen, rest = (one, other) if one.pupil_id == left.pk else (other, one)
    decide(chosen, "same", by=by, at=AT, words=WORDS)
    rest.refresh_from_db()
    assert (rest.pupil_id, rest.state, rest.settled_with_id) == (right.pk, PairState.NOT_SAME, chosen.pk)
    with pytest.raises(Refusal) as refusal:
        take_back(rest, by=by, at=AT, words="看错了")
    assert refusal.value.code == "pair-settled-with-another"
    take_back(chosen, by=by, at=AT, words="看错了")
    assert set(PartnerPair.objects.values_list("state", "settled_with")) == {(PairState.OPEN, None)}
    assert found(ON) == []


def test_two_lines_are_not_one_pupil() -> None:
    one = pupil("李明轩", 3)
    by = officer()
    source = matched(line(one), line(one, number="", name="李明轩", sex="男"), by=by)
    (doubtful,) = pairs(source)
    with pytest.raises(Refusal) as refusal:
        decide(doubtful, "same", by=by, at=AT, words=WORDS)
    assert refusal.value.code == "pupil-has-a-line"


@pytest.mark.parametrize(
    ("answer", "words", "code"),
    [
        ("same", " ", "why-missing"),
        ("same", f"号码{number(3)}", "number-in-words"),
        ("perhaps", WORDS, "pair-answer"),
    ],
)
def test_a_decision_needs_words_without_a_number(answer: str, words: str, code: str) -> None:
    by = officer()
    (pair,) = pairs(matched(line(pupil("李明轩", 3), number=""), by=by))
    with pytest.raises(Refusal) as refusal:
        decide(pair, answer, by=by, at=AT, words=words)
    assert refusal.value.code == code
    pair.refresh_from_db()
    assert pair.state == PairState.OPEN


def test_decided_is_decided_and_another_county_has_no_say() -> None:
    by = officer(HERE)
    (pair,) = pairs(matched(line(pupil("李明轩", 3), number=""), by=by))
    with pytest.raises(Refusal) as refusal:
        decide(pair, "same", by=officer(THERE), at=AT, words=WORDS)
    assert refusal.value.code == "partner-list-not-yours"
    decide(pair, "at_school", by=by, at=AT, words="请学校核对")
    decide(pair, "not_same", by=by, at=AT, words="学校核实为另一人")
    with pytest.raises(Refusal) as refusal:
        decide(pair, "same", by=by, at=AT, words=WORDS)
    assert refusal.value.code == "pair-decided"
