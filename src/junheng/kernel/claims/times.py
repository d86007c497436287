"""Days, terms and windows in prose: 2023年, 近两年, “十四五”期间, 截至2023年底, 2024-3-6 9:43:48."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from junheng.kernel.claims.lexicon import VAGUE_TIME
from junheng.kernel.values.chinese import read_chinese
from junheng.kernel.values.school_term import SchoolTerm
from junheng.kernel.values.span import Span


class TimeSort(StrEnum):
    """What a time expression says."""

    WINDOW = "window"  # events between two days
    AS_OF = "as_of"  # the state on a day
    DAY = "day"  # one day or moment
    TERM = "term"  # one school term
    LAST_YEARS = "last_years"  # 近两年: the window that the setting names
    VAGUE = "vague"  # 去年: cannot be known from the text
    IMPOSSIBLE = "impossible"  # 2024-13-6: no such day


@dataclass(frozen=True, slots=True)
class TimeWord:
    """A time expression in the text: what it says and where. ``span`` is None for 近两年 and vague words."""

    start: int
    end: int
    sort: TimeSort
    span: Span | None = None
    years: int = 0
    moment: date | datetime | None = None
    measure: str = "日"


_YEAR = r"(?<![\d.])((?:19|20)\d\d)"
_HAN_YEAR = r"([一二][〇零九][〇零一二三四五六七八九]{2})"
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "moment",
        re.compile(
            _YEAR
            + r"(?:年|-|/|\.)(\d{1,2})(?:月|-|/|\.)(\d{1,2})(?!\d)日?(?:\s{0,3}T?(\d{1,2})[:时](\d{2})(?:[:分](\d{2})秒?)?)?"
        ),
    ),
    (
        "years",
        re.compile(
            _YEAR
            + r"(年|学年)?\s?(?:-|—{1,2}|–|~|至|到)\s?((?:19|20)\d\d)(?!\d)(?(2)(?:学年|年)?|(?:学年|年|(?=[)）])))"
        ),
    ),
    ("term", re.compile(_YEAR + r"年?(春|秋)季?(?:学期|开学|(?<=季))")),
    ("month", re.compile(_YEAR + r"年(\d{1,2})月(?:底|末|份|初)?")),
    ("end", re.compile(_YEAR + r"(?:学年)?年(?:底|末|年底|年末)")),
    ("year", re.compile(_YEAR + r"(?:学年度?|年度?)(?!级)")),
    ("han", re.compile(_HAN_YEAR + r"年(?:底|末)?")),
    ("day", re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})日|(?<!\d)\d{1,2}月(?:份|底|初|中旬)?")),
    ("clock", re.compile(r"(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)|(?<!\d)\d{1,2}[时点]\d{1,2}分")),
)
_BEFORE_AS_OF = re.compile(r"(?:截至|截止|截止到|截至到|到)$")
_WORDS = re.compile(
    r"(?P<last>(?:近|过去|最近)([一二两三四五六七八九十]|\d{1,2})年来?|(?<!\d)([二两三四五六七八九十]|\d{1,2})年来)"
    r"|[“\"]?(?P<plan>十[一二三四五六])五[”\"]?(?:期间|时期|规划期?内?|以来)?"
    rf"|(?P<vague>{VAGUE_TIME.pattern})"
)
_YEAR_BEFORE_PLANS = 1951
"""The n-th five-year plan of this count begins in 1951 + 5n: the fourteenth in 2021."""


def window_words(plain: str) -> list[TimeWord]:
    """Every window word that is no plain date: 近两年来, “十四五”期间, 去年. In the order of the text."""
    found = []
    for match in _WORDS.finditer(plain):
        if match["last"]:
            number = match[2] or match[3]
            years = int(number) if number.isdigit() else (read_chinese(number) or 0)
            found.append(TimeWord(match.start(), match.end(), TimeSort.LAST_YEARS, years=years))
        elif match["plan"]:
            first = _YEAR_BEFORE_PLANS + 5 * (read_chinese(match["plan"]) or 0)
            found.append(
                TimeWord(match.start(), match.end(), TimeSort.WINDOW, Span.of_years(first, first + 4))
            )
        else:
            found.append(TimeWord(match.start(), match.end(), TimeSort.VAGUE))
    return found


def time_at(plain: str, place: int) -> TimeWord | None:
    """The date, year, term or clock time that begins at ``place``, or None. An impossible date is a word of its own sort."""
    for name, form in _FORMS:
        match = form.match(plain, place)
        if match is not None:
            try:
                word = _word(name, match)
            except ValueError:
                measure = "年" if name == "years" else "日"
                return TimeWord(match.start(), match.end(), TimeSort.IMPOSSIBLE, measure=measure)
            return _as_of(plain, word)
    return None


def _word(name: str, match: re.Match[str]) -> TimeWord:
    start, end = match.span()
    if name in ("day", "clock"):
        return TimeWord(start, end, TimeSort.DAY)
    first = int(match[1]) if name != "han" else (read_chinese(match[1]) or 0)
    if name == "moment":
        day = date(first, int(match[2]), int(match[3]))
        if match[4] is None:
            return TimeWord(start, end, TimeSort.DAY, Span(day, day), moment=day)
        # A page prints Beijing time without saying so; the judge compares it as such.
        moment = datetime(first, day.month, day.day, int(match[4]), int(match[5]), int(match[6] or 0))  # noqa: DTZ001
        return TimeWord(start, end, TimeSort.DAY, Span(day, day), moment=moment)
    if name == "years":
        last = int(match[3])
        if last < first:
            raise ValueError("a span runs forward")
        return TimeWord(start, end, TimeSort.WINDOW, Span.of_years(first, last), measure="年")
    if name == "term":
        term = SchoolTerm(first, "S" if match[2] == "春" else "A")
        days = Span(term.first, _last_of(term))
        return TimeWord(start, end, TimeSort.TERM, days, moment=term.first, measure="学期")
    if name == "month":
        month = int(match[2])
        last_day = date(first, month, monthrange(first, month)[1])
        return TimeWord(start, end, TimeSort.WINDOW, Span(date(first, month, 1), last_day))
    sort = TimeSort.AS_OF if name == "end" or match[0].endswith(("底", "末")) else TimeSort.WINDOW
    return TimeWord(start, end, sort, Span.of_year(first))


def _last_of(term: SchoolTerm) -> date:
    return date(term.year, 8, 31) if term.season == "S" else date(term.year + 1, 1, 31)


def _as_of(plain: str, word: TimeWord) -> TimeWord:
    """截至2023年12月31日: a state on that day, not what happened on it."""
    if word.span is not None and _BEFORE_AS_OF.search(plain[max(0, word.start - 4) : word.start]):
        return TimeWord(word.start, word.end, TimeSort.AS_OF, word.span, moment=word.moment)
    return word
