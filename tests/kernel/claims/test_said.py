"""A verdict's sentence knows its parts, so that it can be told in another language; in Chinese it is plain text."""

import json
import pickle
import re

import pytest
from django.utils.translation import override

from junheng.content.indicators import INDICATORS
from junheng.kernel.values.said import Clause, Said
from junheng.platform.figures.words import told
from tools.messages import CHINESE, every_message

SAYINGS = sorted(
    one
    for one in every_message()
    if isinstance(one, str) and re.search(r"kernel/claims/(why|bind|scope)\.py", every_message()[one][0][0])
)


def test_it_is_text_and_stays_what_it_is() -> None:
    title = Said("学校数")
    said = Said("与记录不符：「{title}」记录为{words}。", title=title, words="70{所}")
    assert said == "与记录不符：「学校数」记录为70{所}。"
    assert json.loads(json.dumps({"why": said})) == {"why": str(said)}
    again = pickle.loads(pickle.dumps(said))
    assert (again, again.template, again.parts) == (said, said.template, said.parts)
    clause = pickle.loads(pickle.dumps(Clause(said)))
    assert (str(clause), str(clause.told(lambda _: ""))) == (str(said)[:-1], str(said)[:-1])


@pytest.mark.parametrize("template", SAYINGS)
def test_every_sentence_is_told_in_english(template: str) -> None:
    parts = dict.fromkeys(re.findall(r"\{(\w+)\}", template), "x")
    said = Said(template, **parts)
    with override("en"):
        assert not CHINESE.search(re.sub("“一是”|“二是”", "", told(said)))
    with override("zh-hans"):
        assert told(said) == str(said)


def test_a_whole_verdict_is_told_with_english_titles() -> None:
    card = next(iter(INDICATORS.values()))
    reading = Said(
        "「{title}」{window}{label}为{words}，{verdict}",
        title=Said(card.title),
        window="",
        label="",
        words="3所",
        verdict=Said("一致"),
    )
    said = Said(
        "有不止一种读法，结论不同：{readings}；另有：{reason}。请写明时间、范围或所数的对象。",
        readings=Said("{first}；{rest}", first=reading, rest=reading),
        reason=Clause(Said("这里说的是每一个的数，不是总数。")),
    )
    with override("en"):
        text = told(said)
    assert text.count(card.title_en) == 2
    assert not CHINESE.search(text.replace("3所", ""))
    assert told("一段别人写的文字") == "一段别人写的文字"


def test_there_are_sentences() -> None:
    assert len(SAYINGS) >= 25
    assert "与记录不符：「{title}」记录为{words}。" in SAYINGS


@pytest.mark.parametrize("card", INDICATORS.values(), ids=lambda card: card.id)
def test_every_figure_says_why_in_both_languages(card) -> None:
    assert CHINESE.search(card.why)
    assert card.why.endswith("。")
    assert card.why_en
    assert not CHINESE.search(re.sub("“[^”]*”|教督〔2020〕1号|人次|所|户|首批|精准|尽助", "", card.why_en))
