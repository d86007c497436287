"""Find every claim of a text: numbers with what they count, promises, enumerations, and the words of time."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from junheng.kernel.claims.known import Kind, Known
from junheng.kernel.claims.lexicon import (
    MEASURES,
    PER,
    PROMISES,
    RAISED_FROM,
    RAISED_TO,
    SPELLED_MEASURES,
    SPELLED_NO_COUNT,
)
from junheng.kernel.claims.noise import noise_end
from junheng.kernel.claims.passage import Passage
from junheng.kernel.claims.times import TimeSort, TimeWord, time_at, window_words
from junheng.kernel.errors import Refusal
from junheng.kernel.values.chinese import read_chinese
from junheng.kernel.values.numerals import BOUNDS_AFTER, Bound, Form, Numeral, numeral_at
from junheng.kernel.values.span import Span

MOST_CLAIMS = 50_000
_HIT = re.compile(r"[0-9零〇一二三四五六七八九十两首百千万](?<![百千万])|[百千万]分之")
_MEASURE = re.compile(r" ?(" + "|".join(map(re.escape, MEASURES)) + ")")
_AFTER_MEASURE = re.compile("|".join(sorted(BOUNDS_AFTER, key=len, reverse=True)))
_CHINESE_RUN = re.compile(r"[零〇一二三四五六七八九十百千万亿两]+")
_NOT_BEFORE_SPELLED = tuple("第初高期数几多周之")
_LABEL = re.compile(r"(?:[图表例题问]|附件|附录|专栏|序号) ?$")
_ORDINAL_UNIT = re.compile(r"[批届轮名位次]")
_SEQUENCE = re.compile(r"(?:^|(?<=[。；;：:，,、\n\s“…]))([一二三四五六七八九十]{1,2})是(?![否的])")
_SEQUENCE_GAP = 1500
_LISTING_GAP = 30


class Sort(StrEnum):
    """In which way words make a claim."""

    NUMBER = "number"
    ORDINAL = "ordinal"
    PROMISE = "promise"
    PHRASE = "phrase"  # words a figure declares as its own
    SEQUENCE = "sequence"  # 一是 … 四是
    LISTING = "listing"  # the names of an enumeration
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Claim:
    """Words of the text that say something checkable. ``own`` is the only figure they can mean, where that is fixed."""

    start: int
    end: int
    sort: Sort
    numeral: Numeral | None = None
    measure: str = ""
    per: bool = False
    role: str = ""
    kind: Kind = Kind.COUNT
    count: int = 0
    orderly: bool = True
    first: int = 0
    own: str = ""
    time: TimeWord | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """All claims in the order of the text, and all words of time, which give them their windows."""

    claims: tuple[Claim, ...]
    times: tuple[TimeWord, ...]


def find_claims(passage: Passage, known: Sequence[Known] = ()) -> Found:
    """Find the claims of a passage; ``known`` adds the phrases and enumerations that figures declare.

    Refuses a text with more than 50,000 numbers: that is a table, and tables are checked by importing them.
    """
    numbers: list[Claim] = []
    times: list[TimeWord] = window_words(passage.plain)
    for item in _numbers(passage):
        if isinstance(item, TimeWord):
            times.append(item)
        else:
            numbers.append(item)
            _refuse_too_many(numbers)
    taken = _raised(passage, numbers)
    layers = (list(_phrases(passage, known)), list(_promises(passage)), taken, list(_sequences(passage)))
    claims = _without_overlaps(layers)
    claims = _without_overlaps((claims, list(_listings(passage, known))))
    _refuse_too_many(claims)
    return Found(tuple(claims), tuple(_joined(passage, sorted(times, key=lambda word: word.start))))


def _refuse_too_many(claims: Sequence[Claim]) -> None:
    if len(claims) > MOST_CLAIMS:
        raise Refusal(
            "too-many-claims",
            "这段文字里要核对的地方超过{most}处，更像一张表。请改用导入核对表格，或把文字分段后再核对。",
            most=MOST_CLAIMS,
        )


def _numbers(passage: Passage) -> Iterator[Claim | TimeWord]:
    """Walk over the digits; dates and noise are stepped over, the rest are claims."""
    plain, place = passage.plain, 0
    while (hit := _HIT.search(plain, place)) is not None:
        at = hit.start()
        time = time_at(plain, at)
        if time is not None:
            yield time
            place = time.end
            continue
        place = noise_end(plain, at)
        if place > at:
            ordinal = _ordinal(plain, at, place) if plain[at - 1 : at] == "第" else None
            if ordinal is not None:
                yield ordinal
                place = ordinal.end
            continue
        if plain[at] == "首":
            if _ORDINAL_UNIT.match(plain, at + 1) and plain[at + 1] != "位":
                yield Claim(at, at + 2, Sort.ORDINAL, Numeral(at, at + 1, 1, 1), plain[at + 1])
            place = at + 1
            continue
        claim, place = _number(plain, at)
        if claim is not None:
            yield claim


def _ordinal(plain: str, at: int, end: int) -> Claim | None:
    """第一批, 第3届; 第三十九条 is the number of an article and counts nothing."""
    unit = _ORDINAL_UNIT.match(plain, end)
    words = plain[at:end]
    value = int(words) if words.isdigit() and len(words) < 6 else read_chinese(words)
    if unit is None or value is None:
        return None
    return Claim(at - 1, unit.end(), Sort.ORDINAL, Numeral(at, end, value, 1), unit[0])


def _number(plain: str, at: int) -> tuple[Claim | None, int]:
    """The claim whose number begins at ``at`` (or None) and where to go on."""
    numeral = numeral_at(plain, at)
    if numeral is None:
        run = _CHINESE_RUN.match(plain, at)
        return None, (run.end() if run is not None else _end_of_digits(plain, at))
    if numeral.form in (Form.SHARE, Form.POINTS, Form.MULTIPLE):
        measure, end = (
            {Form.SHARE: "%", Form.POINTS: "百分点", Form.MULTIPLE: "倍"}[numeral.form],
            numeral.end,
        )
    else:
        found = _MEASURE.match(plain, numeral.end)
        if found is None and (
            numeral.chinese or _is_bare_year(numeral) or _LABEL.search(plain[max(0, at - 4) : at])
        ):
            return None, numeral.end
        measure, end = (found[1], found.end()) if found is not None else ("", numeral.end)
        if numeral.chinese and not _is_spelled_count(plain, at, numeral, measure):
            return None, numeral.end
    after = _AFTER_MEASURE.match(plain, end)
    if after is not None:
        end = after.end()
        if numeral.bound is Bound.EXACT:
            numeral = replace(numeral, bound=BOUNDS_AFTER[after[0]])
    per = PER.search(plain[max(0, numeral.start - 16) : numeral.start])
    start = numeral.start - len(per[0]) if per is not None else numeral.start
    return Claim(start, end, Sort.NUMBER, numeral, measure, per=per is not None), end


def _is_bare_year(numeral: Numeral) -> bool:
    return not numeral.scaled and numeral.step == 1 and 1900 <= numeral.value < 2100


def _is_spelled_count(plain: str, at: int, numeral: Numeral, measure: str) -> bool:
    """九部门 is a count; 第九, 周三, 三位一体 and 一个 are not."""
    if measure not in SPELLED_MEASURES or (plain[at - 1 : at] in _NOT_BEFORE_SPELLED and at):
        return False
    if numeral.end - at == 1 and plain[at] == "一":  # 一个, 一所: an article, not a count
        return False
    return SPELLED_NO_COUNT.match(plain, at) is None


def _end_of_digits(plain: str, at: int) -> int:
    end = at
    while end < len(plain) and (plain[end].isdigit() or plain[end] in ",."):
        end += 1
    return max(end, at + 1)


def _raised(passage: Passage, numbers: list[Claim]) -> list[Claim]:
    """Give the two numbers of 由650元提高到720元 their roles."""
    plain = passage.plain
    roles = [
        replace(claim, role="from")
        if claim.measure == "元" and plain[claim.start - 1 : claim.start] in ("由", "从")
        else claim
        for claim in numbers
    ]
    for at in range(len(numbers) - 1):
        first, second = numbers[at], numbers[at + 1]
        between = plain[first.end : second.start]
        if len(between) > 30 or not RAISED_TO.fullmatch(between):
            continue
        if RAISED_FROM.search(plain[passage.clause_start(first.start) : first.start]):
            roles[at] = replace(first, role="from")
            roles[at + 1] = replace(second, role="to")
    return roles


def _promises(passage: Passage) -> Iterator[Claim]:
    for match in PROMISES.finditer(passage.plain):
        yield Claim(match.start(), match.end(), Sort.PROMISE, kind=Kind(match.lastgroup or ""))


def _phrases(passage: Passage, known: Sequence[Known]) -> Iterator[Claim]:
    for figure in known:
        for phrase in filter(None, figure.phrases.split("|")):
            at = passage.plain.find(phrase)
            while at >= 0:
                yield Claim(at, at + len(phrase), Sort.PHRASE, kind=figure.kind, own=figure.id)
                at = passage.plain.find(phrase, at + len(phrase))


def _sequences(passage: Passage) -> Iterator[Claim]:
    """一是 … 二是 … 四是: one claim, standing on its last mark, about how many there are."""
    group: list[tuple[int, int, int]] = []
    for match in _SEQUENCE.finditer(passage.plain):
        number = read_chinese(match[1]) or 0
        if group and (number == 1 or match.start() - group[-1][1] > _SEQUENCE_GAP):
            yield from _sequence(group)
            group = []
        if group or number == 1:
            group.append((match.start(), match.end(), number))
    yield from _sequence(group)


def _sequence(group: list[tuple[int, int, int]]) -> Iterator[Claim]:
    if len(group) > 1:
        start, end, number = group[-1]
        orderly = [mark[2] for mark in group] == list(range(1, len(group) + 1))
        yield Claim(
            start, end, Sort.SEQUENCE, kind=Kind.ENUMERATION, count=number, orderly=orderly, first=group[0][0]
        )


def _listings(passage: Passage, known: Sequence[Known]) -> Iterator[Claim]:
    """The names of an enumeration, all or all but one, close together."""
    for figure in known:
        items = [item for item in figure.items.split("|") if item]
        if len(items) < 3:
            continue
        places = sorted(
            (match.start(), item) for item in items for match in re.finditer(re.escape(item), passage.plain)
        )
        group: list[tuple[int, str]] = []
        for place, item in [*places, (len(passage.plain) + _LISTING_GAP + 1, "")]:
            if group and (place - group[-1][0] > _LISTING_GAP or item in {name for _, name in group}):
                if len(group) >= len(items) - 1:
                    end = group[-1][0] + len(group[-1][1])
                    yield Claim(
                        group[0][0], end, Sort.LISTING, kind=Kind.ENUMERATION, count=len(group), own=figure.id
                    )
                group = []
            group.append((place, item))


def _without_overlaps(layers: Sequence[Sequence[Claim]]) -> list[Claim]:
    """Earlier layers win over later ones, longer claims over shorter; the rest in the order of the text."""
    ranked = sorted(
        ((claim.start, rank, -claim.end, claim) for rank, layer in enumerate(layers) for claim in layer),
        key=lambda entry: entry[:3],
    )
    kept: list[tuple[int, Claim]] = []
    for _, rank, _, claim in ranked:
        if not kept or claim.start >= kept[-1][1].end:
            kept.append((rank, claim))
        elif rank < kept[-1][0]:
            kept[-1] = (rank, claim)
    return [claim for _, claim in kept]


def _joined(passage: Passage, times: list[TimeWord]) -> Iterator[TimeWord]:
    """2022年1月1日至2023年12月31日 is one window."""
    place = 0
    while place < len(times):
        word = times[place]
        other = times[place + 1] if place + 1 < len(times) else None
        if (
            other is not None
            and word.span is not None
            and other.span is not None
            and word.span.first <= other.span.last
            and passage.plain[word.end : other.start].strip() in ("至", "到", "-", "—", "——", "~")
        ):
            window = Span(word.span.first, other.span.last)
            yield TimeWord(word.start, other.end, TimeSort.WINDOW, window)
            place += 2
        else:
            yield word
            place += 1
