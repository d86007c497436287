"""The chapters of the menu, in which registers are arranged."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from junheng.platform.registers.asker import Asker
from junheng.platform.registers.declare import Register
from junheng.platform.registers.registry import every_register

CHAPTERS: dict[str, Any] = {
    "base": _("基础名录"),
    "moral": _("德育"),
    "preschool": _("学前教育"),
    "compulsory": _("义务教育"),
    "safety": _("校园安全"),
    "layout": _("布局与经费"),
    "office": _("文稿"),
}


def registers_by_chapter(asker: Asker) -> list[tuple[str, Any, list[Register[Any]]]]:
    """Slug, name and registers of each chapter in which somebody sees anything."""
    found = []
    for slug, name in CHAPTERS.items():
        seen = [one for one in every_register().values() if one.chapter == slug and asker.may("view", one)]
        if seen:
            found.append((slug, name, seen))
    return found
