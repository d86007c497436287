"""A certificate on paper: one page with its code as letters and as a square, in a typeface that travels with the file."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from junheng.platform.papers.faces import FACE, set_in, square, typeface
from junheng.platform.papers.printable import chinese

if TYPE_CHECKING:
    from fpdf import FPDF

WIDTH, HEIGHT, EDGE = 297, 210, 12
"""An A4 sheet on its side, in millimetres."""
SQUARE = 30
INK, SEAL = (28, 36, 41), (158, 42, 43)
ALWAYS = "0123456789-年月日至前有效长期授予核验编号依据持证书演示数据 .:/?=·（）〔〕，。"


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on one sheet."""

    code: str
    awards: str
    holder: str
    person: str
    awarded_on: date
    valid_until: date | None
    decision: str
    issuer: str
    address: str
    demo: bool

    @property
    def lines(self) -> list[str]:
        """The smaller lines, from above."""
        until = f"有效期至 {chinese(self.valid_until)}前" if self.valid_until else "长期有效"
        return [f"依据 {self.decision}", f"{chinese(self.awarded_on)}授予，{until}"]


def sheets(papers: Sequence[Paper]) -> Iterator[bytes]:
    """One file for each certificate, in their order."""
    with face_of(papers) as face:
        for one in papers:
            yield bound([one], face)


def booklet(papers: Sequence[Paper]) -> bytes:
    """All of them in one file, a page each."""
    with face_of(papers) as face:
        return bound(papers, face)


@contextmanager
def face_of(papers: Sequence[Paper]) -> Iterator[Path]:
    """A typeface with the characters that these papers need, and no others."""
    words = [ALWAYS]
    for one in papers:
        words += [one.code, one.awards, one.holder, one.person, one.issuer, one.address, *one.lines]
    with typeface(words) as face:
        yield face


def bound(papers: Sequence[Paper], face: Path) -> bytes:
    """Papers as one file. The same papers make the same file: its date is the day of the last award."""
    from fpdf import FPDF  # noqa: PLC0415 — a slow import, needed by a print alone and by no page

    pdf = FPDF("L", "mm", "A4")
    pdf.set_auto_page_break(False)
    pdf.set_creation_date(datetime.combine(max(one.awarded_on for one in papers), datetime.min.time(), UTC))
    pdf.set_lang("zh-CN")
    pdf.set_title(f"{papers[0].awards} {papers[0].code}" if len(papers) == 1 else papers[0].awards)
    set_in(pdf, face)
    for one in papers:
        draw(pdf, one)
    return bytes(pdf.output())


def draw(pdf: "FPDF", one: Paper) -> None:
    """One page: a double frame, the title, whose it is, since when, the code."""
    pdf.add_page()
    pdf.set_draw_color(*SEAL)
    for gap, width in ((0, 1.2), (3, 0.3)):
        pdf.set_line_width(width)
        pdf.rect(EDGE + gap, EDGE + gap, WIDTH - 2 * (EDGE + gap), HEIGHT - 2 * (EDGE + gap))
    written(pdf, 34, 34, "证书", SEAL)
    written(pdf, 66, 22, one.holder, INK)
    if one.person:
        written(pdf, 82, 22, one.person, INK)
    written(pdf, 100, 30, one.awards, SEAL)
    for place, line in enumerate(one.lines):
        written(pdf, 128 + 9 * place, 14, line, INK)
    written(pdf, 156, 16, one.issuer, INK)
    pdf.set_font(FACE, size=9)
    pdf.set_text_color(*INK)
    pdf.text(EDGE + 10, HEIGHT - EDGE - 14, f"编号 {one.code}")
    pdf.text(EDGE + 10, HEIGHT - EDGE - 8, f"核验 {one.address}")
    if one.demo:
        pdf.set_text_color(*SEAL)
        pdf.text(EDGE + 10, EDGE + 14, "演示数据")
    pdf.set_fill_color(*INK)
    square(pdf, one.address, left=WIDTH - EDGE - 10 - SQUARE, top=HEIGHT - EDGE - 10 - SQUARE, size=SQUARE)


def written(pdf: "FPDF", top: float, size: float, words: str, ink: tuple[int, int, int]) -> None:
    """Words across the page, smaller where they are long."""
    pdf.set_text_color(*ink)
    room = WIDTH - 2 * (EDGE + 14)
    pdf.set_font(FACE, size=size)
    if (wide := pdf.get_string_width(words)) > room:
        pdf.set_font(FACE, size=size * room / wide)
    pdf.set_xy(EDGE + 14, top)
    pdf.cell(room, 14, words, align="C")
