"""Files that people hand in: what one is by its bytes, whether it does anything by itself, and the words in it."""

from junheng.kernel.enclosures.docx import words_in_docx
from junheng.kernel.enclosures.films import MEDIA as FILM_MEDIA
from junheng.kernel.enclosures.films import Film, film_in
from junheng.kernel.enclosures.pdf import check_pdf
from junheng.kernel.enclosures.plain import words_in_plain
from junheng.kernel.enclosures.refusals import UnfitFile
from junheng.kernel.enclosures.sniffing import DOCX, PDF, PLAIN, media_of

__all__ = [
    "DOCX",
    "FILM_MEDIA",
    "PDF",
    "PLAIN",
    "Film",
    "UnfitFile",
    "check_pdf",
    "film_in",
    "media_of",
    "words_in_docx",
    "words_in_plain",
]
