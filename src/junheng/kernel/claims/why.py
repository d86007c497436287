"""The sentences of the verdicts: why a claim is proved, differs, is ambiguous or unknown. One each, in Chinese first."""

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction

from junheng.kernel.claims.find import Claim, Sort
from junheng.kernel.claims.known import Answer, Judgement, Kind, Known, Question, Reading
from junheng.kernel.claims.printing import decimal, print_day, print_moment
from junheng.kernel.claims.weigh import exact, holds
from junheng.kernel.values.numerals import Form
from junheng.kernel.values.said import Clause, Said
from junheng.kernel.values.span import Span

AIM = Said("这里说的是打算、目标或尚未做到的事，不是已经做到的结果，记录无从证明。")
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
        return Said("这个数后面没有量词，看不出数的是什么。")
    if claim.sort is Sort.PROMISE:
        return Said("记录里没有哪项承诺说的是这件事。")
    return Said("记录里没有哪项数据数的是这里所说的东西。")


def no_answer(known: Known, question: Question) -> str:
    """Why a bound figure stays unknown."""
    title = Said(known.title or known.id)
    if question.window is None and not question.area:
        return Said("记录答不出「{title}」。", title=title)
    if question.window is None:
        return Said("记录答不出这个地区的「{title}」。", title=title)
    window = question.window.label
    if not question.area:
        return Said("记录答不出{window}的「{title}」。", window=window, title=title)
    return Said("记录答不出{window}的这个地区的「{title}」。", window=window, title=title)


def computed_words(claim: Claim, known: Known, answer: Answer) -> str:
    """What the records say, in words: every digit, with the claim's measure word."""
    if claim.sort is Sort.PROMISE or (known.kind in _PROMISES and answer.value is None):
        if holds(answer):
            return Said("成立")
        if not answer.exceptions:
            return Said("不成立")
        return Said("有{count}{noun}例外", count=answer.exceptions, noun=answer.noun or "处")
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
    return str(value) if value is not None else Said("没有数值")


def of(judgement: Judgement, claim: Claim, readings: Sequence[Reading], reasons: Sequence[str]) -> str:
    """The sentence of a verdict that rests on readings."""
    first = readings[0]
    title, words = Said(first.title), first.words
    if judgement is Judgement.PROVED and len(readings) > 1:
        return Said(
            "「{title}」记录为{words}，{count}种读法都一致。", title=title, words=words, count=len(readings)
        )
    if judgement is Judgement.PROVED:
        return Said("「{title}」记录为{words}，与文中一致。", title=title, words=words)
    if judgement is Judgement.AMBIGUOUS:
        listed = _listed([_reading(reading) for reading in readings[:4]])
        if reasons:
            return Said(
                "有不止一种读法，结论不同：{readings}；另有：{reason}。请写明时间、范围或所数的对象。",
                readings=listed,
                reason=Clause(reasons[0]),
            )
        return Said("有不止一种读法，结论不同：{readings}。请写明时间、范围或所数的对象。", readings=listed)
    if claim.sort is Sort.SEQUENCE and not claim.orderly:
        return Said("列举的序号不连贯，请检查“一是”“二是”有没有漏写或写错。")
    return Said("与记录不符：「{title}」记录为{words}。", title=title, words=words)


def _reading(reading: Reading) -> Said:
    window = reading.question.window
    return Said(
        "「{title}」{window}{label}为{words}，{verdict}",
        title=Said(reading.title),
        window=Said("（{window}）", window=window.label) if window else "",
        label=Said("，{label}", label=Said(reading.label)) if reading.label else "",
        words=reading.words,
        verdict=Said("一致") if reading.agrees else Said("不一致"),
    )


def _listed(sentences: Sequence[Said]) -> Said:
    """Several one after the other."""
    first, *rest = sentences
    return Said("{first}；{rest}", first=first, rest=_listed(rest)) if rest else first


def _number(value: int | Fraction, measure: str) -> str:
    """The exact number; a fraction without an end is cut after four decimals and says so."""
    try:
        words = decimal(value)
    except ValueError:
        return f"约{decimal(Fraction(round(value * 10_000), 10_000))}{measure}"
    if len(words.partition(".")[2]) > 4:
        return f"约{decimal(Fraction(round(value * 10_000), 10_000))}{measure}"
    return words + measure
