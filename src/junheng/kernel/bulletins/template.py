"""Bulletin templates: prose in which every number is a slot.

The markup is small::

    # title
    ## chapter
    paragraphs, divided by empty lines; lines of one paragraph are joined

    {{ kg-public-70 | 所 }}                      a figure and the style it is printed in
    {{ weak-coverage | 全覆盖 }}                  a promise and the phrase that may be printed while it holds
    {{ promise rounds-n | 多轮次 }}              the same with words the reader does not know as a promise
    {{ date page-date | 2024-3-6 9:43:48 }}     a day, moment, term or window; the style shows the form
    {{ "12345热线" }}                            a proper name that contains digits, printed as it stands

A digit, or a number spelled in Chinese with a measure word, outside a slot is refused with its line: no figure is
typed by hand.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from junheng.kernel.claims.lexicon import PROMISES, SPELLED_MEASURES, SPELLED_NO_COUNT
from junheng.kernel.claims.printing import Style
from junheng.kernel.errors import Refusal
from junheng.kernel.values.chinese import CHARACTERS

_SLOT = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.:-]*")
_DIGITS = re.compile(r"[0-9０-９]+(?:[.．,][0-9０-９]+)*[%％]?")
_NOT_A_COUNT = frozenset("第初高周之")


class SlotKind(StrEnum):
    """What stands in a slot."""

    NUMBER = "number"
    PROMISE = "promise"
    DATE = "date"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of the text that a figure, a promise, a date or a proper name fills. ``line`` counts from one."""

    kind: SlotKind
    id: str
    style: str
    line: int


@dataclass(frozen=True, slots=True)
class Block:
    """A title, a chapter heading or a paragraph: words and slots in their order."""

    kind: str
    pieces: tuple[str | Slot, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A parsed bulletin: its blocks. Parsing has proved that no bare number stands in it."""

    blocks: tuple[Block, ...]

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Every slot in the order of the text."""
        return tuple(piece for block in self.blocks for piece in block.pieces if isinstance(piece, Slot))

    @property
    def ids(self) -> tuple[str, ...]:
        """Every figure, promise and date the bulletin rests on, each once, in the order of the text."""
        return tuple(dict.fromkeys(slot.id for slot in self.slots if slot.kind is not SlotKind.NAME))


def parse(template: str, *, counted: Collection[str] = SPELLED_MEASURES) -> Template:
    r"""Read a template; refuses an unreadable slot and a bare number, naming line and digits.

    ``counted``: the measure words after which a number spelled in Chinese counts as a figure (九部门).

    >>> parse("# 年度报告\n\n建成{{ kg | 所 }}。").ids
    ('kg',)
    """
    blocks = []
    for kind, text, line in _blocks(template):
        pieces: list[str | Slot] = []
        for piece, at in _pieces(text, line):
            if isinstance(piece, str):
                _refuse_bare_numbers(piece, at, counted)
            pieces.append(piece.replace("\n", "") if isinstance(piece, str) else piece)
        blocks.append(Block(kind, tuple(pieces)))
    return Template(tuple(blocks))


def _blocks(template: str) -> list[tuple[str, str, int]]:
    """Blocks as (kind, raw text, first line)."""
    blocks: list[tuple[str, str, int]] = []
    lines: list[str] = []
    first = 1
    for number, line in enumerate([*template.splitlines(), ""], start=1):
        heading = re.match(r"(#{1,2})\s+(.*)", line)
        if lines and (heading or not line.strip()):
            blocks.append(("paragraph", "\n".join(lines), first))
            lines = []
        if heading:
            blocks.append(("title" if heading[1] == "#" else "chapter", heading[2].strip(), number))
        elif line.strip():
            first = first if lines else number
            lines.append(line.strip())
    return blocks


def _pieces(text: str, line: int) -> Iterator[tuple[str | Slot, int]]:
    """The words and slots of a block, each with the line it begins on."""
    place = 0
    for match in _SLOT.finditer(text):
        if match.start() > place:
            yield text[place : match.start()], line + text.count("\n", 0, place)
        at = line + text.count("\n", 0, match.start())
        yield _slot(match[1].strip(), at), at
        place = match.end()
    if place < len(text):
        yield text[place:], line + text.count("\n", 0, place)


def _slot(body: str, line: int) -> Slot:
    """Read what stands between the braces."""
    if len(body) > 2 and body[0] == body[-1] == '"':
        return Slot(SlotKind.NAME, body[1:-1], "", line)
    head, _, style = (part.strip() for part in body.partition("|"))
    said, _, rest = head.partition(" ")
    name = rest.strip() if said in ("date", "promise") and rest else head
    if not _ID.fullmatch(name):
        raise Refusal(
            "slot-unreadable",
            "第{line}行的占位“{body}”读不懂。请写成 {example}。",
            line=line,
            body=body[:40],
            example="{{ 数据编号 | 印法 }}",
        )
    if said == "date" and rest:
        return Slot(SlotKind.DATE, name, style, line)
    if (said == "promise" and rest and style) or PROMISES.fullmatch(style):
        return Slot(SlotKind.PROMISE, name, style, line)
    Style.parse(style)
    return Slot(SlotKind.NUMBER, name, style, line)


def _refuse_bare_numbers(piece: str, line: int, counted: Collection[str]) -> None:
    """A number outside a slot stops the bulletin; ``line`` is where the piece begins."""
    found = _DIGITS.search(piece) or _spelled(piece, counted)
    if found is not None:
        raise Refusal(
            "bare-number",
            "第{line}行有一个没有出处的数“{digits}”。数字不能手写，请改为占位 {example}；专有名词请加引号写成占位。",
            line=line + piece.count("\n", 0, found.start()),
            digits=found[0],
            example="{{ 数据编号 | 印法 }}",
        )


def _spelled(piece: str, counted: Collection[str]) -> re.Match[str] | None:
    """The first number spelled in Chinese that counts something, or None."""
    if not counted:
        return None
    measures = "|".join(sorted(map(re.escape, counted), key=len, reverse=True))
    for match in re.finditer(f"[{CHARACTERS}]+(?:{measures})", piece):
        before = piece[match.start() - 1 : match.start()] if match.start() else ""
        alone = match[0][0] == "一" and match[0][1] not in CHARACTERS
        fixed = SPELLED_NO_COUNT.match(piece, match.start()) is not None
        if before not in _NOT_A_COUNT and match[0][0] not in "百千万亿" and not alone and not fixed:
            return match
    return None
