"""Lists matched with the roll: against everybody beside everybody, whatever the order; and the cases that are asked."""

from dataclasses import replace
from datetime import date
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.linkage_corpus import KINDS, made
from junheng.kernel.errors import Refusal
from junheng.kernel.linkage import (
    Born,
    Listed,
    Name,
    Note,
    Number,
    Pair,
    Part,
    Roll,
    Verdict,
    Weights,
    faults,
    likely,
    link,
    name_form,
    notes_told,
    reasons_of,
    repairs,
    sure_of,
)
from junheng.kernel.linkage.levels import LEVELS
from junheng.kernel.linkage.names import name_forms
from junheng.kernel.values.identity import check_digit, is_id_number

DAY = date(2012, 3, 11).toordinal()
LIKE_DAYS = (
    0,
    DAY,
    date(2012, 11, 3).toordinal(),
    date(2012, 3, 17).toordinal(),
    date(2012, 7, 2).toordinal(),
    735_000,
)
LETTERS = "王黄明铭名鸣民李莉力欧阳曾张A"
COUNTIES = ("", "4108", "410802", "410802001", "410811")
LOW = Weights(least=-1_500)
"""Shows so much that small rolls have candidates."""
SLIPS = Weights(least=-900, born=(0, 200, 300, 300, 100, 100), area=(0, 500, 500))
"""As if slips were the rule."""


def ints(values):
    return np.array(values, dtype=np.int64)


def roll_of(*people):
    """A roll of ``(key, digest, name, born, sex, area, school)``."""
    columns = list(zip(*people, strict=True)) or [()] * 7
    return Roll(
        ints(columns[0]), list(columns[1]), list(columns[2]), ints(columns[3]), ints(columns[4]), list(columns[5]),
        ints(columns[6]),
    )  # fmt: skip


def list_of(*rows):
    """A list of ``(key, digest, sound, near, name, born, sex, area, school)``."""
    columns = list(zip(*rows, strict=True)) or [()] * 9
    return Listed(
        ints(columns[0]), list(columns[1]), np.array(columns[2], dtype=bool), list(columns[3]), list(columns[4]),
        ints(columns[5]), ints(columns[6]), list(columns[7]), ints(columns[8]),
    )  # fmt: skip


NAMES = st.one_of(
    st.text(LETTERS, max_size=4),
    st.sampled_from(["王小明", "王晓明", "王明小", "王小", "张三", "張三", "王小明明"]),
)
DIGESTS = st.sampled_from(["", "a", "b", "c", "d", "e"])
ABOUT = (
    NAMES,
    st.sampled_from(LIKE_DAYS),
    st.sampled_from((0, 1, 2, 9)),
    st.sampled_from(COUNTIES),
    st.integers(0, 2),
)
PUPILS = st.lists(st.tuples(DIGESTS, *ABOUT), max_size=14)
ROWS = st.lists(
    st.tuples(DIGESTS, st.booleans(), st.lists(DIGESTS.filter(bool), max_size=2), *ABOUT), max_size=7
)


def keyed(rows, keys):
    return [(key, *row) for key, row in zip(keys, rows, strict=False)]


@settings(max_examples=50, deadline=None)
@given(
    PUPILS,
    ROWS,
    st.sampled_from([LOW, SLIPS]),
    st.integers(1, 6),
    st.randoms(use_true_random=False),
)
def test_links_are_those_of_everybody_beside_everybody_in_whatever_order(pupils, rows, weights, most, chance):
    people = keyed(pupils, range(10, 99))
    lines = keyed(rows, range(1, 99))
    links = link(roll_of(*people), list_of(*lines), weights=weights, most=most)
    assert faults(roll_of(*people), list_of(*lines), links, weights=weights, most=most) == []
    if len(links.pairs.score):
        # the least score that is shown is one that somebody has: nobody is passed over at the very edge
        edge = Weights(least=int(chance.choice(links.pairs.score.tolist())))
        there = link(roll_of(*people), list_of(*lines), weights=edge, most=most)
        assert faults(roll_of(*people), list_of(*lines), there, weights=edge, most=most) == []
    chance.shuffle(people)
    chance.shuffle(lines)
    # other numbers in the same order, and another order of rows, change nothing
    renumbered = [(3 * key + 7, *rest) for key, *rest in people]
    again = link(roll_of(*renumbered), list_of(*lines), weights=weights, most=most)
    assert told(again) == [
        (
            row,
            verdict,
            of * 3 + 7 if verdict is Verdict.EXACT else of,
            notes,
            [(3 * one + 7, *rest) for one, *rest in pairs],
        )
        for row, verdict, of, notes, pairs in told(links)
    ]


def told(links):
    """Everything that links say, row by row."""
    return [
        (
            row,
            links.verdict_of(row),
            int(links.pupil[at] if links.verdict[at] == Verdict.EXACT else links.same_as[at]),
            links.notes_of(row),
            [
                (one.pupil, one.place, one.score, one.levels, one.weights, one.likewise, one.taken)
                for one in links.of(row)
            ],
        )
        for at, row in enumerate(links.row.tolist())
    ]


def test_the_verifier_finds_a_pair_left_out_and_a_verdict_too_kind():
    roll = roll_of((1, "a", "王小明", DAY, 1, "410802", 5), (2, "b", "李莉", DAY, 2, "410802", 5))
    listed = list_of(
        (7, "", False, [], "王晓明", DAY, 1, "410802", 0), (8, "b", True, [], "李莉", DAY, 2, "", 0)
    )
    links = link(roll, listed, weights=LOW)
    assert faults(roll, listed, links, weights=LOW) == []
    kind = replace(links, verdict=ints([Verdict.EXACT, Verdict.EXACT]), pupil=ints([1, 2]))
    assert len(faults(roll, listed, kind, weights=LOW)) == 1
    nobody = link(roll, listed, weights=Weights(least=9_999))
    assert len(faults(roll, listed, replace(links, pairs=nobody.pairs), weights=LOW)) == 1


CITY = [
    (key, f"n{key}", name, DAY + 37 * (key % 100), 1 + key % 2, COUNTIES[2 + key % 3], 1 + key % 50)
    for key, name in enumerate(
        map("".join, product("赵钱孙周吴郑冯陈褚卫", "乐多行正用和唐胜遂青", "平安康泰富贵荣华吉祥")), 100
    )
]
"""A thousand others: what is rare can be rare."""


@pytest.mark.parametrize(
    ("row", "part", "level"),
    [
        (("", False, [], "王小明", DAY, 1, "410802", 0), Part.NAME, Name.SAME),
        (("", False, [], "王晓明", DAY, 1, "410802", 0), Part.NAME, Name.TYPED),
        (("", False, [], "黄小明", DAY, 1, "410802", 0), Part.NAME, Name.EDIT),
        (("", False, [], "汪晓鸣", DAY, 1, "410802", 0), Part.NAME, Name.SOUND),
        (("", False, [], "王小民", DAY, 1, "410802", 0), Part.NAME, Name.NEAR_SOUND),
        (("", False, [], "王明小", DAY, 1, "410802", 0), Part.NAME, Name.TURNED),
        (("", False, [], "王小", DAY, 1, "410802", 0), Part.NAME, Name.EDIT),
        (("", False, [], "王小明", date(2012, 11, 3).toordinal(), 1, "410802", 0), Part.BORN, Born.TURNED),
        (("", False, [], "王小明", date(2013, 3, 11).toordinal(), 1, "410802", 0), Part.BORN, Born.DIGIT),
        (("", False, [], "王小明", date(2021, 3, 11).toordinal(), 1, "410802", 0), Part.BORN, Born.DIGIT),
        (("", False, [], "王小明", 0, 0, "", 0), Part.BORN, Born.UNKNOWN),
        (("x", False, ["one"], "王某", DAY, 1, "410811", 0), Part.NUMBER, Number.NEAR),
        (("other", True, [], "王小明", DAY, 1, "410802", 0), Part.NUMBER, Number.OTHER),
    ],
)
def test_each_slip_is_shown_to_a_person_and_never_linked(row, part, level):
    roll = roll_of((1, "one", "王小明", DAY, 1, "410802", 5), *CITY)
    links = link(roll, list_of((7, *row)))
    assert links.verdict_of(7) is Verdict.DOUBTFUL
    assert links.pupil.tolist() == [-1]
    first = links.of(7)[0]
    assert (first.pupil, first.place, first.levels[part]) == (1, 1, level)
    assert (part in first.differing()) is (level != 1)
    # and it still is where the least score is its own
    edge = link(roll, list_of((7, *row)), weights=Weights(least=first.score))
    assert edge.of(7)[0] == first


def test_unlike_people_are_shown_to_nobody():
    roll = roll_of((1, "one", "王小明", DAY, 1, "410802", 5), *CITY)
    strangers = list_of(
        (7, "x", True, [], "秦可卿", DAY + 1, 2, "410802", 0),
        (8, "", False, [], "王大锤", DAY + 400, 2, "410811", 0),
    )
    links = link(roll, strangers)
    assert links.verdict.tolist() == [Verdict.ABSENT, Verdict.ABSENT]
    assert len(links.pairs.row) == 0


def test_number_and_name_alone_link_and_what_is_odd_about_them_is_asked():
    roll = roll_of(
        (1, "a", "張 三", DAY, 1, "410802", 5),
        (2, "b", "李四", DAY, 1, "410802", 5),
        (3, "b", "李四", DAY, 1, "410811", 6),
        (4, "c", "王五", DAY, 1, "410802", 5),
        (5, "d", "赵六", DAY, 1, "410802", 5),
    )
    listed = list_of(
        (10, "a", True, [], "张三", DAY, 1, "410802", 0),
        (11, "a", True, [], "张　三", DAY, 1, "410802", 0),
        (12, "b", True, [], "李四", DAY, 1, "410802", 0),
        (13, "c", True, [], "王五", DAY, 1, "410802", 0),
        (14, "c", True, [], "王小五", DAY + 900, 1, "410802", 0),
        (15, "d", False, [], "赵六", DAY, 1, "410802", 0),
        (16, "d", True, [], "", DAY, 1, "410802", 0),
    )
    links = link(roll, listed)
    assert faults(roll, listed, links) == []
    assert [Verdict(one).name for one in links.verdict.tolist()] == [
        "EXACT", "REPEATED", "DOUBTFUL", "EXACT", "DOUBTFUL", "DOUBTFUL", "DOUBTFUL",
    ]  # fmt: skip
    assert (links.pupil[0], links.same_as[1]) == (1, 10)
    assert [one.pupil for one in links.of(12)] == [2, 3]
    assert Note.TWO_ROLLS in links.notes_of(12)
    assert links.notes_of(13) == Note.TWO_ROWS
    assert links.notes_of(14) == Note.TWO_ROWS | Note.OTHER_NAME
    assert links.of(14)[0].taken
    assert Note.FLAWED in links.notes_of(15)
    assert Note.OTHER_NAME in links.notes_of(16)


def test_twins_and_namesakes_are_told_and_who_cannot_be_told_apart_is_said_so():
    twins = [(key, f"t{key}", "王小明", DAY, 1, "410802", 5) for key in (3, 1, 2)]
    links = link(
        roll_of(*twins), list_of((7, "", False, [], "王小明", DAY, 1, "410802", 0)), most=2, weights=LOW
    )
    assert [one.pupil for one in links.of(7)] == [1, 2]
    assert Note.EQUALS | Note.MORE in links.notes_of(7)
    namesakes = [(key, f"t{key}", "王小明", DAY + key, 1, "410802", 5) for key in range(1, 40)]
    links = link(
        roll_of(*namesakes), list_of((7, "", False, [], "王小明", 0, 1, "", 0)), weights=Weights(least=0)
    )
    assert (links.verdict_of(7), links.notes_of(7)) == (Verdict.ABSENT, Note.VAGUE | Note.FLAWED)
    assert links.namesakes.tolist() == [39]


def test_columns_that_do_not_fit_and_keys_that_come_twice_are_refused():
    with pytest.raises(Refusal) as refused:
        Roll(ints([1]), ["a", "b"], ["王"], ints([0]), ints([0]), [""], ints([0]))
    assert refused.value.code == "uneven-columns"
    with pytest.raises(Refusal) as refused:
        roll_of((1, "", "王", 0, 0, "", 0), (1, "", "李", 0, 0, "", 0))
    assert refused.value.code == "key-twice"
    with pytest.raises(Refusal) as refused:
        link(roll_of(), list_of()).of(3) or link(roll_of(), list_of()).verdict_of(3)
    assert refused.value.code == "row-not-matched"


def test_reasons_are_said_weightiest_first_and_name_nobody():
    roll = roll_of((1, "one", "王小明", DAY, 1, "410802", 5), *CITY)
    listed = list_of(
        (7, "one", True, [], "王小明", DAY, 1, "", 0), (8, "", False, [], "王晓明", DAY, 1, "410811", 0)
    )
    links = link(roll, listed)
    pair = links.of(8)[0]
    told = reasons_of(pair)
    assert told[:2] == [
        "出生日期相同。", "姓名有一个字不同、读音相同，像是选错了字；名册上同样相近的有1人。",
    ]  # fmt: skip
    assert told[-1] == "名单的另一行已按号码和姓名与这名学生完全对应。"
    assert told[-3:-1] == [
        "名单上的身份证件号缺失或有误，或名册上没有，无从比较。",
        "名单没有写明学校，无从比较。",
    ]
    assert notes_told(links.notes_of(8)) == [
        "名单里另有一行用了同一号码，或指向同一名学生。", "名单上的身份证件号缺失或有误。",
    ]  # fmt: skip
    assert not any(word in " ".join(told) for word in ("王", "晓", "小", "2012", "410811"))


def test_every_level_and_every_note_has_a_sentence():
    said = set()
    for part, kind in zip(Part, LEVELS, strict=True):
        for level in kind:
            levels = tuple(
                level if one is part else other(0) for one, other in zip(Part, LEVELS, strict=True)
            )
            told = reasons_of(Pair(1, 2, 1, 0, levels, (0,) * len(Part), 3, False))
            assert len(told) == len(Part)
            said.update(told)
    assert len(said) == sum(map(len, LEVELS))
    assert len(notes_told(Note(127), namesakes=4)) == len(Note)
    words = [
        sure_of(Pair(1, 2, 1, score, tuple(kind(0) for kind in LEVELS), (0,) * 6, 1, False))
        for score in (700, 300, 0, -900)
    ]
    assert len(set(words)) == 4


def test_behind_every_slip_of_the_pen_in_a_number_the_right_one_is_found():
    right = "41080220170831001" + check_digit("41080220170831001")
    places, digits = range(18), "0123456789"
    slips = {right[:at] + other + right[at + 1 :] for at in places for other in digits}
    slips |= {right[:at] + right[at + 1] + right[at] + right[at + 2 :] for at in range(17)}
    found = {slip: repairs(slip) for slip in slips - {right}}
    assert [slip for slip, meant in found.items() if right not in meant] == []
    assert max(map(len, found.values())) <= 40
    assert all(is_id_number(one) and one != slip for slip, meant in found.items() for one in meant)
    assert right in repairs(right[:15] + "000")
    assert repairs(right[:17]) == (right,)
    assert [repairs(one) for one in (right, "", "无", right[:16], right + "1")] == [()] * 5


@pytest.mark.parametrize(
    "names",
    [["张三", "", "张三", "阿卜杜·热合曼"], ["張 三", "李\n四"], ["ＬＩ\u3000ming", "甲" * 50, "¨"], []],
)
def test_many_names_are_folded_as_each_is(names):
    assert name_forms(names) == [name_form(one) for one in names]


def test_planted_errors_are_found_and_strangers_left_alone(monkeypatch):
    corpus = made(4_000, 600)
    links = link(corpus.roll, corpus.listed)
    shown = {row: {one.pupil for one in links.of(row)} for row in links.row.tolist()}
    linked = {
        row: {pupil} for row, pupil in zip(links.row.tolist(), links.pupil.tolist(), strict=True) if pupil > 0
    }
    missed, strangers = [], []
    for row, (kind, right) in enumerate(zip(corpus.kind, corpus.truth, strict=True), start=1):
        assert linked.get(row, set()) <= set(right), kind
        if links.verdict_of(row) is Verdict.REPEATED:
            continue
        if right and not (linked.get(row) or shown[row] & set(right)):
            missed.append(kind)
        strangers += [kind] * (not right and bool(shown[row]))
    assert len(set(corpus.kind)) == len(KINDS)
    assert (missed, strangers) == ([], [])
    # a few rows at a time, the same comes out
    monkeypatch.setattr(likely, "AT_ONCE", 7)
    assert told(link(corpus.roll, corpus.listed)) == told(links)
