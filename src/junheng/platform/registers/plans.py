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


@dataclass(frozen=True, slots=True)
class Change:
    """One value that the import would change."""

    line: int
    row: str
    column: str
    before: str
    after: str


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
    def does_nothing(self) -> bool:
        """Whether everything in the file stands in the register already."""
        return not (self.new or self.changed or self.waiting or self.problems)
