"""Texts the records do not speak of: nothing is proved by accident, nothing breaks, and the reason is said."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.kernel.claims import Judgement, Verdict, check
from junheng.kernel.errors import Refusal
from tests.kernel.claims.sample import KNOWN, REPORT, SETTING, ask

ELSEWHERE = REPORT.replace("河南省", "某省").replace("山阳区", "本地")


def judged(text: str) -> tuple[Verdict, ...]:
    return check(text, KNOWN, ask, SETTING)


def only(text: str) -> Verdict:
    (verdict,) = judged(text)
    return verdict


@pytest.mark.parametrize("place", ["郑州市", "苏州市", "浙江省", "中牟县", "西湖区", "义乌市"])
def test_another_places_report_is_not_proved_by_our_records(place: str) -> None:
    verdicts = judged(f"{place}教育局发布年度报告。\n{ELSEWHERE}")
    assert len(verdicts) > 55
    proved = [verdict.words for verdict in verdicts if verdict.verdict is Judgement.PROVED]
    assert [words for words in proved if words not in OF_NO_PLACE] == []


OF_NO_PLACE = {
    verdict.words
    for verdict in judged(REPORT)
    if verdict.figure in ("page-date", "norm-since", "plan-span", "sign-off")
}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("中牟县近两年新建公办幼儿园70所。", "说的是中牟县"),
        ("西湖区近两年新建公办幼儿园70所。", "说的是西湖区"),
        ("全省近两年新建改扩建公办幼儿园70所。", "说的是全省"),
        ("山阳区近两年新建公办幼儿园70所。", "答不出2022—2023年的这个地区的"),
        ("2022年新建公办幼儿园70所。", "答不出2022年的"),
        ("去年新建公办幼儿园70所。", "请写明年份"),
        ("到2025年，新建公办幼儿园70所。", "还没有记录"),
        ("截至2022年底，全市普惠性民办幼儿园434所。", "答不出"),
        ("2020年的工作开始了。新建公办幼儿园70所。", "只说到2020年"),
        ("新建公办幼儿园已列入计划，公办幼儿园中，已有70所投用。", "没有哪项数据"),
        ("全市计划新建公办幼儿园70所。", "打算或目标"),
        ("力争普惠性幼儿园覆盖率达到91.8%。", "打算或目标"),
        ("普惠性幼儿园覆盖率同比提高91.8%。", "增减的幅度"),
        ("尚未实现薄弱学校全覆盖。", "尚未做到"),
        ("创建绿色中小学871所。", "没有哪项数据"),
        ("改造中小学校食堂871所。", "没有哪项数据"),
        ("招聘教师4544人。", "没有哪项数据"),
        ("每校设心理委员2.06万名。", "每一个的数"),
        ("共有 871 。", "没有量词"),
        ("校园安防全覆盖。", "没有哪项承诺"),
    ],
)
def test_what_the_records_do_not_say_is_unknown_with_a_reason(text: str, reason: str) -> None:
    verdict = only(text)
    assert verdict.verdict is Judgement.UNKNOWN
    assert (verdict.figure, verdict.computed, verdict.readings) == (None, None, ())
    assert reason in verdict.why
    assert verdict.why.endswith("。")


def test_a_noun_carries_over_only_where_nothing_else_is_named() -> None:
    known, other = judged("公办幼儿园新建70所，民办幼儿园新建70所。")
    assert (known.verdict, other.verdict) == (Judgement.PROVED, Judgement.UNKNOWN)
    _, done = judged("“十四五”期间全市规划新建中小学90所，近两年已完成82所。")
    assert (done.figure, done.verdict) == ("schools-done", Judgement.PROVED)


NO_CLAIMS = [
    "", " \n\t", "焦教〔2024〕871号", "依据第三十九条、第九章和第2款", "电话0391-8710871，热线12345", "手机13800000000",
    "1. 幼儿园\n2. 中小学\n(3) 公办", "第二实验中学在2023年9月1日开学，每天8:30上课", "版本1.2.3，见https://a.example/70所", "5G、H5、G30、A4",
    "三位一体、十分重要、五年级、一个孩子、第一时间、高三、周三", "5+2服务，师生比1:15", "二〇二三年十二月三十一日", "表3 图2：见第12页",
    "1" * 5000 + "所", "身份证号410802201708310017",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_numbers_that_count_nothing_are_no_claims(text: str) -> None:
    assert [verdict.words for verdict in judged(text)] == []


@pytest.mark.parametrize(
    ("text", "judgement"),
    [
        ("全市共有中小学校871所。", Judgement.PROVED),
        ("全市中小学校共８７１所。", Judgement.PROVED),
        ("八百七十一所中小学校。", Judgement.PROVED),
        ("近900所中小学校。", Judgement.PROVED),
        ("近1000所中小学校。", Judgement.DIFFERS),
        ("超过800所中小学校。", Judgement.PROVED),
        ("超过700所中小学校。", Judgement.DIFFERS),
        ("800余所中小学校。", Judgement.PROVED),
        ("900余所中小学校。", Judgement.DIFFERS),
        ("不少于500所中小学校。", Judgement.PROVED),
        ("850—900所中小学校。", Judgement.PROVED),
        ("900—950所中小学校。", Judgement.DIFFERS),
        ("中小学校870所左右。", Judgement.PROVED),
        ("中小学校700所左右。", Judgement.DIFFERS),
        ("中小学校800所以上。", Judgement.PROVED),
        ("普惠性幼儿园覆盖率超过九成。", Judgement.PROVED),
        ("普惠性幼儿园覆盖率约百分之九十二。", Judgement.PROVED),
        ("普惠性幼儿园覆盖率92%。", Judgement.PROVED),
        ("普惠性幼儿园覆盖率93%。", Judgement.DIFFERS),
        ("课后服务惠及学生32.3万人。", Judgement.PROVED),
        ("课后服务惠及学生32.25万人。", Judgement.DIFFERS),
        ("每周至少2次，由乡镇责任人巡查。", Judgement.UNKNOWN),
    ],
)
def test_loose_words_are_taken_at_their_word(text: str, judgement: Judgement) -> None:
    assert judged(text)[0].verdict is judgement


@pytest.mark.parametrize(
    "text",
    [
        "\ud800",
        "70\u0301所",
        "\U0001f600" * 50,
        "\x00\x01\u202e70所",
        "((((（（（",
        "」』”】" * 20,
        "一是" * 300,
    ],
)
def test_odd_characters_do_no_harm(text: str) -> None:
    assert all(verdict.verdict is Judgement.UNKNOWN for verdict in judged(text))


WORDS = st.sampled_from(
    [
        "全市",
        "近两年",
        "2023年",
        "公办幼儿园",
        "中小学校",
        "新建",
        "占比",
        "70",
        "1.3万",
        "871",
        "所",
        "个",
        "%",
        "百分之",
        "八十",
        "近",
        "超过",
        "全覆盖",
        "一是",
        "二是",
        "由",
        "提高到",
        "650元",
        "，",
        "。",
        "、",
        "（",
        "）",
        "\n",
        "郑州市",
        "山阳区",
        "截至",
        "“十四五”期间",
        "每周",
        "至少",
        "次",
        "第",
        "首批",
        "2024-3-6",
        "9:43",
        "〔2024〕3号",
        "三",
        "十",
        "万",
        "亿",
        "点",
        "成",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS | st.text(max_size=3), max_size=40).map("".join))
def test_any_text_is_judged_without_breaking(text: str) -> None:
    verdicts = judged(text)
    assert all(text[verdict.start : verdict.end] == verdict.words for verdict in verdicts)
    assert all(verdict.why for verdict in verdicts)


def test_a_text_of_two_megabytes_is_read_and_a_larger_one_refused() -> None:
    sentence = "教育是国之大计，办好人民满意的学校需要全社会一起努力，老师们每天都在为此付出。"
    text = (sentence * 40 + "近两年新建公办幼儿园70所。\n") * 400
    assert len(text.encode()) < 2 * 1024 * 1024
    began = time.process_time()
    verdicts = judged(text)
    assert len(verdicts) == 400
    assert time.process_time() - began < 20  # linear work: seconds, even on a busy machine
    with pytest.raises(Refusal, match="分成几段") as refused:
        judged(text * 2)
    assert refused.value.code == "text-too-large"


def test_a_table_of_numbers_is_refused_kindly() -> None:
    with pytest.raises(Refusal, match="更像一张表") as refused:
        judged("5所," * 60_000)
    assert refused.value.code == "too-many-claims"
