"""What the reader of prose knows: figures as they are spoken of, questions about them, answers and verdicts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from junheng.kernel.values.numerals import Numeral
from junheng.kernel.values.rounding import Number, Rounding
from junheng.kernel.values.span import Span


class Kind(StrEnum):
    """The sentence types a figure can be spoken of in."""

    COUNT = "count"  # 70所
    SUM = "sum"  # 1.3万个
    SHARE = "share"  # 51.05%
    MONEY = "money"  # 1050万元
    RATE = "rate"  # 生均200元
    MINIMUM = "minimum"  # 每周至少2次
    UNIVERSAL = "universal"  # 全覆盖
    ZERO = "zero"  # 严禁, 无一
    ALL_ENTITLED = "all_entitled"  # 应助尽助
    EXACTLY_ONE = "exactly_one"  # 一县一策
    RISING = "rising"  # 逐年提高
    PUT_RIGHT = "put_right"  # 整改到位
    RAISED = "raised"  # 由650元提高到720元
    DONE_OF_PLANNED = "done_of_planned"  # 规划90所, 已完成82所
    ENUMERATION = "enumeration"  # 五项, 九部门, 一是…四是
    SPAN = "span"  # 2021—2035年
    DATE = "date"  # 2024-3-6 9:43:48, 2023年春季学期
    ORDINAL = "ordinal"  # 首批


class WindowKind(StrEnum):
    """Which days a figure speaks of where the sentence does not say so."""

    TWO_YEARS = "two_years"
    YEAR = "year"
    AS_OF = "as_of"
    TERM = "term"
    FIVE_YEARS = "five_years"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Known:
    """A figure as the reader of prose knows it. Alternatives are written with ``|`` between them.

    ``nouns``: what is counted; one of them stands beside the number. ``needs``: of each group one must occur in
    the claim's context; ``near``: the same, but in the claim's own clause. ``refuses``: words of its own clause that exclude the figure.
    ``measure_words``: empty means any. ``unit``: ``fen`` where answers come in fen. ``phrases``: words that are
    this figure's claim by themselves, beside those of its kind; ``implies``: the least number they promise.
    ``ends``: for RAISED, the figures of the old and the new rate, where they are two. ``items``: names whose
    enumeration is itself a claim. ``of_area``: the area the figure is about (name or code), so that its name is no question.
    ``bare``: the noun must stand without further qualifiers (学校 is not 绿色学校).

    >>> Known("kg-public", Kind.COUNT, nouns="公办幼儿园|公办园", needs=("新建|改扩建",), measure_words="所").nouns
    '公办幼儿园|公办园'
    """

    id: str
    kind: Kind
    nouns: str = ""
    needs: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    refuses: str = ""
    measure_words: str = ""
    unit: str = ""
    window: WindowKind = WindowKind.AS_OF
    other_windows: tuple[WindowKind, ...] = ()
    level: str = "city"
    title: str = ""
    phrases: str = ""
    implies: int = 0
    ends: tuple[str, str] | None = None
    items: str = ""
    of_area: str = ""
    bare: bool = False

    def __post_init__(self) -> None:
        if not (self.nouns or self.needs or self.near or self.phrases or self.items):
            raise ValueError(f"{self.id}: nothing to recognise it by; declare nouns, needs, phrases or items")
        if self.phrases and self.kind is Kind.MINIMUM and not (self.implies or self.nouns):
            raise ValueError(f"{self.id}: say with `implies` how many its phrases promise at least")


@dataclass(frozen=True, slots=True)
class Question:
    """What the records are asked: the figure, the window of days, the day, and the area's code (None: all)."""

    id: str
    window: Span | None
    as_of: date
    area: str | None = None


Value = Number | date | datetime | Span | str
"""What an answer may carry. Money in the unit its ``Known`` declares; shares as exact fractions."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the records say. ``holds`` and ``exceptions`` are for promises; ``noun`` names one exception (个班级).

    ``label`` names the reading where a question has several answers (按人计, 按水域计).
    """

    value: Value | tuple[Value, Value] | None = None
    holds: bool | None = None
    exceptions: int | None = None
    noun: str = ""
    label: str = ""


Ask = Callable[[Question], Answer | Sequence[Answer] | None]
"""Puts a question to the records. None: they cannot answer. Several answers: several readings of the figure."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far loose words reach: 近400 down to 360, 超过400 up to 440, 约400 from 380 to 420."""

    near: Fraction = Fraction(1, 10)
    over: Fraction = Fraction(1, 10)
    about: Fraction = Fraction(1, 20)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the reader must be told about the text's surroundings.

    ``as_of``: the day the records are asked about. ``window``: what 近两年 means. ``home``: names of the place
    whose records answer. ``parents``: names of the places around it. ``areas``: its parts, name to code.
    """

    as_of: date
    window: Span
    home: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    areas: Mapping[str, str] = field(default_factory=dict)
    rounding: Rounding = Rounding.HALF_UP
    tolerance: Tolerance = Tolerance()


class Judgement(StrEnum):
    """What the records say to a claim."""

    PROVED = "proved"
    DIFFERS = "differs"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a claim: which question it is, what the records answer, whether that agrees."""

    figure: str
    title: str
    question: Question
    computed: Value | None
    words: str
    agrees: bool
    label: str = ""
    exceptions: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """One claim, where it stands in the text, and what the records say to it.

    ``numeral``: the number as it was printed, with its step and bound, where the claim is a number.
    """

    start: int
    end: int
    words: str
    kind: Kind
    figure: str | None
    printed: Value | None
    computed: Value | None
    verdict: Judgement
    readings: tuple[Reading, ...]
    why: str
    numeral: Numeral | None = None
