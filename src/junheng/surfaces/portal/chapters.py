"""The five chapters of the bureau's work, by which people find everything, and what each is about."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: its code in registers and figures, its word, its icon, and one line about it."""

    code: str
    word: Any
    icon: str
    about: Any


CHAPTERS = {
    chapter.code: chapter
    for chapter in (
        Chapter("moral", _("德育"), "heart", _("心理委员、团体辅导、家访、一人一策")),
        Chapter("preschool", _("学前教育"), "puzzle-piece", _("公办园建设、普惠认定与覆盖、补助")),
        Chapter("compulsory", _("义务教育"), "book-open", _("改薄提质、集团办学、双减、招生")),
        Chapter("safety", _("校园安全"), "shield-check", _("三级督查、防溺水巡查、平安校园")),
        Chapter("layout", _("布局与经费"), "banknotes", _("布局规划、生均经费、学生资助")),
    )
}
OTHER_WORDS = {"base": _("基础名录"), "office": _("文稿")}


def chapter_word(code: str) -> Any:
    """What people call a chapter, or one of the two shelves beside the chapters."""
    return CHAPTERS[code].word if code in CHAPTERS else OTHER_WORDS.get(code, code)
