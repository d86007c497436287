"""The report proves itself: every claim of the released text is proved, and one altered number is the one that differs."""

import re
from datetime import date
from functools import lru_cache

import polars as pl
import pytest

from junheng.content.bulletins import REPORTS
from junheng.domains.bulletins.queries import fill
from junheng.kernel.bulletins import Rendered, SlotKind
from junheng.kernel.claims import Ask, Judgement, Verdict
from junheng.kernel.errors import Refusal
from junheng.platform.figures.checking import check_against, remembering
from tests.cities import DAY, engine_of, engine_over, frames_of, watch_over

REPORT = REPORTS["yearly-2023"]
CITIES = ["small", pytest.param("full", marks=pytest.mark.slow)]
SPELLED = {"九部门": "八部门", "四项": "三项", "五项": "六项", "三级": "四级", "首批": "第二批"}


@lru_cache(maxsize=2)
def report_of(plan: str) -> Rendered:
    return fill(REPORT, watch_over(engine_of(plan)))[0]


@lru_cache(maxsize=2)
def ask_of(plan: str) -> Ask:
    return remembering(watch_over(engine_of(plan)))


def check(text: str, plan: str) -> tuple[Verdict, ...]:
    areas = frames_of(plan)["areas"].filter(pl.col("kind") == "county")
    counties = dict(zip(areas["code"], areas["name"], strict=True))
    return check_against(text, watch_over(engine_of(plan)), ask_of(plan), DAY, counties)


@pytest.mark.parametrize("plan", CITIES)
def test_every_claim_of_the_report_is_proved(plan: str) -> None:
    verdicts = check(report_of(plan).text, plan)
    assert [
        (one.words, one.verdict, one.why) for one in verdicts if one.verdict is not Judgement.PROVED
    ] == []
    assert len(verdicts) > 60


@pytest.mark.parametrize("plan", CITIES)
def test_every_slot_is_a_claim_the_checker_sees(plan: str) -> None:
    rendered = report_of(plan)
    seen = [(one.start, one.end, one.figure) for one in check(rendered.text, plan)]
    for place in rendered.spans:
        if place.slot.id == "window-two-years" or place.slot.kind is SlotKind.DATE:
            continue  # these say of which days the claims beside them speak
        assert [figure for start, end, figure in seen if start < place.end and end > place.start], place


@pytest.mark.parametrize("plan", CITIES)
def test_an_altered_number_is_the_one_that_differs(plan: str) -> None:
    text = report_of(plan).text
    altered = 0
    for claim in check(text, plan):
        for found in re.finditer(r"\d+(?:\.\d+)?", text[claim.start : claim.end]):
            at = claim.start + found.start()
            wrong = text[:at] + one_more(found[0]) + text[at + len(found[0]) :]
            unproved = [one for one in check(wrong, plan) if one.verdict is not Judgement.PROVED]
            assert [(one.verdict, one.start <= at < one.end) for one in unproved] == [
                (Judgement.DIFFERS, True)
            ], claim
            altered += 1
    assert altered > 45


@pytest.mark.parametrize(("right", "wrong"), SPELLED.items())
def test_an_altered_spelled_number_is_noticed(right: str, wrong: str) -> None:
    text = report_of("small").text
    at = text.index(right)
    unproved = [
        one
        for one in check(text[:at] + wrong + text[at + len(right) :], "small")
        if one.verdict is not Judgement.PROVED
    ]
    assert any(one.verdict is Judgement.DIFFERS and one.start <= at < one.end for one in unproved)


def test_a_universal_word_is_refused_while_one_exception_stands_and_the_true_wording_is_proposed() -> None:
    frames = dict(frames_of("small"))
    first = frames["committee"].filter(pl.col("until").is_null())["school_class"][0]
    frames["committee"] = frames["committee"].filter(pl.col("school_class") != first)
    with pytest.raises(Refusal) as refused:
        fill(REPORT, watch_over(engine_over(frames)))
    assert refused.value.code == "promise-broken"
    assert "全覆盖" in str(refused.value)
    assert "99.33%" in str(refused.value)


def test_a_report_of_another_year_says_other_numbers() -> None:
    from dataclasses import replace

    other = fill(replace(REPORT, as_of=date(2024, 3, 6)), watch_over(engine_of("small")))[0]
    assert other.text == report_of("small").text, "the guard bands make the two readings of 近两年 agree"


def one_more(digits: str) -> str:
    """The number with its last digit moved by one."""
    return digits[:-1] + str((int(digits[-1]) + 1) % 10) if "." in digits else str(int(digits) + 1)
