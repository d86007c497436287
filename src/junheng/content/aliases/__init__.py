"""别名 — the words by which the reader of prose recognises each figure and promise.

A figure is recognised by what is counted (``nouns``), by words that must stand in its context (``needs``) or in its
own clause (``near``), and by words that exclude it (``refuses``). Where two fit, the reader offers both.
"""

from junheng.content.aliases import compulsory, layout, office, preschool, safety
from junheng.content.aliases.place import HOME, PARENTS

KNOWN = (*office.KNOWN, *preschool.KNOWN, *compulsory.KNOWN, *safety.KNOWN, *layout.KNOWN)

__all__ = ["HOME", "KNOWN", "PARENTS", "compulsory", "layout", "office", "preschool", "safety"]
