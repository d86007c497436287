"""The house formatter: how every number of a report and of every page is printed.

The grammar of what it prints::

    printed   := count | share | money | numeral | ordinal | phrase | day | moment | term | span
    count     := magnitude measure               measure: 所 个 名 人次 户 份 处 家 对 次 项 …, may be empty
    magnitude := digits                          below 10,000: every digit, nothing rounded away
               | decimal "万"                     from 10,000: at most two decimals, trailing zeros dropped
               | decimal "亿"                     from 100,000,000 (also where 万 would round up to it)
    share     := decimal "%"                     at most two decimals, trailing zeros dropped
               | "超过99.99%" | "不足0.01%"         where rounding would tell a lie about all or nothing
    money     := decimal "元"                     below 10,000 yuan: to the fen, zeros dropped
               | decimal "万元" | decimal "亿元"   as for magnitude
    numeral   := chinese measure                 九部门, 五项, 两个
    ordinal   := "首" unit | "第" chinese unit      首批, 第二批
    day       := "2024年3月6日" | "2024-3-6"        no leading zeros
    moment    := "2024-3-6 9:43:48"              Asia/Shanghai, no leading zero in the hour
    term      := "2023年春季学期"
    span      := "2021—2035年"

Money comes in fen. Rounding is exact and its mode a parameter. Everything printed can be read again by
``kernel.values.numerals`` and then fits the value it was printed from (tests/kernel/claims/test_printing.py).
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from zoneinfo import ZoneInfo

from junheng.kernel.errors import Refusal
from junheng.kernel.values.chinese import write_chinese
from junheng.kernel.values.rounding import Number, Rounding, round_to
from junheng.kernel.values.school_term import SchoolTerm
from junheng.kernel.values.span import Span

SHANGHAI = ZoneInfo("Asia/Shanghai")
WAN, YI = 10**4, 10**8
_DECIMALS = 100
_PERCENT_STEP = Fraction(1, 10_000)


class Shape(StrEnum):
    """The productions of the grammar a style may choose."""

    COUNT = "count"
    SHARE = "share"
    MONEY = "money"
    CHINESE = "chinese"
    ORDINAL = "ordinal"


@dataclass(frozen=True, slots=True)
class Style:
    """How one number is to be printed: its shape and the measure word behind it.

    As text, which is how templates write it: ``所`` (a count), ``%`` (a share), ``元`` (money in fen), ``汉字 部门``
    (a Chinese numeral), ``序数 批`` (an ordinal), ``数`` (a count without a measure word).

    >>> Style.parse("所").measure, Style.parse("汉字 部门").shape, Style.parse("%").shape
    ('所', <Shape.CHINESE: 'chinese'>, <Shape.SHARE: 'share'>)
    """

    shape: Shape = Shape.COUNT
    measure: str = ""

    @classmethod
    def parse(cls, text: str) -> "Style":
        """Read a style as a template writes it."""
        head, _, rest = text.strip().partition(" ")
        if head in _HEADS:
            return cls(_HEADS[head], rest.strip())
        if head in _ALONE and not rest:
            return cls(_ALONE[head])
        if rest or any(character.isdigit() for character in head):
            raise Refusal(
                "style-unknown",
                "看不懂印法「{style}」。可用：量词（如“所”“人次”）、“%”、“元”、“汉字 部门”、“序数 批”、“数”。",
                style=text[:40],
            )
        return cls(Shape.COUNT, head)


_HEADS = {"汉字": Shape.CHINESE, "序数": Shape.ORDINAL}
_ALONE = {"%": Shape.SHARE, "％": Shape.SHARE, "元": Shape.MONEY, "数": Shape.COUNT, "": Shape.COUNT}


def print_number(value: Number, style: Style | str = "", rounding: Rounding = Rounding.HALF_UP) -> str:
    """Print a number in the house style.

    ``value``: a whole number for counts, fen for money, a fraction from 0 to 1 for shares.

    >>> print_number(70, "所"), print_number(13_000, "个"), print_number(322_599, "人")
    ('70所', '1.3万个', '32.26万人')
    >>> print_number(322_599, "人", Rounding.TRUNCATE), print_number(Fraction(1021, 2000), "%")
    ('32.25万人', '51.05%')
    >>> print_number(1_050_000_000, "元"), print_number(65_000, "元"), print_number(9, "汉字 部门")
    ('1050万元', '650元', '九部门')
    >>> print_number(Fraction(9996, 10_000), "%"), print_number(Fraction(99_999, 100_000), "%")
    ('99.96%', '超过99.99%')
    """
    chosen = Style.parse(style) if isinstance(style, str) else style
    printer = _PRINTERS[chosen.shape]
    return printer(value, chosen.measure, rounding)


def _count(value: Number, measure: str, rounding: Rounding) -> str:
    return _magnitude(value, rounding, whole=True) + measure


def _magnitude(value: Number, rounding: Rounding, *, whole: bool) -> str:
    """digits, 万 or 亿. ``whole`` refuses a count that is not one: there is no half school."""
    sign, size = ("-" if value < 0 else ""), abs(Fraction(value))
    if size.denominator != 1 and whole:
        raise Refusal(
            "count-not-whole", "「{value}」不是整数，不能当个数来印。比例请用“%”。", value=str(value)
        )
    if size < WAN:
        return sign + decimal(size)
    in_wan = round_to(size / WAN, Fraction(1, _DECIMALS), rounding)
    if size < YI and in_wan < WAN:
        return f"{sign}{decimal(in_wan)}万"
    return f"{sign}{decimal(round_to(max(size, Fraction(YI)) / YI, Fraction(1, _DECIMALS), rounding))}亿"


def _share(value: Number, measure: str, rounding: Rounding) -> str:
    """A percentage; all and nothing are printed only where they are true."""
    rounded = round_to(value, _PERCENT_STEP, rounding)
    if value < 1 <= rounded:
        return "超过99.99%" + measure
    if value > 0 and rounded == 0:
        return "不足0.01%" + measure
    if value > 1 and rounded == 1:
        return "超过100%" + measure
    return decimal(Fraction(rounded) * 100) + "%" + measure


def _money(value: Number, measure: str, rounding: Rounding) -> str:
    if Fraction(value).denominator != 1:
        raise Refusal("money-not-fen", "金额要以分为单位的整数给出，收到的是「{value}」。", value=str(value))
    return _magnitude(Fraction(value) / 100, rounding, whole=False) + "元" + measure


def _chinese(value: Number, measure: str, rounding: Rounding) -> str:
    if Fraction(value).denominator != 1 or value < 0:
        raise Refusal("count-not-whole", "「{value}」不是整数，不能用汉字数字来印。", value=str(value))
    return ("两" if value == 2 and measure else write_chinese(int(value))) + measure


def _ordinal(value: Number, measure: str, rounding: Rounding) -> str:
    if Fraction(value).denominator != 1 or value < 1:
        raise Refusal("ordinal-below-one", "「{value}」不能当序数。序数从一开始。", value=str(value))
    return ("首" if value == 1 else "第" + write_chinese(int(value))) + measure


_PRINTERS = {
    Shape.COUNT: _count,
    Shape.SHARE: _share,
    Shape.MONEY: _money,
    Shape.CHINESE: _chinese,
    Shape.ORDINAL: _ordinal,
}


def decimal(value: Number) -> str:
    """A finite decimal fraction with every digit it has and no trailing zero.

    >>> decimal(Fraction(459, 5)), decimal(17), decimal(Fraction(1, 8))
    ('91.8', '17', '0.125')
    """
    exact = Fraction(value)
    digits = 0
    while (exact * 10**digits).denominator != 1:
        digits += 1
        if digits > 40:
            raise ValueError(f"{value} has no finite decimal form")
    whole, rest = divmod(abs(exact.numerator) * 10**digits // exact.denominator, 10**digits)
    sign = "-" if exact < 0 else ""
    return f"{sign}{whole}.{rest:0{digits}d}" if digits else f"{sign}{whole}"


def print_day(day: date, *, dashes: bool = False) -> str:
    """A day without leading zeros.

    >>> print_day(date(2024, 3, 6)), print_day(date(2024, 3, 6), dashes=True)
    ('2024年3月6日', '2024-3-6')
    """
    if dashes:
        return f"{day.year}-{day.month}-{day.day}"
    return f"{day.year}年{day.month}月{day.day}日"


def print_moment(moment: datetime) -> str:
    """A moment of Beijing time as news pages print it; a moment without a time zone is refused.

    >>> print_moment(datetime(2024, 3, 6, 9, 43, 48, tzinfo=SHANGHAI))
    '2024-3-6 9:43:48'
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    local = moment.astimezone(SHANGHAI)
    return f"{print_day(local.date(), dashes=True)} {local.hour}:{local.minute:02d}:{local.second:02d}"


def print_term(term: SchoolTerm | str) -> str:
    """A school term.

    >>> print_term("2023S")
    '2023年春季学期'
    """
    return (SchoolTerm.parse(term) if isinstance(term, str) else term).label


def print_span(span: Span) -> str:
    """A window of days, whole years where they are whole.

    >>> print_span(Span.of_years(2021, 2035))
    '2021—2035年'
    """
    return span.label
