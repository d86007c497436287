"""Fill a template: text, and for every printed number where it stands and which figure it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from junheng.kernel.bulletins.template import Block, Slot, SlotKind, Template
from junheng.kernel.bulletins.wording import true_wording
from junheng.kernel.claims.known import Answer
from junheng.kernel.claims.printing import print_day, print_moment, print_number, print_span, print_term
from junheng.kernel.claims.weigh import holds
from junheng.kernel.errors import Refusal
from junheng.kernel.values.rounding import Rounding
from junheng.kernel.values.school_term import SchoolTerm
from junheng.kernel.values.span import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a paragraph; ``slot`` says which figure they print, None for plain words."""

    text: str
    slot: Slot | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the whole text a slot was printed: ``text[start:end]``."""

    start: int
    end: int
    slot: Slot


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, in pieces and as text, and where it begins in the whole text."""

    start: int
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The paragraph without its slots' addresses."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading and its paragraphs; what stands before the first heading is a chapter without one."""

    heading: Paragraph | None
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A filled bulletin: the whole text (blocks divided by line ends), its places, its title and chapters."""

    text: str
    spans: tuple[Place, ...]
    title: str
    chapters: tuple[Chapter, ...]


def render(
    template: Template, answer: Callable[[Slot], Answer | None], *, rounding: Rounding = Rounding.HALF_UP
) -> Rendered:
    """Fill every slot with what ``answer`` says. Money answers come in fen, shares as exact fractions.

    Refuses a slot without an answer, and a promise that has counter-examples: the refusal proposes the wording
    that would be true, for every such promise of the bulletin at once.
    """
    answers = {slot: answer(slot) for slot in template.slots if slot.kind is not SlotKind.NAME}
    _refuse_missing(answers)
    _refuse_broken(answers)
    place = 0
    spans: list[Place] = []
    done: list[tuple[str, Paragraph]] = []
    for block in template.blocks:
        paragraph = _filled(block, answers, place, rounding)
        at = place
        for piece in paragraph.pieces:
            if piece.slot is not None:
                spans.append(Place(at, at + len(piece.text), piece.slot))
            at += len(piece.text)
        done.append((block.kind, paragraph))
        place = at + 1
    text = "\n".join(paragraph.text for _, paragraph in done)
    title = next((paragraph.text for kind, paragraph in done if kind == "title"), "")
    return Rendered(text, tuple(spans), title, _chapters(done))


def _filled(block: Block, answers: dict[Slot, Answer | None], place: int, rounding: Rounding) -> Paragraph:
    pieces = []
    for piece in block.pieces:
        if isinstance(piece, str):
            pieces.append(Piece(piece))
        elif piece.kind is SlotKind.NAME:
            pieces.append(Piece(piece.id))
        else:
            given = answers[piece]
            assert given is not None
            pieces.append(Piece(_printed(piece, given, rounding), piece))
    return Paragraph(place, tuple(pieces))


def _printed(slot: Slot, answer: Answer, rounding: Rounding) -> str:
    """One slot as text."""
    if slot.kind is SlotKind.PROMISE:
        return slot.style
    if slot.kind is SlotKind.DATE:
        return _printed_time(slot, answer.value)
    if isinstance(answer.value, int | Fraction) and not isinstance(answer.value, bool):
        return print_number(answer.value, slot.style, rounding)
    raise Refusal(
        "slot-not-a-number",
        "第{line}行的“{id}”不是数，不能按“{style}”来印。日期请写成 {example}。",
        line=slot.line,
        id=slot.id,
        style=slot.style,
        example="{{ date 编号 }}",
    )


def _printed_time(slot: Slot, value: object) -> str:
    """A day, moment, term, window or year; a style with dashes prints days the short way."""
    if isinstance(value, datetime):
        return print_moment(value)
    if isinstance(value, date):
        return print_day(value, dashes="-" in slot.style)
    if isinstance(value, Span):
        return print_span(value)
    if isinstance(value, SchoolTerm):
        return value.label
    if isinstance(value, str):
        return print_term(value)
    if isinstance(value, tuple):
        return f"{value[0]}—{value[1]}年"
    if isinstance(value, int):
        return f"{value}年"
    raise Refusal(
        "slot-not-a-date",
        "第{line}行的“{id}”不是日期、学期或时间段，无法印出。请检查编号。",
        line=slot.line,
        id=slot.id,
    )


def _refuse_missing(answers: dict[Slot, Answer | None]) -> None:
    for slot, given in answers.items():
        if given is None or (given.value is None and slot.kind is not SlotKind.PROMISE):
            raise Refusal(
                "slot-without-answer",
                "第{line}行的“{id}”没有数据，报告不能发布。请先计算这项数据，或从文中删去这句话。",
                line=slot.line,
                id=slot.id,
            )


def _refuse_broken(answers: dict[Slot, Answer | None]) -> None:
    """A universal sentence is printed only while it is true without exception."""
    broken = [
        (slot, given)
        for slot, given in answers.items()
        if slot.kind is SlotKind.PROMISE and given is not None and not holds(given)
    ]
    if broken:
        listed = "；".join(
            f"第{slot.line}行“{slot.style}”不成立，可改写为“{true_wording(slot.style, given)}”"
            for slot, given in broken
        )
        raise Refusal("promise-broken", "报告不能发布：{listed}。补齐记录或改写后再试。", listed=listed)


def _chapters(done: list[tuple[str, Paragraph]]) -> tuple[Chapter, ...]:
    chapters: list[Chapter] = []
    heading: Paragraph | None = None
    paragraphs: list[Paragraph] = []
    for kind, paragraph in done:
        if kind == "chapter":
            if heading is not None or paragraphs:
                chapters.append(Chapter(heading, tuple(paragraphs)))
            heading, paragraphs = paragraph, []
        elif kind == "paragraph":
            paragraphs.append(paragraph)
    if heading is not None or paragraphs:
        chapters.append(Chapter(heading, tuple(paragraphs)))
    return tuple(chapters)
