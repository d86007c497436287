"""Whether two short Chinese labels ask for the same thing, and why: pure text, an exact share, nothing learned."""

from junheng.kernel.wording.likeness import SAME, Likeness, likeness, nearest

__all__ = ["SAME", "Likeness", "likeness", "nearest"]
