"""A picture as it is kept: made anew from its pixels, upright, so that nothing a phone wrote into it is left.

A picture that says it is enormous is not taken, for whoever opens it would pay for it.
"""

from dataclasses import dataclass

from junheng.kernel.pictures import NotAPhoto, bare, outline_of

MOST_PIXELS = 50_000_000


class Unreadable(ValueError):
    """The bytes are not the picture that they begin as."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept."""

    media: str
    width: int
    height: int
    data: bytes

    @property
    def is_enormous(self) -> bool:
        """Whether opening it would cost whoever looks at it a great deal."""
        return self.width * self.height > MOST_PIXELS


def cleaned(data: bytes) -> Picture:
    """The picture without what was written into it; one that is enormous is not unpacked."""
    try:
        outline = outline_of(data)
        claimed = Picture(outline.media, outline.width, outline.height, b"")
        if claimed.is_enormous:
            return claimed
        kept = bare(data)
    except NotAPhoto as refusal:
        if {"width", "height"} <= set(refusal.params):
            return Picture("", refusal.params["width"], refusal.params["height"], b"")
        raise Unreadable(str(refusal.params.get("why", ""))) from None
    return Picture(kept.media, kept.width, kept.height, kept.data)
