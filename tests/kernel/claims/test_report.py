"""A whole report: every claim proved; and after any one change exactly the changed claim differs."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest

from junheng.kernel.claims import Answer, Judgement, Question, Verdict, check, to_record
from tests.kernel.claims.sample import ANSWERS, KNOWN, REPORT, SETTING, ask

BASE = check(REPORT, KNOWN, ask, SETTING)
_NUMBER = re.compile(r"\d+(?:\.\d+)?|[二三四五六七八九]")


def _altered() -> Iterator[tuple[int, str, str]]:
    """Every number of every claim, changed in its last place up and down, and by ten."""
    for verdict in BASE:
        for match in _NUMBER.finditer(verdict.words):
            old = match[0]
            if "." in old:
                last = int(old[-1])
                new = [old[:-1] + str((last + by) % 10) for by in (1, 9)]
            elif old.isdigit():
                new = [str(int(old) + 1), str(int(old) + 10)]
            else:
                new = [other for other in "三七" if other != old]
            for other in new:
                yield verdict.start + match.start(), old, other


def test_every_claim_is_proved_and_no_figure_is_forgotten() -> None:
    assert len(BASE) >= 60
    assert [verdict for verdict in BASE if verdict.verdict is not Judgement.PROVED] == []
    assert {verdict.figure for verdict in BASE} == set(ANSWERS)


def test_offsets_are_those_of_the_text() -> None:
    assert all(REPORT[verdict.start : verdict.end] == verdict.words for verdict in BASE)
    assert [verdict.start for verdict in BASE] == sorted(verdict.start for verdict in BASE)


@pytest.mark.parametrize(("place", "old", "new"), list(_altered()))
def test_one_altered_number_is_one_difference(place: int, old: str, new: str) -> None:
    verdicts = check(REPORT[:place] + new + REPORT[place + len(old) :], KNOWN, ask, SETTING)
    wrong = [verdict for verdict in verdicts if verdict.verdict is not Judgement.PROVED]
    assert [verdict.verdict for verdict in wrong] == [Judgement.DIFFERS]
    assert wrong[0].start <= place < wrong[0].end


def _changed(answer: Answer) -> Answer:
    """An answer that is no longer what the report says."""
    value = answer.value
    if isinstance(value, tuple):
        return replace(answer, value=(value[0] * 2, value[1] * 2))
    if isinstance(value, Fraction) and value < 1:
        return replace(answer, value=value - Fraction(1, 1000))
    if isinstance(value, int) and answer.exceptions is None:
        return replace(answer, value=value * 2 if value > 3 else max(value - 2, 0))
    if isinstance(value, str):
        return replace(answer, value="2023A")
    if value is None or isinstance(value, int | Fraction):
        return replace(answer, value=None, holds=False, exceptions=3)
    return replace(answer, value=value.replace(second=49))


@pytest.mark.parametrize("figure", sorted(ANSWERS))
def test_one_changed_record_is_noticed_by_its_claims_and_by_no_others(figure: str) -> None:
    def changed(question: Question) -> Answer | None:
        answer = ask(question)
        return _changed(answer) if answer is not None and question.id == figure else answer

    verdicts = check(REPORT, KNOWN, changed, SETTING)
    differing = {verdict.figure for verdict in verdicts if verdict.verdict is not Judgement.PROVED}
    assert differing == {figure}


def test_a_promise_with_one_exception_names_it() -> None:
    def one_missing(question: Question) -> Answer | None:
        if question.id == "members-all":
            return Answer(Fraction(11_399, 11_400), holds=False, exceptions=1, noun="个班级")
        return ask(question)

    (differs,) = (v for v in check(REPORT, KNOWN, one_missing, SETTING) if v.verdict is Judgement.DIFFERS)
    assert (differs.words, differs.readings[0].exceptions) == ("全覆盖", 1)
    assert differs.why == "与记录不符：「members-all」记录为有1个班级例外。"


def test_the_same_text_gives_the_same_verdicts() -> None:
    assert check(REPORT, KNOWN, ask, SETTING) == BASE


def test_each_question_is_asked_once() -> None:
    asked: list[Question] = []

    def counting(question: Question) -> Answer | None:
        asked.append(question)
        return ask(question)

    check(REPORT * 3, KNOWN, counting, SETTING)
    assert len(asked) == len(set(asked))


def _proved(verdicts: tuple[Verdict, ...]) -> list[str]:
    return [verdict.words for verdict in verdicts if verdict.verdict is Judgement.PROVED]


def test_the_order_of_declaration_decides_nothing() -> None:
    assert _proved(check(REPORT, KNOWN[::-1], ask, SETTING)) == _proved(BASE)


def test_verdicts_become_json_without_floats() -> None:
    records = [to_record(verdict) for verdict in BASE]
    assert json.loads(json.dumps(records, ensure_ascii=False)) == records
    share = next(record for record in records if record["figure"] == "kg-share")
    assert (share["printed"], share["computed"], share["verdict"]) == ("0.5105", "0.5105", "proved")
    assert list(share) == [
        "start", "end", "words", "kind", "figure", "printed", "computed", "verdict", "readings", "why",
    ]  # fmt: skip
