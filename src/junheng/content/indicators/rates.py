"""布局与经费·标准 — the rates in force and the ones they replaced."""

from typing import Any

from junheng.content.indicators.cards import chapter
from junheng.kernel.indicators import Kind, Measure, RuleBefore, RuleSince, RuleValue, Window

_funds = chapter("layout", author="财务科", checker="审计人员")


@_funds(
    "norm-primary-650",
    title="小学年生均公用经费原标准",
    title_en="Former rate per primary pupil",
    why="变更之前的学期仍按它计算。",
    kind=Kind.RATE,
    word="元",
    window=Window.AS_OF,
    reads=(),
    definition="统计时点执行标准所取代的前一标准。",
    definition_en="The rate that the one in force on the day replaced.",
)
def primary_before(*, at: Any, rule: Any) -> Measure:
    """Terms before the change are still computed with it."""
    return RuleBefore("funding.primary")


@_funds(
    "norm-primary-720",
    title="小学年生均公用经费标准",
    title_en="Rate per primary pupil",
    why="年标准，每学期拨付一半。",
    kind=Kind.RATE,
    word="元",
    window=Window.AS_OF,
    reads=(),
    definition="统计时点执行的标准。",
    definition_en="The rate in force on the day.",
)
def primary(*, at: Any, rule: Any) -> Measure:
    """A yearly rate of which half is paid per term."""
    return RuleValue("funding.primary")


@_funds(
    "norm-junior-850",
    title="初中年生均公用经费原标准",
    title_en="Former rate per junior high pupil",
    why="变更之前的学期仍按它计算。",
    kind=Kind.RATE,
    word="元",
    window=Window.AS_OF,
    reads=(),
    definition="统计时点执行标准所取代的前一标准。",
    definition_en="The rate that the one in force on the day replaced.",
)
def junior_before(*, at: Any, rule: Any) -> Measure:
    """Terms before the change are still computed with it."""
    return RuleBefore("funding.junior")


@_funds(
    "norm-junior-940",
    title="初中年生均公用经费标准",
    title_en="Rate per junior high pupil",
    why="年标准，每学期拨付一半。",
    kind=Kind.RATE,
    word="元",
    window=Window.AS_OF,
    reads=(),
    definition="统计时点执行的标准。",
    definition_en="The rate in force on the day.",
)
def junior(*, at: Any, rule: Any) -> Measure:
    """A yearly rate of which half is paid per term."""
    return RuleValue("funding.junior")


@_funds(
    "norm-boarder-200",
    title="寄宿生公用经费补助原标准",
    title_en="Former supplement per boarder",
    why="与幼儿园生均补助的 200 元不是一回事。",
    kind=Kind.RATE,
    word="元",
    window=Window.AS_OF,
    reads=(),
    definition="统计时点执行标准所取代的前一标准。",
    definition_en="The rate that the one in force on the day replaced.",
)
def boarder_before(*, at: Any, rule: Any) -> Measure:
    """Not the same 200 yuan as the kindergarten subsidy."""
    return RuleBefore("funding.boarder")


@_funds(
    "norm-boarder-300",
    title="寄宿生公用经费补助标准",
    title_en="Supplement per boarder",
    why="在生均标准之上，按有床位的寄宿生另加。",
    kind=Kind.RATE,
    word="元",
    window=Window.AS_OF,
    reads=(),
    definition="统计时点执行的标准。",
    definition_en="The rate in force on the day.",
)
def boarder(*, at: Any, rule: Any) -> Measure:
    """Paid on top of the rate per pupil, for boarders with a bed."""
    return RuleValue("funding.boarder")


@_funds(
    "norm-effective",
    title="生均公用经费新标准施行日",
    title_en="Day from which the new rates hold",
    why="两个学期之间变更的标准，不能影响前一学期。",
    kind=Kind.TERM,
    word="学期起",
    window=Window.AS_OF,
    reads=(),
    definition="统计时点执行的小学生均公用经费标准的起始日所在学期。",
    definition_en="The term in which the rate in force on the day began.",
)
def norm_effective(*, at: Any, rule: Any) -> Measure:
    """A rate that changes between two terms must not touch the term before."""
    return RuleSince("funding.primary")
