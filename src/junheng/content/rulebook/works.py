"""申报附件和参赛作品 — how large files may be, when alike works are asked about, and for how long files are kept."""

from dataclasses import dataclass
from pathlib import Path

from junheng.content.rulebook.sources import SOURCES
from junheng.kernel.rulebook import Dated, load_rules


@dataclass(frozen=True, slots=True)
class Works:
    """Limits of what is handed in with applications."""

    pdf_bytes: Dated[int]
    picture_bytes: Dated[int]
    text_bytes: Dated[int]
    film_bytes: Dated[int]
    words_most: Dated[int]
    passage_least: Dated[int]
    near_signs: Dated[int]
    keep_attachments: Dated[int]


WORKS = load_rules(Works, Path(__file__).with_name("works.toml"), SOURCES)
