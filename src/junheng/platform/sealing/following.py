"""Columns that follow a sealed one: written whenever it is written, emptied when its key is destroyed, in no entry.

The blind index is one of them. What a sealed number says that stands in plain words beside it anyway (a day of birth)
may be another, so that the database can compare the two without opening half a million numbers.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import models

from junheng.platform.sealing import keeping
from junheng.platform.sealing.words import Gone, Sealed

if TYPE_CHECKING:
    Base = models.CharField[Any, Any]
else:
    Base = models.CharField

MOVED = "_moved_sealed"
"""Where a row remembers which sealed columns were given another sealed text than the table's; never stored."""


class Follower(Base):
    """A short text that follows from the words of a sealed column, or nothing. Never shown, never in the audit."""

    audited = False
    longest = 0
    left_out: tuple[str, ...] = ("max_length", "editable", "blank")

    def __init__(self, verbose_name: Any = None, *, of: str, **options: Any) -> None:
        self.of = of
        options |= {"max_length": self.longest or options.get("max_length"), "editable": False, "blank": True}
        if not options.get("null"):
            options["default"] = ""
        super().__init__(verbose_name, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        for each in self.left_out:
            options.pop(each, None)
        if not self.null:
            options.pop("default", None)
        return name, path, args, options | {"of": self.of}

    @property
    def nothing(self) -> str | None:
        """What stands here where there are no words to follow from."""
        return None if self.null else ""

    def follow(self, words: str) -> str:
        """What follows from these words."""
        raise NotImplementedError

    def value_for(self, words: Any) -> str | None:
        """What follows from these words; nothing from none, and nothing from what was destroyed."""
        return (self.follow(words) if words and not isinstance(words, Gone) else "") or self.nothing

    def pre_save(self, instance: models.Model, add: bool) -> str | None:
        """What follows from what is about to be written; of a value that nobody touched it is as it was."""
        held = instance.__dict__.get(self.of)
        if self.of not in instance.__dict__ or (
            isinstance(held, Sealed) and self.of not in instance.__dict__.get(MOVED, ())
        ):
            return getattr(instance, self.attname)  # type: ignore[no-any-return]
        value = self.value_for(getattr(instance, self.of))
        setattr(instance, self.attname, value)
        return value


class BlindIndexField(Follower):
    """What a sealed number is looked up by: a keyed digest of it.

    With ``null`` an empty one is no value, so that a constraint may ask that there be no two of one number.
    """

    longest = 22

    def __init__(self, verbose_name: Any = None, *, of: str, **options: Any) -> None:
        super().__init__(verbose_name, of=of, **{"db_index": True} | options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        indexed = options.pop("db_index", False)
        return name, path, args, options if indexed else options | {"db_index": False}

    def follow(self, words: str) -> str:
        return keeping.blind(words)


class ToldField(Follower):
    """What a sealed number tells that stands in plain words beside it as well. ``tells`` is a question to the words."""

    left_out = ("editable", "blank")

    def __init__(
        self, verbose_name: Any = None, *, of: str, tells: Callable[[str], str] = str, **options: Any
    ) -> None:
        self.tells = tells
        super().__init__(verbose_name, of=of, **options)

    def follow(self, words: str) -> str:
        return self.tells(words)


class ReadField(Follower):
    """What was read out of a sealed file when it came, so that it need not be opened again; gone with its key.

    ``of`` is the column that names the file. Nothing follows from that name: who keeps the file writes both.
    """

    left_out = ("editable", "blank")

    def pre_save(self, instance: models.Model, add: bool) -> str | None:
        return getattr(instance, self.attname)  # type: ignore[no-any-return]


class FileNameField(Base):
    """Under which name a sealed file lies. It says nothing of what is in it and is another each time: in no entry."""

    audited = False


def freshen(instance: models.Model) -> None:
    """Bring the columns that follow up to what a row holds now, before the table is asked about it."""
    for one in keeping.followers(type(instance)):
        one.pre_save(instance, add=False)
