"""How wide words are in a typeface, where their lines break, and how high a row of a table is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from junheng.platform.papers.faces import FACE, UNKNOWN

if TYPE_CHECKING:
    from fpdf import FPDF

LEADING, PAD, ABOVE = 4.5, 1.4, 0.9
"""Of one line of text, and beside and above it in a cell, in millimetres."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table cut into lines of text, with what it needs of the page."""

    cells: Sequence[Sequence[str]]
    strong: bool

    @property
    def height(self) -> float:
        """Of its fullest cell."""
        return LEADING * max(map(len, self.cells)) + 2 * ABOVE


class Letters:
    """The letters of a PDF in its typeface: measured once each."""

    def __init__(self, pdf: "FPDF", known: dict[int, int]) -> None:
        self.pdf, self.known = pdf, known
        self.size = 0.0
        self.wide: dict[str, float] = {}

    def sized(self, size: float) -> None:
        """Set the size of letters; widths are measured anew."""
        self.pdf.set_font(FACE, size=size)
        if size != self.size:
            self.size, self.wide = size, {}

    def width(self, one: str) -> float:
        """Of one character."""
        if one not in self.wide:
            self.wide[one] = self.pdf.get_string_width(one)
        return self.wide[one]

    def drawable(self, text: str) -> str:
        """The text with a mark for each character that the typeface does not have."""
        return "".join(one if ord(one) in self.known or one == "\n" else UNKNOWN for one in text)

    def long(self, text: str) -> float:
        """Of a text on one line."""
        return sum(map(self.width, text))

    def wrapped(self, text: str, room: float) -> list[str]:
        """A text in lines that fit: broken between Chinese characters, and in a long word where it must be."""
        lines: list[str] = []
        for part in self.drawable(text).split("\n"):
            line, used = "", 0.0
            for one in part:
                wide = self.width(one)
                if line and used + wide > room:
                    kept = wordless(line, one)
                    lines.append(line[:kept])
                    line = line[kept:].lstrip(" ")
                    used = sum(map(self.width, line))
                line, used = line + one, used + wide
            lines.append(line)
        return lines


def cut(row: Row, room: float) -> list[Row]:
    """A row as it is, or in parts where it is higher than a page."""
    most = max(1, int((room - 2 * ABOVE) / LEADING))
    count = -(-max(map(len, row.cells)) // most)
    return [
        Row([cell[place * most : (place + 1) * most] for cell in row.cells], row.strong)
        for place in range(max(1, count))
    ]


OPENING, CLOSING = "（《“‘〔", "）》”’〕，。、；："


def wordless(line: str, following: str) -> int:
    """How much of a line stays where the next character does not fit: a word or a number goes on whole where it can.

    No line ends with a mark that opens something, and none begins with one that closes it.

    >>> wordless("甲乙 abc", "d"), wordless("abcdef", "g"), wordless("甲乙", "丙"), wordless("甲乙（2022", "年"), wordless("甲（", "2")
    (3, 6, 2, 7, 1)
    >>> wordless("甲乙", "，"), wordless("（", "甲")
    (1, 1)
    """
    at = len(line)
    if joins(following):
        while at and joins(line[at - 1]):
            at -= 1
        at = at or len(line)
    elif following in CLOSING and at > 1:
        at -= 1
    while at > 1 and line[at - 1] in OPENING:
        at -= 1
    return at


def joins(one: str) -> bool:
    """Whether a character belongs to a word or a number."""
    return one.isascii() and (one.isalnum() or one in ".,-/_")
