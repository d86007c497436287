"""A statement as a PDF: A4 on its side, headings on every page, page x of y, the letters in it. What is long is wrapped."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from junheng.platform.papers.faces import FACE, UNKNOWN, set_in, square, typeface
from junheng.platform.papers.statement import Issue, Statement
from junheng.platform.papers.workbook import notes, signatures
from junheng.platform.sealing.codes import grouped

if TYPE_CHECKING:
    from fpdf import FPDF

WIDTH, HEIGHT, EDGE, FOOT = 297.0, 210.0, 14.0, 16.0
TITLE, TEXT, SMALL = 18.0, 9.5, 8.5
LEADING, PAD = 4.5, 1.4
"""Of one line of text, and round it in a cell, in millimetres."""
INK, SHADE, MARK = (28, 36, 41), (238, 241, 243), (158, 42, 43)
SQUARE = 24.0
FIXED = "第页，共单位期间金额：制表复核负责人日期（签字）标准说明导出核验码校验值-.0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table cut into lines of text, with what it needs of the page."""

    cells: Sequence[Sequence[str]]
    strong: bool

    @property
    def height(self) -> float:
        """Of its fullest cell."""
        return LEADING * max(map(len, self.cells)) + 2 * PAD


def pdf_of(statement: Statement, issue: Issue) -> bytes:
    """The file. The same statement, issued at the same moment, makes the same bytes."""
    from fpdf import FPDF  # noqa: PLC0415 — a slow import, needed by a print alone and by no page

    pdf = FPDF("L", "mm", "A4")
    pdf.set_auto_page_break(False)
    pdf.set_creation_date(issue.at.astimezone(UTC))
    pdf.set_lang("zh-CN")
    pdf.set_title(statement.title)
    pdf.set_author(statement.unit)
    with typeface([*words_of(statement, issue), FIXED]) as face:
        known = set_in(pdf, face)
        Sheet(pdf, statement, issue, known).draw()
        return bytes(pdf.output())


def words_of(statement: Statement, issue: Issue) -> Iterator[str]:
    """Every word of a statement."""
    yield from (statement.title, statement.unit, statement.period, statement.measure, *statement.marks)
    yield from (one.heading for one in statement.columns)
    for row in (*statement.lines, *statement.sums):
        yield from statement.said(row)
    for label, text in notes(statement, issue):
        yield from (label, text)


class Sheet:
    """The pages of one statement, laid out before the first is drawn, so that each knows how many there are."""

    def __init__(self, pdf: "FPDF", statement: Statement, issue: Issue, known: dict[int, int]) -> None:
        self.pdf, self.statement, self.issue, self.known = pdf, statement, issue, known
        whole = sum(one.width for one in statement.columns)
        self.widths = [(WIDTH - 2 * EDGE) * one.width / whole for one in statement.columns]
        self.size = 0.0
        self.wide: dict[str, float] = {}

    def draw(self) -> None:
        """Every page."""
        self.sized(TEXT)
        headings = self.row([one.heading for one in self.statement.columns], strong=True)
        rows = [self.row(self.statement.said(one)) for one in self.statement.lines]
        rows += [self.row(self.statement.said(one), strong=True) for one in self.statement.sums]
        pages, top = [[]], self.head_height() + headings.height  # type: list[list[Row]], float
        place = top
        for one in rows:
            if place + one.height > HEIGHT - FOOT and pages[-1]:
                pages.append([])
                place = top
            pages[-1].append(one)
            place += one.height
        self.sized(SMALL)
        below = [
            (label, self.wrapped(words, WIDTH - 2 * EDGE - 18 - SQUARE - 6))
            for label, words in notes(self.statement, self.issue)
        ]
        if place + self.below_height(below) > HEIGHT - FOOT:
            pages.append([])
        for number, page in enumerate(pages, start=1):
            self.page(headings, page, number, len(pages))
        self.below(below)

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

    def row(self, cells: Sequence[str], *, strong: bool = False) -> Row:
        """A line of the table, cut to the widths of its columns."""
        return Row(
            [self.wrapped(cell, width - 2 * PAD) for cell, width in zip(cells, self.widths, strict=True)],
            strong,
        )

    def fitted(self, title: str) -> float:
        """The size at which a title stands in one line; of a very long one, in which it can still be read."""
        self.sized(TITLE)
        wide = sum(map(self.width, self.drawable(title)))
        return max(11.0, min(TITLE, TITLE * (WIDTH - 2 * EDGE) / wide)) if wide else TITLE

    def head_height(self) -> float:
        """Where the table begins."""
        return EDGE + len(self.title_lines()) * 9 + 8

    def title_lines(self) -> list[str]:
        """The title, in more than one line only where it is very long."""
        size, now = self.fitted(self.statement.title), self.size
        self.sized(size)
        lines = self.wrapped(self.statement.title, WIDTH - 2 * EDGE)
        self.sized(TEXT if now == TITLE else now)
        return lines

    def page(self, headings: Row, rows: Sequence[Row], number: int, count: int) -> None:
        """One page: title, whose and when, headings, lines, and its number."""
        pdf, statement = self.pdf, self.statement
        pdf.add_page()
        pdf.set_draw_color(*INK)
        pdf.set_text_color(*INK)
        pdf.set_line_width(0.2)
        lines, top = self.title_lines(), EDGE
        self.sized(self.fitted(statement.title))
        for line in lines:
            self.text(line, EDGE, top + 7, WIDTH - 2 * EDGE, "C")
            top += 9
        self.sized(TEXT)
        self.text(f"单位：{statement.unit}", EDGE, top + 5, 0, "L")
        self.text(f"期间：{statement.period}", EDGE, top + 5, WIDTH - 2 * EDGE, "C")
        self.text(f"金额单位：{statement.measure}", EDGE, top + 5, WIDTH - 2 * EDGE, "R")
        self.place = self.table(headings, top + 8, heading=True)
        for row in rows:
            self.place = self.table(row, self.place)
        self.sized(SMALL)
        self.text(f"第 {number} 页，共 {count} 页", EDGE, HEIGHT - 8, WIDTH - 2 * EDGE, "C")
        self.text(f"核验码 {grouped(self.issue.code)}", EDGE, HEIGHT - 8, WIDTH - 2 * EDGE, "R")
        if statement.marks:
            pdf.set_text_color(*MARK)
            self.text("，".join(statement.marks), EDGE, HEIGHT - 8, 0, "L")
            pdf.set_text_color(*INK)

    def table(self, row: Row, top: float, *, heading: bool = False) -> float:
        """One line of the table; answers where the next begins."""
        self.sized(TEXT)
        left, height = EDGE, row.height
        for column, width, lines in zip(self.statement.columns, self.widths, row.cells, strict=True):
            if row.strong:
                self.pdf.set_fill_color(*SHADE)
            self.pdf.rect(left, top, width, height, style="DF" if row.strong else "D")
            side = "C" if heading else "L" if column.kind == "words" else "R"
            base = top + (height - LEADING * len(lines)) / 2 + LEADING * 0.78
            for line in lines:
                self.text(line, left + PAD, base, width - 2 * PAD, side)
                base += LEADING
            left += width
        return top + height

    def text(self, words: str, left: float, base: float, room: float, side: str) -> None:
        """Words on one line, to the left, in the middle or to the right of some room."""
        words = self.drawable(words)
        if not words.strip():
            return
        free = room - sum(map(self.width, words)) if side != "L" else 0
        self.pdf.text(left + free * {"L": 0, "C": 0.5, "R": 1}[side], base, words)

    def below_height(self, below: Sequence[tuple[str, Sequence[str]]]) -> float:
        """What the notes and signatures need."""
        return 4 + max(LEADING * sum(len(lines) for _label, lines in below), SQUARE) + 14

    def below(self, below: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Notes, the square that leads to the page that verifies, and room for signatures."""
        top = self.place + 4
        self.sized(SMALL)
        base = top + LEADING * 0.78
        for label, lines in below:
            self.text(label, EDGE, base, 0, "L")
            for line in lines:
                self.text(line, EDGE + 18, base, 0, "L")
                base += LEADING
        self.pdf.set_fill_color(*INK)
        square(self.pdf, self.issue.address, left=WIDTH - EDGE - SQUARE, top=top, size=SQUARE)
        base = top + max(LEADING * sum(len(lines) for _label, lines in below), SQUARE) + 10
        self.sized(TEXT)
        step = (WIDTH - 2 * EDGE) / len(signatures())
        for place, label in enumerate(signatures()):
            words, left = f"{label}：", EDGE + place * step
            self.text(words, left, base, 0, "L")
            begins = left + sum(map(self.width, words)) + 1
            self.pdf.line(begins, base + 1, left + step - 8, base + 1)


def wordless(line: str, following: str) -> int:
    """How much of a line stays where the next character does not fit: a word or a number goes on whole where it can.

    >>> wordless("甲乙 abc", "d"), wordless("abcdef", "g"), wordless("甲乙", "丙")
    (3, 6, 2)
    """
    at = len(line)
    if not joins(following):
        return at
    while at and joins(line[at - 1]):
        at -= 1
    return at or len(line)


def joins(one: str) -> bool:
    """Whether a character belongs to a word or a number."""
    return one.isascii() and (one.isalnum() or one in ".,-/_")
