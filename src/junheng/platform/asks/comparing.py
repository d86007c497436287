"""What a unit gets back: its own answers over the terms, beside its like in the county and the city.

Of others only medians, quartiles and counts are shown, never the least and the most, and nothing of few.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.asks.models import Answer, Question, Response
from junheng.platform.asks.terms import COUNTABLE, Progress
from junheng.platform.asks.values import in_words, number_in_words
from junheng.platform.figures.withholding import withheld

BACK = 4
"""Earlier surveys that are looked back on."""
WIDE, MARGIN = 600, 20


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of a group: how many, a quarter, half and three quarters of the way up."""

    count: int
    low: int
    middle: int
    high: int


@dataclass(frozen=True, slots=True)
class Strip:
    """A group as a drawing: the box from quarter to quarter, the middle, oneself. In words: the same."""

    name: str
    count: int
    low: str
    middle: str
    high: str
    box: tuple[int, int]
    line: int
    own: int | None


@dataclass(frozen=True, slots=True)
class Share:
    """How many units gave one answer; ``None`` where it is withheld."""

    label: str
    count: int | None
    own: bool


@dataclass(frozen=True, slots=True)
class Point:
    """One's own answer in one term; ``printed`` and ``value`` are what a trend is drawn from."""

    label: str
    printed: str
    value: int | None


@dataclass(frozen=True, slots=True)
class Back:
    """What comes back for one question."""

    question: Question
    own: str
    source: str
    points: Sequence[Point] = ()
    strips: Sequence[Strip] = ()
    shares: Sequence[Share] = ()
    few: bool = False
    """Whether a group was too small to be shown."""


def spread_of(numbers: Iterable[int], *, least: int) -> Spread | None:
    """Median and quartiles by nearest rank, whole numbers all; ``None`` of fewer than ``least``.

    >>> spread_of([7, 1, 3, 9, 5], least=5)
    Spread(count=5, low=3, middle=5, high=7)
    >>> spread_of([1, 2, 3, 4], least=5) is None
    True
    """
    ordered = sorted(numbers)
    if len(ordered) < max(least, 1):
        return None
    low, middle, high = (ordered[-(-part * len(ordered) // 4) - 1] for part in (1, 2, 3))
    return Spread(len(ordered), low, middle, high)


def give_back(
    response: Response,
    questions: Sequence[Question],
    answers: Sequence[Answer],
    *,
    least: int,
    names: tuple[str, str],
) -> list[Back]:
    """Everything that comes back, in the order of the questions; three questions to the database, however many units.

    ``names`` are what the county's and the city's group are called.
    """
    own = {row.question_id: row for row in answers}
    others: dict[int, list[tuple[str, int | None, str]]] = {}
    for question, value, number, area in Answer.objects.filter(
        question__in=questions, response__kind=response.kind, response__state=Progress.SENT
    ).values_list("question", "value", "number", "response__area"):
        others.setdefault(question, []).append((value, number, area))
    past = history_of(response, questions)
    found = []
    for one in questions:
        mine = own.get(one.pk)
        rows = others.get(one.pk, [])
        back = Back(
            one,
            in_words(one, mine.value) if mine and not one.linked_register else mine.value if mine else "",
            mine.origin_note if mine else "",
            points=past.get(one.pk, ()) + points_of(one, response, mine),
        )
        found.append(beside(back, rows, response, mine, least=least, names=names))
    return found


def beside(
    back: Back,
    rows: Sequence[tuple[str, int | None, str]],
    response: Response,
    mine: Answer | None,
    *,
    least: int,
    names: tuple[str, str],
) -> Back:
    """One question with its like in the county and the city."""
    one = back.question
    numbers = [(number, area) for _value, number, area in rows if number is not None]
    if numbers:
        groups = [[n for n, area in numbers if area[:6] == response.area[:6]], [n for n, _area in numbers]]
        spreads = [spread_of(group, least=least) for group in groups]
        shown = [(name, spread) for name, spread in zip(names, spreads, strict=True) if spread]
        strips = drawn(one, shown, mine.number if mine else None)
        return Back(one, back.own, back.source, back.points, strips, few=len(shown) < len(groups))
    if one.kind in COUNTABLE and rows:
        shares = shares_of(
            one, [value for value, _number, _area in rows], mine.value if mine else "", least=least
        )
        few = not shares or any(share.count is None for share in shares)
        return Back(one, back.own, back.source, back.points, (), shares, few)
    return back


def drawn(question: Question, spreads: Sequence[tuple[str, Spread]], own: int | None) -> list[Strip]:
    """The groups on one scale, so that they can be compared with one another."""
    values = [edge for _name, one in spreads for edge in (one.low, one.high)] + ([] if own is None else [own])
    if not values:
        return []
    least, most = min(values), max(values)
    width = WIDE - 2 * MARGIN

    def place(value: int) -> int:
        return MARGIN + (width * (value - least) // (most - least) if most > least else width // 2)

    return [
        Strip(
            name=name,
            count=one.count,
            low=number_in_words(question, one.low),
            middle=number_in_words(question, one.middle),
            high=number_in_words(question, one.high),
            box=(place(one.low), max(place(one.high) - place(one.low), 4)),
            line=place(one.middle),
            own=None if own is None else place(own),
        )
        for name, one in spreads
    ]


def shares_of(question: Question, values: Sequence[str], own: str, *, least: int) -> list[Share]:
    """How many gave each answer in the whole city; small counts, and those that would betray them, are withheld."""
    if len(values) < least:
        return []
    options = list(question.choices) or ["yes", "no"]
    counts = {option: values.count(option) for option in options}
    hidden = withheld(counts, least)
    return [
        Share(in_words(question, option), None if option in hidden else count, option == own)
        for option, count in counts.items()
    ]


def history_of(response: Response, questions: Sequence[Question]) -> dict[int, tuple[Point, ...]]:
    """What the same unit answered in earlier terms, oldest first."""
    earlier: dict[int, int] = {}
    current = {one.before_id: one.pk for one in questions if one.before_id}
    steps = 0
    while current and steps < BACK:
        earlier |= current
        chain = Question.objects.filter(pk__in=current).values_list("pk", "before")
        current = {before: current[pk] for pk, before in chain if before}
        steps += 1
    found: dict[int, tuple[Point, ...]] = {}
    rows = Answer.objects.filter(
        question__in=earlier, response__unit=response.unit, response__state=Progress.SENT
    ).select_related("question", "response__collection")
    for row in sorted(rows, key=lambda one: (one.response.collection.opens_on, one.pk)):
        pk = earlier[row.question_id]
        found[pk] = found.get(pk, ()) + points_of(row.question, row.response, row)
    return found


def points_of(question: Question, response: Response, answer: Answer | None) -> tuple[Point, ...]:
    """One's own answer as a point of the trend."""
    if answer is None:
        return ()
    text = answer.value if question.linked_register else in_words(question, answer.value)
    return (Point(SchoolTerm.parse(response.collection.term).label, text, answer.number),)
