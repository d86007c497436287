"""The bureau's aliases: how figures are spoken of in prose that is not ours, and what must not be taken for them."""

from functools import lru_cache

import polars as pl
import pytest

from junheng.content.aliases import KNOWN
from junheng.content.indicators import INDICATORS
from junheng.content.promises import PROMISES
from junheng.kernel.claims import Ask, Verdict
from junheng.platform.figures.checking import check_against, remembering
from tests.cities import DAY, engine_of, frames_of, watch_over

NEVER_IN_PROSE = {"window-two-years", "rendered-twice", "lead-kg-70", "lead-places", "lead-schools-82"}
"""Figures about the text itself, or the same as others: the reader does not look for them."""


@lru_cache(maxsize=1)
def ask() -> Ask:
    return remembering(watch_over(engine_of("small")))


def check(text: str) -> tuple[Verdict, ...]:
    areas = frames_of("small")["areas"].filter(pl.col("kind") == "county")
    counties = dict(zip(areas["code"], areas["name"], strict=True))
    return check_against(text, watch_over(engine_of("small")), ask(), DAY, counties)


def test_every_figure_and_promise_is_known_to_the_reader_by_some_words() -> None:
    spoken = {known.id for known in KNOWN} | {end for known in KNOWN for end in known.ends or ()}
    promised = {id for card in PROMISES.values() if card.id in spoken for id in card.figures}
    assert set(INDICATORS) | set(PROMISES) >= spoken
    assert set(INDICATORS) - spoken - promised - NEVER_IN_PROSE == set()
    assert set(PROMISES) - spoken - {"township-checks", "county-checks"} == set()


@pytest.mark.parametrize(
    ("sentence", "words", "figure"),
    [
        ("会同市平安办，联合市应急部门摸清水域12处。", "12处", "waters-174"),
        ("河南省教育厅网站再次推广我市做法。", "再次", "provincial-promotions"),
        ("落实“双减”：一是减作业，二是优服务，三是管培训，四是聚合力。", "四是", "double-reduction-4"),
        ("抓好作业、睡眠、手机、读物、体质五项管理。", "五项", "five-managements-n"),
        ("普惠性幼儿园覆盖率为百分之九十一点八。", "百分之九十一点八", "kg-coverage"),
        ("普惠园生均补助200元。", "200元", "kg-subsidy-rate"),
        ("小学生均公用经费由650元提高到720元。", "720元", "norm-primary-720"),
    ],
)
def test_it_is_recognised_and_proved(sentence: str, words: str, figure: str) -> None:
    found = [one for one in check(sentence) if one.words == words]
    assert [(one.figure, one.verdict.value) for one in found] == [(figure, "proved")]


@pytest.mark.parametrize(
    "sentence",
    [
        "洛阳市普惠性幼儿园覆盖率达到91.8%。",
        "走访困难家庭1276户。",
        "力争普惠性幼儿园覆盖率达到91.8%。",
        "全省实现应助尽助。",
        "非学科类机构9家。",
        "公办幼儿园教师占比51.05%。",
    ],
)
def test_it_is_never_proved_by_what_speaks_of_something_else(sentence: str) -> None:
    assert [one.words for one in check(sentence) if one.verdict.value == "proved"] == []


def test_another_reading_of_the_same_figure_is_offered() -> None:
    (verdict,) = check("全市每周合计暗访36次。")
    assert (verdict.figure, verdict.verdict.value) == ("weekly-min-320", "ambiguous")
    assert {one.label for one in verdict.readings if one.agrees} == {"按水域"}
