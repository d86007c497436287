"""What an official letter says, before it has a form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Table:
    """A list or numbers within the text: headings, lines, and how wide the columns are beside one another."""

    headings: Sequence[str]
    lines: Sequence[Sequence[str]]
    widths: Sequence[int]


@dataclass(frozen=True, slots=True)
class Official:
    """A letter of an office. ``marks`` stand on every page: that it is a draft, was taken back, or is made up."""

    office: str
    number: str
    title: str
    to: Sequence[str]
    body: Sequence[str | Table]
    day: date | None
    annexes: Sequence[str] = ()
    copies: Sequence[str] = ()
    marks: Sequence[str] = ()
