"""Bind a claim to the figures it may mean: by what is counted, qualifiers, measure word and how near they stand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from junheng.kernel.claims.find import Claim, Sort
from junheng.kernel.claims.known import Kind, Known
from junheng.kernel.claims.lexicon import ELLIPTIC, LIGHT, PART_OF, TURNING_WORDS
from junheng.kernel.claims.passage import REACH, Passage
from junheng.kernel.values.said import Said

_OF_MONEY = frozenset({"元", "人民币"})
_PROMISES = frozenset(
    {Kind.UNIVERSAL, Kind.ZERO, Kind.ALL_ENTITLED, Kind.EXACTLY_ONE, Kind.RISING, Kind.PUT_RIGHT}
)
_MONEY = frozenset({Kind.MONEY, Kind.RATE, Kind.RAISED})
_COUNTS = frozenset({Kind.COUNT, Kind.SUM, Kind.DONE_OF_PLANNED, Kind.ENUMERATION, Kind.MINIMUM, Kind.RAISED})
_NO_AMOUNT = frozenset({"百分点", "倍"})
_UNITS_OF_MONEY = frozenset({"fen", "yuan"})
_TAIL = 60
_ELLIPSIS = 3


@dataclass(frozen=True, slots=True)
class Words:
    """A ``Known`` with its alternatives taken apart once for the whole text."""

    known: Known
    nouns: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...]
    near: tuple[tuple[str, ...], ...]
    refuses: tuple[str, ...]
    measures: frozenset[str]


@dataclass(frozen=True, slots=True)
class Fit:
    """A figure that fits a claim: where its words stand, and how far from the claim they are altogether."""

    known: Known
    places: tuple[tuple[int, int], ...]
    crossed: int
    distance: int


@dataclass(frozen=True, slots=True)
class Binding:
    """The figures a claim may mean (none, one, or several that fit equally well), or why none does."""

    fits: tuple[Fit, ...]
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class _Ground:
    """The stretch of text in which a claim's words are looked for. ``omits_noun``: no known noun stands beside it."""

    claim: Claim
    earliest: int
    sentence: int
    own: int
    tail: int
    previous: Claim | None
    omits_noun: bool


class Binder:
    """Binds the claims of one passage to the declared figures."""

    def __init__(self, passage: Passage, known: Sequence[Known]) -> None:
        self._passage = passage
        self._plain = passage.plain
        self._words = [_words(figure) for figure in known]
        self._by_id = {words.known.id: words for words in self._words}
        self._nouns = tuple({noun for words in self._words for noun in words.nouns})
        self._by_form: dict[tuple[object, ...], list[Words]] = {}

    def bind(self, claims: Sequence[Claim], at: int) -> Binding:
        """The figures that ``claims[at]`` may mean."""
        claim = claims[at]
        ground = self._ground(claims, at)
        if claim.own:
            words = self._by_id[claim.own]
            places = self._qualifiers(words, ground, [])
            return (
                Binding((Fit(words.known, (), 0, 0),))
                if places is not None
                else Binding((), Said("这里的前后文不是在说这项数据。"))
            )
        fits, reasons = [], []
        for words in self._candidates(claim):
            fit = self._fit(words, ground)
            if fit is None:
                continue
            reason = self._turned(words, ground, fit)
            if reason:
                reasons.append(reason)
            else:
                fits.append(fit)
        if fits:
            return Binding(_best(fits))
        return Binding((), reasons[0] if reasons else "")

    def _candidates(self, claim: Claim) -> list[Words]:
        """The figures that a claim of this form can speak of at all; worked out once for each form."""
        form = (claim.sort, claim.kind, claim.measure, claim.per, claim.role)
        if form not in self._by_form:
            self._by_form[form] = [
                words for words in self._words if _same_sort(claim, words) and _says_what(claim, words)
            ]
        return self._by_form[form]

    def _ground(self, claims: Sequence[Claim], at: int) -> _Ground:
        claim = claims[at]
        passage = self._passage
        previous = self._previous(claims, at)
        following = claims[at + 1].start if at + 1 < len(claims) else len(self._plain)
        anchor = claim.first if claim.sort is Sort.SEQUENCE else claim.start
        sentence = passage.sentence_start(anchor)
        own = passage.clause_start(anchor)
        if previous is not None and claim.sort in (Sort.NUMBER, Sort.ORDINAL):
            own = max(own, previous.end)
        tail = max(claim.end, min(passage.clause_end(claim.end), following, claim.end + _TAIL))
        if claim.sort is Sort.TIME:
            tail = min(passage.sentence_end(claim.end), claim.end + _TAIL)
        if previous is not None and previous.end <= sentence:
            previous = None
        stretch = self._plain[own:tail]
        omits = not any(noun in stretch for noun in self._nouns)
        return _Ground(claim, passage.paragraph_start(anchor), sentence, own, tail, previous, omits)

    def _previous(self, claims: Sequence[Claim], at: int) -> Claim | None:
        """The number before this one, whose words are its own; the two ends of a change share theirs."""
        claim = claims[at]
        for before in range(at - 2 if claim.role == "to" else at - 1, -1, -1):
            if claims[before].end < claim.start - REACH:
                break
            if claims[before].sort in (Sort.NUMBER, Sort.ORDINAL):
                return claims[before]
        return None

    def _fit(self, words: Words, ground: _Ground) -> Fit | None:
        """Whether the figure's noun stands by the claim and all its qualifiers in its context."""
        claim = ground.claim
        if any(self._in_own(word, ground) for word in words.refuses):
            return None
        places: list[tuple[int, int]] = []
        elliptic = False
        if words.nouns:
            noun = self._nearest(words.nouns, ground, ground.own)
            if noun is None and (claim.sort not in (Sort.NUMBER, Sort.ORDINAL) or ground.omits_noun):
                noun = self._nearest(words.nouns, ground, ground.sentence)
                elliptic = noun is not None and claim.sort in (Sort.NUMBER, Sort.ORDINAL)
            if noun is None:
                return None
            places.append(noun)
        qualifiers = self._qualifiers(words, ground, places)
        if qualifiers is None:
            return None
        if elliptic and not self._ellipsis_holds(words, ground, places[0], qualifiers):
            return None
        if words.known.bare and claim.sort is Sort.NUMBER and not self._plainly_said(places, ground):
            return None
        places += qualifiers
        crossed = sum(self._crosses(place, ground) for place in places)
        return Fit(
            words.known, tuple(places), crossed, sum(self._distance(place, ground) for place in places)
        )

    def _qualifiers(
        self, words: Words, ground: _Ground, places: list[tuple[int, int]]
    ) -> list[tuple[int, int]] | None:
        """One place for each group of qualifiers, or None where a group is missing."""
        found = []
        for groups, start in ((words.near, ground.own), (words.needs, ground.earliest)):
            for group in groups:
                place = self._nearest(group, ground, start)
                if place is None:
                    return None
                found.append(place)
        return found

    def _nearest(self, alternatives: Iterable[str], ground: _Ground, start: int) -> tuple[int, int] | None:
        """The place of the alternative that stands nearest to the claim; of those equally near, the longest."""
        best: tuple[int, int, tuple[int, int]] | None = None
        for word in alternatives:
            for place in self._occurrences(word, ground, start):
                key = (self._distance(place, ground), -len(word), place)
                if best is None or key[:2] < best[:2]:
                    best = key
        return None if best is None else best[2]

    def _occurrences(self, word: str, ground: _Ground, start: int) -> Iterator[tuple[int, int]]:
        claim = ground.claim
        begin = claim.first if claim.sort is Sort.SEQUENCE else claim.start
        at = self._plain.rfind(word, start, begin)
        if at >= 0:
            yield at, at + len(word)
        at = self._plain.find(word, begin, ground.tail)
        if at >= 0:
            yield at, at + len(word)

    def _distance(self, place: tuple[int, int], ground: _Ground) -> int:
        """Joints between the word and the claim."""
        claim = ground.claim
        if place[0] >= claim.start:
            return 0
        return self._passage.breaks_between(place[1], claim.start)

    def _crosses(self, place: tuple[int, int], ground: _Ground) -> bool:
        """Whether another claim stands between the word and this one, so that the word may belong to that one."""
        return ground.previous is not None and place[1] <= ground.previous.start

    def _in_own(self, word: str, ground: _Ground) -> bool:
        return self._plain.find(word, ground.own, ground.tail) >= 0

    def _ellipsis_holds(
        self, words: Words, ground: _Ground, noun: tuple[int, int], qualifiers: list[tuple[int, int]]
    ) -> bool:
        """规划…中小学90所，已完成82所: the noun carries over to a number of the same measure that says something of its own."""
        previous, claim = ground.previous, ground.claim
        own = any(place[0] >= ground.own for place in qualifiers)
        if self._distance(noun, ground) > _ELLIPSIS or not self._says_nothing_else(ground, qualifiers):
            return False
        if self._plain[noun[1] : noun[1] + 1] in ("中", "里", "内"):  # 20所幼儿园中，已有8所: a part of them
            return False
        if previous is not None and self._crosses(noun, ground):
            return own and previous.measure == claim.measure
        return own or (bool(words.measures) and self._passage.breaks_between(noun[1], claim.start) <= 1)

    def _says_nothing_else(self, ground: _Ground, qualifiers: list[tuple[int, int]]) -> bool:
        """Whether the number's own words are the figure's qualifiers and empty ones: 民办幼儿园 is neither."""
        rest = list(self._plain[ground.own : ground.claim.start])
        for start, end in qualifiers:
            for place in range(max(start, ground.own), min(end, ground.claim.start)):
                rest[place - ground.own] = " "
        return ELLIPTIC.fullmatch("".join(rest)) is not None

    def _plainly_said(self, places: list[tuple[int, int]], ground: _Ground) -> bool:
        """A ``bare`` figure means the noun alone: 绿色学校12所 is not the number of schools."""
        start, end = places[0]
        claim = ground.claim
        if PART_OF.match(self._plain, end):
            return False
        left = self._plain[max(ground.own, start - 12) : start]
        if start >= claim.end:
            return LIGHT.fullmatch(self._plain[claim.end : start]) is not None
        numeral_start = claim.numeral.start if claim.numeral is not None else claim.start
        between = self._plain[end:numeral_start]
        return LIGHT.fullmatch(between) is not None and LIGHT.fullmatch(left) is not None

    def _turned(self, words: Words, ground: _Ground, fit: Fit) -> str:
        """Why the claim, though it has the figure's words, says something else: an aim, a change, an average."""
        claim = ground.claim
        known = words.known
        if claim.per and known.kind not in (Kind.MINIMUM, Kind.RATE, Kind.RAISED):
            return Said("这里说的是每一个的数，不是总数。")
        if claim.sort is Sort.LISTING or known.kind is Kind.RAISED:
            return ""
        begin = claim.first if claim.sort is Sort.SEQUENCE else claim.start
        for pattern, reason in TURNING_WORDS:
            for match in pattern.finditer(self._plain, ground.own, begin):
                if not any(start < match.end() and match.start() < end for start, end in fit.places):
                    return reason
        return ""


def _same_sort(claim: Claim, words: Words) -> bool:
    """Whether the form of the claim can speak of this kind of figure at all."""
    kind = words.known.kind
    if claim.sort is Sort.PROMISE:
        return kind is claim.kind or (claim.kind is Kind.UNIVERSAL and kind is Kind.SHARE)
    if claim.sort is Sort.SEQUENCE:
        # a figure with names of its own is counted by naming them, not by 一是 … 二是
        return kind is Kind.ENUMERATION and not words.known.items
    if claim.sort is Sort.ORDINAL:
        return kind is Kind.ORDINAL and (not words.measures or claim.measure in words.measures)
    if claim.sort is Sort.TIME:
        return kind is claim.kind and (not words.measures or claim.measure in words.measures)
    if kind is Kind.DATE or kind is Kind.SPAN or claim.measure in _NO_AMOUNT:
        return False
    if claim.measure == "%":
        return kind is Kind.SHARE or kind in _PROMISES
    if claim.role:
        return kind is Kind.RAISED and (claim.measure in _OF_MONEY) == (words.known.unit in _UNITS_OF_MONEY)
    if claim.measure in _OF_MONEY:
        return kind in _MONEY
    if kind is Kind.RAISED and words.known.unit in _UNITS_OF_MONEY:
        return False
    if kind is Kind.MINIMUM and not claim.per:
        return False
    return kind in _COUNTS and bool(claim.measure) and (not words.measures or claim.measure in words.measures)


def _says_what(claim: Claim, words: Words) -> bool:
    """A number needs a word for what it counts; promises, norms and enumerations may do without."""
    return bool(words.nouns or words.near) or (
        bool(words.needs) and (claim.sort not in (Sort.NUMBER, Sort.ORDINAL) or claim.per)
    )


def _best(fits: list[Fit]) -> tuple[Fit, ...]:
    """The figures whose words belong to no other claim, of those the ones that account for most, of those the nearest.

    What is left is ambiguous.
    """
    least = min(fit.crossed for fit in fits)
    fits = [fit for fit in fits if fit.crossed == least]
    covers = [_covered(fit) for fit in fits]
    undominated = [
        fit for fit, cover in zip(fits, covers, strict=True) if not any(cover < other for other in covers)
    ]
    nearest = min(fit.distance for fit in undominated)
    return tuple(fit for fit in undominated if fit.distance == nearest)


def _covered(fit: Fit) -> frozenset[int]:
    return frozenset(place for start, end in fit.places for place in range(start, end))


def _words(known: Known) -> Words:
    return Words(
        known,
        _alternatives(known.nouns),
        tuple(_alternatives(group) for group in known.needs),
        tuple(_alternatives(group) for group in known.near),
        _alternatives(known.refuses),
        frozenset(_alternatives(known.measure_words)),
    )


def _alternatives(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.split("|") if word)
