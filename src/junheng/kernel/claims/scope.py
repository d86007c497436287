"""Of which days and of which place a claim speaks."""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date

from junheng.kernel.claims.find import Claim
from junheng.kernel.claims.known import Kind, Known, Setting, WindowKind
from junheng.kernel.claims.lexicon import TITLE_BEFORE
from junheng.kernel.claims.passage import Passage
from junheng.kernel.claims.places import GENERIC_HOME, is_local_name, place_pattern
from junheng.kernel.claims.times import TimeSort, TimeWord
from junheng.kernel.values.said import Said
from junheng.kernel.values.school_term import SchoolTerm
from junheng.kernel.values.span import Span

_INSTITUTION = re.compile(
    r"[^，,。；;、\d]{0,10}?(?:第[一二三四五六七八九十]+|实验|路|街|师范|附属|外国语)[^，,。；;、]{0,10}?(?:小学|中学|学校|幼儿园|高中|初中)"
)
_COUNTED_LIST = re.compile(r"(?:、[^，。；;]{0,60})?等(?=[\d一二三四五六七八九十两])")
_AND = ("、", "和", "与", "及", "以及")
_SINCE = re.compile(r"(?:以来|至今|起|后)")
_FLOWING = (WindowKind.TWO_YEARS, WindowKind.YEAR, WindowKind.FIVE_YEARS)


@dataclass(frozen=True, slots=True)
class Days:
    """A window and a day to ask about, or the reason why they cannot be known.

    ``suggested``: not said of the claim itself, so that it is no reading where the records cannot answer it.
    """

    window: Span | None
    as_of: date
    why_not: str = ""
    suggested: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A mention of a place: its name, and whether it is home, one of its areas, around it, or another place."""

    start: int
    end: int
    sort: str
    name: str


class Scope:
    """The words of time and place of one text, ready to be asked for any claim in it."""

    def __init__(self, passage: Passage, times: tuple[TimeWord, ...], setting: Setting) -> None:
        self._passage = passage
        self._times = times
        self._time_starts = [word.start for word in times]
        self._setting = setting
        self._places = _places(passage, setting)
        self._place_starts = [place.start for place in self._places]
        self._foreign = _foreign(self._places)
        self._other_time = _other_time(times, setting)

    def days(self, claim: Claim, known: Known) -> tuple[Days, ...]:
        """The readings of time: what the sentence says, or else what the figure and its neighbours suggest."""
        word = self._time_of(claim)
        if known.window is WindowKind.NONE or known.kind in (Kind.RAISED, Kind.DATE, Kind.SPAN):
            return (Days(None, self._setting.as_of),)
        if word is not None:
            return (self._said(word, known),)
        if self._other_time is not None:
            reason = Said(
                "这段文字只说到{window}，不在记录核对的时间之内；如有出入，请在句中写明时间。",
                window=self._other_time.label,
            )
            return (Days(None, self._setting.as_of, reason),)
        kinds = (known.window, *known.other_windows)
        readings = [
            Days(self._default(kind), self._setting.as_of, suggested=at > 0) for at, kind in enumerate(kinds)
        ]
        carried = self._carried(claim) if known.window in _FLOWING else None
        if carried is not None:
            readings.append(replace(self._said(carried, known), suggested=True))
        distinct = {(days.window, days.as_of): days for days in reversed(readings)}
        return tuple(reversed(distinct.values()))

    def place(self, claim: Claim, known: Known, words: list[tuple[int, int]]) -> tuple[str | None, str]:
        """The code of the area the claim is about (None: the whole), and the reason where the records cannot know.

        ``words`` are the places of the figure's own words: a name inside them belongs to the figure.
        """
        first = self._passage.sentence_start(claim.start)
        at = bisect_left(self._place_starts, claim.start)
        while at and self._places[at - 1].start >= first:
            at -= 1
            mention = self._places[at]
            own = self._is_of(mention, known) or any(
                start < mention.end and mention.start < end for start, end in words
            )
            above = mention.sort == "parent" and known.level != "city"  # what the province did is its claim
            if own or above or self._is_part_of_a_name(mention):
                continue
            if mention.sort == "home" and self._foreign:
                break
            if mention.sort == "home":
                return None, ""
            if mention.sort == "area" and self._is_one_of_several(at):
                return None, Said("这句话说的是几个地区合起来的数，记录没有这样合计。")
            if mention.sort == "area":
                return self._setting.areas[mention.name], ""
            return None, Said("这句话说的是{place}，这里的记录只管本市，无从核对。", place=mention.name)
        if self._foreign:
            return None, Said("这段文字说的是{place}，不是本市，这里的记录无从核对。", place=self._foreign)
        return None, ""

    def _time_of(self, claim: Claim) -> TimeWord | None:
        """The last word of time before the claim in its sentence, or one right behind it in its clause."""
        first = self._passage.sentence_start(claim.start)
        at = bisect_left(self._time_starts, claim.start)
        while at and self._times[at - 1].start >= first:
            at -= 1
            if _is_window(self._times[at]):
                return self._times[at]
        end = self._passage.clause_end(claim.end)
        at = bisect_left(self._time_starts, claim.end)
        while at < len(self._times) and self._times[at].start < end:
            if self._times[at].sort is TimeSort.AS_OF:
                return self._times[at]
            at += 1
        return None

    def _carried(self, claim: Claim) -> TimeWord | None:
        """The window of the sentence before, in the same paragraph: it may or may not still hold."""
        first = self._passage.sentence_start(claim.start)
        paragraph = self._passage.paragraph_start(claim.start)
        before = self._passage.sentence_start(first - 1) if first - 1 > paragraph else first
        at = bisect_left(self._time_starts, first)
        while at and self._times[at - 1].start >= max(before, paragraph):
            at -= 1
            if _is_window(self._times[at]):
                said = self._times[at]
                return said if said.sort in (TimeSort.WINDOW, TimeSort.LAST_YEARS) else None
        return None

    def _said(self, word: TimeWord, known: Known) -> Days:
        """What a word of time means for a figure: events happen in windows, a state holds on their last day."""
        as_of = self._setting.as_of
        if word.sort is TimeSort.VAGUE:
            said = self._passage.text[word.start : word.end]
            return Days(None, as_of, Said("“{said}”指哪一段时间，要看文章写于何时；请写明年份。", said=said))
        span = self._last_years(word.years) if word.sort is TimeSort.LAST_YEARS else word.span
        if span is None:
            return Days(self._default(known.window), as_of)
        if _SINCE.match(self._passage.plain, word.end) and span.first <= as_of:
            span = Span(span.first, max(as_of, span.first))
        if span.first > as_of:
            return Days(
                None,
                as_of,
                Said("{window}还没有记录（记录截至{day}）。", window=span.label, day=as_of.isoformat()),
            )
        if known.window in _FLOWING and word.sort is not TimeSort.AS_OF:
            return Days(span, as_of)
        if known.window in _FLOWING:
            return Days(self._default(known.window), min(as_of, span.last))
        return Days(None, min(as_of, span.last))

    def _last_years(self, years: int) -> Span:
        """近两年 is what the setting says; 近三年 ends on the same day and begins a year earlier."""
        window = self._setting.window
        begins = window.last.year - years + 1
        if years < 1 or years == len(window.years) or begins < 1900:
            return window
        return Span(date(begins, window.first.month, min(window.first.day, 28)), window.last)

    def _default(self, kind: WindowKind) -> Span | None:
        as_of = self._setting.as_of
        if kind is WindowKind.TWO_YEARS:
            return self._setting.window
        if kind is WindowKind.YEAR:
            return Span.of_year(as_of.year)
        if kind is WindowKind.FIVE_YEARS:
            first = as_of.year - (as_of.year - 1) % 5
            return Span.of_years(first, first + 4)
        if kind is WindowKind.TERM:
            return Span(SchoolTerm.containing(as_of).first, as_of)
        return None

    def _is_one_of_several(self, at: int) -> bool:
        """山阳区、解放区新建…: the number belongs to several areas together."""
        if not at:
            return False
        before, place = self._places[at - 1], self._places[at]
        return before.sort == "area" and self._passage.plain[before.end : place.start] in _AND

    def _is_of(self, place: Place, known: Known) -> bool:
        """Whether the figure is about this very area, declared by name or by code."""
        declared = known.of_area.split("|")
        return place.name in declared or self._setting.areas.get(place.name) in declared

    def _is_part_of_a_name(self, place: Place) -> bool:
        """山阳区焦东路小学 is a school, 全省优质教育集团 a title; neither says where was counted."""
        plain = self._passage.plain
        if place.sort in ("area", "other", "local", "called") and _INSTITUTION.match(
            plain, place.end, place.end + 30
        ):
            return True
        if place.sort in ("area", "other", "local", "called") and _COUNTED_LIST.match(plain, place.end):
            return True
        if place.sort == "parent":
            return TITLE_BEFORE.search(plain[max(0, place.start - 14) : place.start]) is not None
        return False


def _is_window(word: TimeWord) -> bool:
    return word.sort is TimeSort.VAGUE or word.sort is TimeSort.LAST_YEARS or word.span is not None


def _places(passage: Passage, setting: Setting) -> list[Place]:
    pattern = place_pattern(setting.home, setting.parents, tuple(setting.areas))
    found = []
    for match in pattern.finditer(passage.plain):
        sort = match.lastgroup or ""
        if sort != "local" or is_local_name(match[0]):
            found.append(Place(match.start(), match.end(), sort, match[0]))
    return found


def _other_time(times: tuple[TimeWord, ...], setting: Setting) -> Span | None:
    """The last time a text speaks of, where all its times lie before the window of the setting."""
    spans = [word.span for word in times if word.span is not None]
    if not spans or any(word.sort is TimeSort.LAST_YEARS for word in times):
        return None
    latest = max(spans, key=lambda span: span.last)
    return latest if latest.last < setting.window.first else None


def _foreign(places: list[Place]) -> str:
    """The other place a text is about: one is named, and home and its areas never are."""
    if any(
        place.sort == "area" or (place.sort == "home" and place.name not in GENERIC_HOME) for place in places
    ):
        return ""
    return next((place.name for place in places if place.sort in ("other", "local", "called")), "")
