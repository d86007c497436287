"""A statement as a PDF: A4 on its side, headings on every page, page x of y, the letters in it. What is long is wrapped."""

from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import TYPE_CHECKING

from junheng.platform.papers.faces import set_in, square, typeface
from junheng.platform.papers.layout import LEADING, PAD, Letters, Row, cut
from junheng.platform.papers.statement import Issue, Statement
from junheng.platform.papers.workbook import notes, signatures
from junheng.platform.sealing.codes import grouped

if TYPE_CHECKING:
    from fpdf import FPDF

WIDTH, HEIGHT, EDGE, FOOT = 297.0, 210.0, 14.0, 16.0
TITLE, TEXT, SMALL = 18.0, 9.5, 8.5
INK, SHADE, MARK = (28, 36, 41), (238, 241, 243), (158, 42, 43)
SQUARE = 24.0
FIXED = "第页，共单位期间金额：制表复核负责人日期（签字）标准说明截至导出核验码校验值-.0123456789ABCDEFGHJKMNPQRSTVWXYZ"


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
        self.pdf, self.statement, self.issue = pdf, statement, issue
        self.letters = Letters(pdf, known)
        self.rows = [(statement.said(one), False) for one in statement.lines]
        self.rows += [(statement.said(one), True) for one in statement.sums]
        self.widths = self.shared()

    def shared(self) -> list[float]:
        """The page shared out to the columns: numbers are never broken, so each gets what its longest needs, words the rest."""
        self.letters.sized(TEXT)
        columns, room = self.statement.columns, WIDTH - 2 * EDGE
        whole = sum(one.width for one in columns)
        asked = [room * one.width / whole for one in columns]
        least = [
            max((self.letters.long(row[place]) for row, _sum in self.rows), default=0) + 2 * PAD + 0.1
            if one.kind != "words"
            else 0.0
            for place, one in enumerate(columns)
        ]
        wide = [max(pair) for pair in zip(asked, least, strict=True)]
        words = sum(width for width, one in zip(wide, columns, strict=True) if one.kind == "words")
        over = sum(wide) - room
        if over <= 0 or words - over < room / 8:
            return [width * room / sum(wide) for width in wide]
        part = (words - over) / words
        return [
            width * part if one.kind == "words" else width for width, one in zip(wide, columns, strict=True)
        ]

    def draw(self) -> None:
        """Every page."""
        self.letters.sized(TEXT)
        headings = self.row([one.heading for one in self.statement.columns], strong=True)
        top = self.head_height() + headings.height
        rows = [
            part
            for said, strong in self.rows
            for part in cut(self.row(said, strong=strong), HEIGHT - FOOT - top)
        ]
        pages: list[list[Row]] = [[]]
        place = top
        for one in rows:
            if place + one.height > HEIGHT - FOOT and pages[-1]:
                pages.append([])
                place = top
            pages[-1].append(one)
            place += one.height
        self.letters.sized(SMALL)
        below = [
            (label, self.letters.wrapped(words, WIDTH - 2 * EDGE - 18 - SQUARE - 6))
            for label, words in notes(self.statement, self.issue)
        ]
        if place + self.below_height(below) > HEIGHT - FOOT:
            pages.append(
                [pages[-1].pop()] if len(pages[-1]) > 1 else []
            )  # the last sum goes with the signatures
        for number, page in enumerate(pages, start=1):
            self.page(headings, page, number, len(pages))
        self.below(below)

    def row(self, cells: Sequence[str], *, strong: bool = False) -> Row:
        """A line of the table, cut to the widths of its columns."""
        return Row(
            [
                self.letters.wrapped(cell, width - 2 * PAD)
                for cell, width in zip(cells, self.widths, strict=True)
            ],
            strong,
        )

    def fitted(self, title: str) -> float:
        """The size at which a title stands in one line; of a very long one, in which it can still be read."""
        self.letters.sized(TITLE)
        wide = self.letters.long(self.letters.drawable(title))
        return max(11.0, min(TITLE, TITLE * (WIDTH - 2 * EDGE) / wide)) if wide else TITLE

    def head_height(self) -> float:
        """Where the table begins."""
        return EDGE + len(self.title_lines()) * 9 + 8

    def title_lines(self) -> list[str]:
        """The title, in more than one line only where it is very long."""
        size, now = self.fitted(self.statement.title), self.letters.size
        self.letters.sized(size)
        lines = self.letters.wrapped(self.statement.title, WIDTH - 2 * EDGE)
        self.letters.sized(TEXT if now == TITLE else now)
        return lines

    def page(self, headings: Row, rows: Sequence[Row], number: int, count: int) -> None:
        """One page: title, whose and when, headings, lines, and its number."""
        pdf, statement = self.pdf, self.statement
        pdf.add_page()
        pdf.set_draw_color(*INK)
        pdf.set_text_color(*INK)
        pdf.set_line_width(0.2)
        lines, top = self.title_lines(), EDGE
        self.letters.sized(self.fitted(statement.title))
        for line in lines:
            self.text(line, EDGE, top + 7, WIDTH - 2 * EDGE, "C")
            top += 9
        self.letters.sized(TEXT)
        self.text(f"单位：{statement.unit}", EDGE, top + 5, 0, "L")
        self.text(f"期间：{statement.period}", EDGE, top + 5, WIDTH - 2 * EDGE, "C")
        self.text(f"金额单位：{statement.measure}", EDGE, top + 5, WIDTH - 2 * EDGE, "R")
        self.place = self.table(headings, top + 8, heading=True)
        for row in rows:
            self.place = self.table(row, self.place)
        self.letters.sized(SMALL)
        self.text(f"第 {number} 页，共 {count} 页", EDGE, HEIGHT - 8, WIDTH - 2 * EDGE, "C")
        self.text(f"核验码 {grouped(self.issue.code)}", EDGE, HEIGHT - 8, WIDTH - 2 * EDGE, "R")
        if statement.marks:
            pdf.set_text_color(*MARK)
            self.text("，".join(statement.marks), EDGE, HEIGHT - 8, 0, "L")
            pdf.set_text_color(*INK)

    def table(self, row: Row, top: float, *, heading: bool = False) -> float:
        """One line of the table; answers where the next begins."""
        self.letters.sized(TEXT)
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
        words = self.letters.drawable(words)
        if not words.strip():
            return
        free = room - self.letters.long(words) if side != "L" else 0
        self.pdf.text(left + free * {"L": 0, "C": 0.5, "R": 1}[side], base, words)

    def below_height(self, below: Sequence[tuple[str, Sequence[str]]]) -> float:
        """What the notes and signatures need."""
        return 4 + max(LEADING * sum(len(lines) for _label, lines in below), SQUARE) + 14

    def below(self, below: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Notes, the square that leads to the page that verifies, and room for signatures."""
        top = self.place + 4
        self.letters.sized(SMALL)
        base = top + LEADING * 0.78
        for label, lines in below:
            self.text(label, EDGE, base, 0, "L")
            for line in lines:
                self.text(line, EDGE + 18, base, 0, "L")
                base += LEADING
        self.pdf.set_fill_color(*INK)
        square(self.pdf, self.issue.address, left=WIDTH - EDGE - SQUARE, top=top, size=SQUARE)
        base = top + max(LEADING * sum(len(lines) for _label, lines in below), SQUARE) + 10
        self.letters.sized(TEXT)
        step = (WIDTH - 2 * EDGE) / len(signatures())
        for place, label in enumerate(signatures()):
            words, left = f"{label}：", EDGE + place * step
            self.text(words, left, base, 0, "L")
            begins = left + self.letters.long(words) + 1
            self.pdf.line(begins, base + 1, left + step - 8, base + 1)
