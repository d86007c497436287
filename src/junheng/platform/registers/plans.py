"""What a planned import is made of: what would change, the rows as they would be, and what is wrong."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from junheng.platform.registers.problems import Group, Problem, grouped
from junheng.platform.registers.sheets import Sheet
from junheng.platform.registers.tables import Line

LISTED = 200
"""Problems and changes that a preview lists; it counts them all."""
MARKED = 20_000
"""Unusual things that are kept to be written into the file that is given back."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value that the import would change."""

    line: int
    row: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is unusual about one line, and what its sender says about it in the file, if anything."""

    line: int
    row: str
    sentence: str
    said: str = ""


@dataclass(slots=True)
class Draft:
    """A row as a line would leave it. ``before`` are its columns until now; none for a new row."""

    line: Line
    row: Model
    before: dict[str, Any] | None
    names: AbstractSet[str]


@dataclass(slots=True)
class Plan:
    """All that an import would do, and all that is wrong with it."""

    sheet: Sheet
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    waiting: int = 0
    """Values that must be approved first: they are sent up instead of written."""
    problems: list[Problem] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    asked: int = 0
    explained: int = 0
    """How many unusual things the lines would bring, and how many of them the file explains."""
    settled: int = 0
    """How many explanations were kept: the rest waits as open questions of quality."""
    questions: list[Asked] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> int:
        """How many problems there are."""
        return len(self.problems)

    @property
    def lines(self) -> int:
        """How many records the file has."""
        return len(self.sheet.lines)

    @property
    def used(self) -> list[str]:
        """The headings that were recognised."""
        return [self.sheet.headings[place] for place in self.sheet.places.values()]

    @property
    def ignored(self) -> list[str]:
        """The headings that were not."""
        return self.sheet.ignored

    @property
    def listed_problems(self) -> list[Problem]:
        """The first problems, in the order of the file."""
        return sorted(self.problems, key=lambda one: one.line)[:LISTED]

    @property
    def groups(self) -> list[Group]:
        """The problems by cause."""
        return grouped(sorted(self.problems, key=lambda one: one.line))

    @property
    def listed_changes(self) -> list[Change]:
        """The first changes."""
        return self.changes[:LISTED]

    @property
    def listed_questions(self) -> list[Asked]:
        """The first unusual things, those that nobody explained before the others."""
        return sorted(self.questions, key=lambda one: (bool(one.said), one.line))[:LISTED]

    @property
    def does_nothing(self) -> bool:
        """Whether everything in the file stands in the register already."""
        return not (self.new or self.changed or self.waiting or self.problems)
