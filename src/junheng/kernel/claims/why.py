"""The sentences of the verdicts: why a claim is proved, differs, is ambiguous or unknown. In Chinese, one each."""

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction

from junheng.kernel.claims.find import Claim, Sort
from junheng.kernel.claims.known import Answer, Judgement, Kind, Known, Question, Reading
from junheng.kernel.claims.printing import decimal, print_day, print_moment
from junheng.kernel.claims.weigh import exact, holds
from junheng.kernel.values.numerals import Form
from junheng.kernel.values.span import Span

AIM = "这里说的是打算、目标或尚未做到的事，不是已经做到的结果，记录无从证明。"
_PROMISES = frozenset(
    {Kind.UNIVERSAL, Kind.ZERO, Kind.ALL_ENTITLED, Kind.EXACTLY_ONE, Kind.RISING, Kind.PUT_RIGHT}
)


def kind_of(claim: Claim) -> Kind:
    """What sort of claim it is, by its form alone."""
    if claim.sort is Sort.ORDINAL:
        return Kind.ORDINAL
    if claim.sort is not Sort.NUMBER:
        return claim.kind
    if claim.role:
        return Kind.RAISED
    if claim.measure == "%":
        return Kind.SHARE
    if claim.measure in ("元", "人民币"):
        return Kind.MONEY
    return Kind.MINIMUM if claim.per else Kind.COUNT


def nothing_fits(claim: Claim) -> str:
    """Why no figure could be bound."""
    if claim.sort is Sort.NUMBER and not claim.measure:
        return "这个数后面没有量词，看不出数的是什么。"
    if claim.sort is Sort.PROMISE:
        return "记录里没有哪项承诺说的是这件事。"
    return "记录里没有哪项数据数的是这里所说的东西。"


def no_answer(known: Known, question: Question) -> str:
    """Why a bound figure stays unknown."""
    where = "这个地区的" if question.area else ""
    when = f"{question.window.label}的" if question.window else ""
    return f"记录答不出{when}{where}「{known.title or known.id}」。"


def computed_words(claim: Claim, known: Known, answer: Answer) -> str:
    """What the records say, in words: every digit, with the claim's measure word."""
    if claim.sort is Sort.PROMISE or (known.kind in _PROMISES and answer.value is None):
        if holds(answer):
            return "成立"
        return f"有{answer.exceptions}{answer.noun or '处'}例外" if answer.exceptions else "不成立"
    value = exact(answer.value, known.unit) if not isinstance(answer.value, tuple) else answer.value
    if isinstance(value, tuple):
        return f"{value[0]}—{value[1]}年"
    if isinstance(value, int | Fraction):
        share = claim.numeral is not None and claim.numeral.form is Form.SHARE
        return _number(value * 100, "%") if share else _number(value, claim.measure)
    if isinstance(value, datetime):
        return print_moment(value) if value.tzinfo is not None else str(value)
    if isinstance(value, date):
        return print_day(value)
    if isinstance(value, Span):
        return value.label
    return str(value) if value is not None else "没有数值"


def of(judgement: Judgement, claim: Claim, readings: Sequence[Reading], reasons: Sequence[str]) -> str:
    """The sentence of a verdict that rests on readings."""
    first = readings[0]
    if judgement is Judgement.PROVED:
        other = f"，{len(readings)}种读法都一致" if len(readings) > 1 else "，与文中一致"
        return f"「{first.title}」记录为{first.words}{other}。"
    if judgement is Judgement.AMBIGUOUS:
        listed = "；".join(_reading(reading) for reading in readings[:4])
        more = f"；另有：{reasons[0].rstrip('。')}" if reasons else ""
        return f"有不止一种读法，结论不同：{listed}{more}。请写明时间、范围或所数的对象。"
    if claim.sort is Sort.SEQUENCE and not claim.orderly:
        return "列举的序号不连贯，请检查“一是”“二是”有没有漏写或写错。"
    return f"与记录不符：「{first.title}」记录为{first.words}。"


def _reading(reading: Reading) -> str:
    window = f"（{reading.question.window.label}）" if reading.question.window else ""
    label = f"，{reading.label}" if reading.label else ""
    return f"「{reading.title}」{window}{label}为{reading.words}，{'一致' if reading.agrees else '不一致'}"


def _number(value: int | Fraction, measure: str) -> str:
    """The exact number; a fraction without an end is cut after four decimals and says so."""
    try:
        words = decimal(value)
    except ValueError:
        return f"约{decimal(Fraction(round(value * 10_000), 10_000))}{measure}"
    if len(words.partition(".")[2]) > 4:
        return f"约{decimal(Fraction(round(value * 10_000), 10_000))}{measure}"
    return words + measure
