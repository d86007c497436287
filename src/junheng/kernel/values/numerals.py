"""Reading the numbers of Chinese official prose: their exact value and how precisely they were printed.

What is read, with value and step (the worth of the last printed place):

====================  =====================  ======================================
form                  example                value, step
====================  =====================  ======================================
digits                1757  1,757  １７５７      1757, 1
with a scale          1.3万  2.06万  1.2亿      13000, 1000 · 20600, 100 · 120000000, 10000000
percent               51.05%  百分之八十         1021/2000, 1/10000 · 4/5, 1/100
tenths                三成  七成五             3/10, 1/10 · 3/4, 1/100
fraction              三分之一               1/3, an approximation by nature
multiple              1.5倍                  3/2, 1/10
Chinese numeral       九  二十三  一百零五       9 · 23 · 105, 1
bounds                近400  逾  至少  3000余    as above, with the bound
range                 3—5  三至五              from value to upper
====================  =====================  ======================================

All arithmetic is exact. The text is expected through :func:`narrow`, which keeps every offset.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from junheng.kernel.errors import Refusal
from junheng.kernel.values.chinese import read_chinese
from junheng.kernel.values.rounding import Number, tidy


class Bound(StrEnum):
    """How the printed number stands to the true one."""

    EXACT = "exact"
    ABOUT = "about"
    NEAR = "near"
    OVER = "over"
    ODD = "odd"
    AT_LEAST = "at_least"
    UNDER = "under"
    AT_MOST = "at_most"
    RANGE = "range"


class Form(StrEnum):
    """What sort of number it is: a plain one, a share of a whole, percentage points, a multiple."""

    PLAIN = "plain"
    SHARE = "share"
    POINTS = "points"
    MULTIPLE = "multiple"


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it was printed: where, how much, how precisely, and under which bound."""

    start: int
    end: int
    value: Number
    step: Number
    bound: Bound = Bound.EXACT
    upper: Number | None = None
    form: Form = Form.PLAIN
    chinese: bool = False
    scaled: bool = False


BOUNDS_BEFORE: tuple[tuple[str, Bound], ...] = tuple(
    sorted(
        [(word, Bound.AT_LEAST) for word in ("至少", "不少于", "不低于", "不小于", "最少", "不下于", "起码")]
        + [(word, Bound.OVER) for word in ("超过", "超出", "超", "逾", "突破", "多于", "高于", "大于")]
        + [(word, Bound.UNDER) for word in ("不足", "不到", "少于", "低于", "小于", "未满")]
        + [(word, Bound.AT_MOST) for word in ("不超过", "不高于", "不多于", "不大于", "至多", "最多")]
        + [(word, Bound.NEAR) for word in ("将近", "接近", "近")]
        + [(word, Bound.ABOUT) for word in ("大约", "约为", "约", "大概")],
        key=lambda pair: -len(pair[0]),
    )
)
"""Words before a number that loosen it, the longest first, so that 不超过 is not read as 超过."""

_BOUND_ENDINGS = frozenset(word[-1] for word, _ in BOUNDS_BEFORE)

BOUNDS_AFTER: dict[str, Bound] = {
    "以上": Bound.AT_LEAST,
    "及以上": Bound.AT_LEAST,
    "左右": Bound.ABOUT,
    "上下": Bound.ABOUT,
    "以下": Bound.AT_MOST,
    "以内": Bound.AT_MOST,
    "之内": Bound.AT_MOST,
}
"""Words after the measure word that loosen the number before it."""

_SCALES = {
    "万亿": 10**12,
    "亿": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
    "千": 10**3,
    "百": 10**2,
}
_NARROW = str.maketrans("０１２３４５６７８９％．：（）；！？　～", "0123456789%.:();!? ~")
_ARABIC = re.compile(
    r"(\d{1,3}(?:,\d{3})+(?![\d,])|\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)|0(?!\d)|[1-9]\d*)(?:\.(\d+))?",
    re.ASCII,
)
_SCALE = re.compile(r" ?(万亿|千万|百万|十万|亿|万|千(?![克米瓦卡])|百(?!分))")
_CHINESE = re.compile(
    r"([零〇一二三四五六七八九十两][零〇一二三四五六七八九十百千万亿两]*)(?:点([零〇一二三四五六七八九]{1,6}))?"
)
_OF = re.compile(r"(百|千|万)分之")
_ODD = re.compile(r"(多|余)(万亿|亿|万)?")
_TO = re.compile(r" ?(?:-|—{1,2}|–|~|至|到) ?")
_TENTHS = re.compile(r"成([一二三四五六七八九半])?(?![立为员果长功本就绩效品型因分])")
_LONGEST = 15
_PARTS = {"百": 100, "千": 1000, "万": 10_000}


def narrow(text: str) -> str:
    """Full-width digits, percent signs and brackets in their narrow form; every character keeps its place.

    >>> narrow("占比５１．０５％")
    '占比51.05%'
    """
    return text.translate(_NARROW)


def read_numeral(words: str) -> Numeral:
    """Read a string that is a number and nothing else; refuses anything else.

    >>> read_numeral("近2.06万").value, read_numeral("近2.06万").step, read_numeral("近2.06万").bound
    (20600, 100, <Bound.NEAR: 'near'>)
    >>> read_numeral("百分之九十一点八").value
    Fraction(459, 500)
    """
    text = narrow(words)
    for place in range(min(len(text), 6)):
        numeral = numeral_at(text, place)
        if numeral is not None:
            if (numeral.start, numeral.end) == (0, len(text)):
                return numeral
            break
    raise Refusal(
        "number-unreadable",
        "「{words}」不是读得懂的数。请写成 1757、1.3万、51.05%、百分之八十、近400 这样的形式。",
        words=words[:40],
    )


def numeral_at(text: str, place: int) -> Numeral | None:
    """The number whose first digit (or 百分之) stands at ``place`` of narrow text, with its bound, or None."""
    first = _one(text, place)
    if first is None:
        return None
    numeral = _range(text, first)
    return _with_bound_before(text, numeral)


def _one(text: str, place: int) -> Numeral | None:
    """One number without its bound: digits or Chinese numeral, scale, 余, then the sign that makes it a share."""
    parts = _OF.match(text, place)
    if parts is not None:
        if text.startswith("百分之百", place):
            return Numeral(place, place + 4, 1, Fraction(1, 100), form=Form.SHARE, chinese=True)
        core = _core(text, parts.end())
        return None if core is None else _share(core, place, core.end, _PARTS[parts[1]])
    core = _core(text, place)
    if core is None:
        return None
    after = text[core.end : core.end + 4].lstrip(" ")
    skip = core.end + len(text[core.end : core.end + 4]) - len(after)
    if after.startswith("%"):
        return _share(core, place, skip + 1, 100)
    if after.startswith("‰"):
        return _share(core, place, skip + 1, 1000)
    if after.startswith("个百分点"):
        return replace(_share(core, place, skip + 4, 100), form=Form.POINTS)
    if after.startswith("分之"):
        return _fraction(text, core, skip + 2)
    if after.startswith("成"):
        tenths = _tenths(text, core, skip)
        if tenths is not None:
            return tenths
    if after.startswith("倍"):
        return replace(core, end=skip + 1, form=Form.MULTIPLE)
    return _odd(text, core)


def _core(text: str, place: int) -> Numeral | None:
    """Digits with decimals and scales, or a Chinese numeral; nothing around it."""
    arabic = _ARABIC.match(text, place)
    if arabic is not None:
        return _scaled(text, place, arabic)
    chinese = _CHINESE.match(text, place)
    if chinese is None:
        return None
    whole = read_chinese(chinese[1])
    if whole is None:
        return None
    step: Number = 10**8 if chinese[1].endswith("亿") else 10**4 if chinese[1].endswith("万") else 1
    end, value = chinese.end(1), Fraction(whole)
    if chinese[2] is not None:
        decimals = read_chinese("零" + chinese[2]) or 0
        step = Fraction(1, 10 ** len(chinese[2]))
        end, value = chinese.end(), value + decimals * step
        scale = _SCALE.match(text, end)
        if scale is not None:
            end, value, step = scale.end(), value * _SCALES[scale[1]], step * _SCALES[scale[1]]
    return Numeral(place, end, tidy(value), tidy(Fraction(step)), chinese=True, scaled=step != 1)


def _scaled(text: str, place: int, arabic: re.Match[str]) -> Numeral | None:
    """Arabic digits with their scales; 2亿3000万 is one number."""
    total, end, below = Fraction(0), place, None
    step: Number = 1
    part: re.Match[str] | None = arabic
    while part is not None:
        whole, decimals = re.sub(r"\D", "", part[1]), part[2] or ""
        if len(whole) + len(decimals) > _LONGEST:
            return None
        scale = _SCALE.match(text, part.end())
        worth = _SCALES[scale[1]] if scale is not None else 1
        if below is not None and worth >= below:
            break
        unit = Fraction(worth, 10 ** len(decimals))
        total, step = total + int(whole + decimals) * unit, tidy(unit)
        end = scale.end() if scale is not None else part.end()
        below = worth
        whole_scale = scale is not None and not decimals and worth >= 10**4
        part = _ARABIC.match(text, end) if whole_scale else None
        if part is not None and _SCALE.match(text, part.end()) is None:
            part = None
    return Numeral(place, end, tidy(total), step, scaled=below != 1)


def _share(core: Numeral, start: int, end: int, parts: int) -> Numeral:
    return replace(
        core,
        start=start,
        end=end,
        value=tidy(Fraction(core.value) / parts),
        step=tidy(Fraction(core.step) / parts),
        form=Form.SHARE,
    )


def _fraction(text: str, below: Numeral, place: int) -> Numeral | None:
    """三分之一: nobody counts to exactly a third, so it is an approximation by nature."""
    above = _core(text, place)
    if above is None or not below.value or above.value > below.value:
        return None
    value = tidy(Fraction(above.value) / Fraction(below.value))
    return Numeral(
        below.start, above.end, value, Fraction(1, 100), Bound.ABOUT, form=Form.SHARE, chinese=below.chinese
    )


def _tenths(text: str, core: Numeral, place: int) -> Numeral | None:
    """三成, 七成五, 八成半."""
    found = _TENTHS.match(text, place)
    if found is None or not 0 < core.value <= 10 or core.step != 1:
        return None
    value, step = Fraction(core.value, 10), Fraction(1, 10)
    if found[1] == "半":
        value, step = value + Fraction(1, 20), Fraction(1, 20)
    elif found[1]:
        value, step = value + Fraction(read_chinese(found[1]) or 0, 100), Fraction(1, 100)
    return replace(core, end=found.end(), value=tidy(value), step=step, form=Form.SHARE)


def _odd(text: str, core: Numeral) -> Numeral:
    """3000余, 1.3万多, 10余万, 10万+: somewhat more than what is printed."""
    if text.startswith("+", core.end) and not text[core.end + 1 : core.end + 2].isalnum():
        return replace(core, end=core.end + 1, bound=Bound.OVER)
    odd = _ODD.match(text, core.end)
    if odd is None:
        return core
    worth = _SCALES[odd[2]] if odd[2] and not core.scaled else 1
    end = odd.end() if worth > 1 else odd.end(1)
    return replace(
        core, end=end, value=tidy(core.value * worth), step=tidy(core.step * worth), bound=Bound.ODD
    )


def _range(text: str, first: Numeral) -> Numeral:
    """3—5, 三至五, 10%—20%, 1.2—1.5万: the scale or sign of the second holds for both where it fits."""
    link = _TO.match(text, first.end) if first.bound is Bound.EXACT else None
    second = _one(text, link.end()) if link is not None else None
    if second is None or second.chinese != first.chinese or second.bound is not Bound.EXACT:
        return first
    low, step = Fraction(first.value), Fraction(first.step)
    if first.form is not second.form:
        if first.form is not Form.PLAIN or second.form is Form.MULTIPLE:
            return first
        ratio = Fraction(1, 10) if "成" in text[second.start : second.end] else Fraction(1, 100)
        low, step = low * ratio, step * ratio
    elif second.scaled and not first.scaled:
        mark = _SCALE.search(text, second.start, second.end)
        if mark is not None and low < 10_000:
            low, step = low * _SCALES[mark[1]], step * _SCALES[mark[1]]
    if low >= second.value:
        return first
    return replace(
        second, start=first.start, value=tidy(low), upper=second.value, step=tidy(step), bound=Bound.RANGE
    )


def _with_bound_before(text: str, numeral: Numeral) -> Numeral:
    """Take 近, 约, 超过, 至少 … into the number; 最近 and 附近 are not the bound 近."""
    gap = 1 if text[numeral.start - 1 : numeral.start] == " " else 0
    edge = numeral.start - gap
    if text[edge - 1 : edge] not in _BOUND_ENDINGS:
        return numeral
    for word, bound in BOUNDS_BEFORE:
        if edge >= len(word) and text.startswith(word, edge - len(word)):
            start = edge - len(word)
            if word == "近" and text[max(0, start - 1) : start] in tuple("最附远邻就新"):
                return numeral
            if numeral.bound in (Bound.RANGE, Bound.ODD):
                return replace(numeral, start=start)
            return replace(numeral, start=start, bound=bound)
    return numeral
