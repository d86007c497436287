"""A typeface that travels with a PDF, and the code on it as a square that a phone reads.

The typeface holds sixty thousand characters; a file needs some hundreds. What many files need is taken out of it once,
so that a thousand of them cost little more than their pages.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import segno

if TYPE_CHECKING:
    from fpdf import FPDF

FACE = "house"
UPRIGHT = ["vhea", "vmtx", "VORG", "BASE"]
"""Tables for writing from above to below."""
ALWAYS = "〓□ 0123456789"
UNKNOWN = "〓"
"""What stands for a character that the typeface does not have, as printers have always done."""


@contextmanager
def typeface(words: Iterable[str]) -> Iterator[Path]:
    """A file with the characters of some words, and no others."""
    from fontTools import subset  # noqa: PLC0415 — slow imports, needed by a print alone and by no page
    from fontTools.ttLib import TTFont  # noqa: PLC0415 — the same
    from pylopdf_fonts_zh_cn import serif_path  # noqa: PLC0415 — the same

    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, desubroutinize=True)
    options.drop_tables += UPRIGHT
    with TemporaryDirectory() as folder:
        path = Path(folder) / "face.otf"
        with TTFont(serif_path(), lazy=True, recalcBBoxes=False, recalcTimestamp=False) as font:
            chosen = subset.Subsetter(options)
            chosen.populate(text="".join(sorted(set(ALWAYS).union(*words))))
            chosen.subset(font)
            font.save(path)
        yield path


def set_in(pdf: "FPDF", face: Path) -> dict[int, int]:
    """Have a PDF written in a typeface; answers which characters that has."""
    pdf.add_font(FACE, "", face)
    letters: Any = pdf.fonts[FACE]
    letters.ttfont.recalcBBoxes = (
        False  # the bounds of the face still hold for fewer letters: half the time of a file
    )
    return dict(letters.cmap)


def square(pdf: "FPDF", address: str, *, left: float, top: float, size: float) -> None:
    """An address as a square: runs of dark modules as bars, in the colour that is set for filling."""
    rows = [bytes(row) for row in segno.make(address, error="m").matrix_iter(border=0)]
    module = size / len(rows)
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            run = 0
            while x + run < len(row) and row[x + run]:
                run += 1
            if run:
                pdf.rect(left + x * module, top + y * module, run * module, module, style="F")
            x += run + 1
