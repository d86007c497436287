"""What a row holds in place of words: a sealed text that nobody asked for yet, and the words for one that is gone."""

from django.utils.translation import gettext as _


class Sealed(str):
    """A sealed text as a row holds it before somebody asks for the words. Printed it shows nothing."""

    __slots__ = ()

    def __str__(self) -> str:
        return "••••"

    __repr__ = __str__

    @property
    def text(self) -> str:
        """What the database keeps."""
        return str.__str__(self)


class Gone(str):
    """What stands in place of a value whose key was destroyed."""

    __slots__ = ()


def gone() -> Gone:
    """The words for a value that nobody will read again."""
    return Gone(_("已销毁"))
