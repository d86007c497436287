r"""Bulletins: text with figure slots, in which no number is typed by hand.

>>> from junheng.kernel.claims import Answer
>>> rendered = render(parse("# 报告\n\n建成公办幼儿园{{ kg | 所 }}。"), lambda slot: Answer(70))
>>> rendered.text.splitlines(), [(rendered.text[p.start:p.end], p.slot.id) for p in rendered.spans]
(['报告', '建成公办幼儿园70所。'], [('70所', 'kg')])
"""

from junheng.kernel.bulletins.render import Chapter, Paragraph, Piece, Place, Rendered, render
from junheng.kernel.bulletins.template import Block, Slot, SlotKind, Template, parse
from junheng.kernel.bulletins.wording import true_wording

__all__ = [
    "Block",
    "Chapter",
    "Paragraph",
    "Piece",
    "Place",
    "Rendered",
    "Slot",
    "SlotKind",
    "Template",
    "parse",
    "render",
    "true_wording",
]
