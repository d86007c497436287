"""A statement of money: one set of lines, from which the workbook, the PDF and the digest are made, so that they agree."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from django.utils import timezone

from junheng.platform.papers.printable import printable
from junheng.platform.registers.values import yuan
from junheng.platform.sealing.codes import LETTERS, checked

Cell = str | int | None
"""Words; a number, which is fen in a column of money; or nothing."""
Kind = Literal["words", "count", "money"]
CODE = 15
"""Letters of a code, before the one that tells whether it was copied rightly."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what stands in it, and how wide it is beside the others."""

    heading: str
    kind: Kind = "words"
    width: int = 10


@dataclass(frozen=True, slots=True)
class Statement:
    """What a finance officer signs. ``rates`` are the rates with their clauses, ``remarks`` what else is to be known."""

    title: str
    unit: str
    period: str
    columns: Sequence[Column]
    lines: Sequence[Sequence[Cell]]
    sums: Sequence[Sequence[Cell]] = ()
    rates: Sequence[str] = ()
    remarks: Sequence[str] = ()
    measure: str = "元"
    marks: Sequence[str] = field(default=())
    """What stands on every page of a house that is not a real one."""

    def said(self, row: Sequence[Cell]) -> list[str]:
        """A line as it is read: amounts in yuan with their thousands, numbers with theirs."""
        return [said(cell, column.kind) for cell, column in zip(row, self.columns, strict=True)]

    @property
    def digest(self) -> str:
        """sha256 of everything that is said: the title, the headings, every line, every sum."""
        head = [self.title, self.unit, self.period, self.measure]
        told = [head, [one.heading for one in self.columns], *map(self.said, (*self.lines, *self.sums))]
        told += [[one] for one in (*self.rates, *self.remarks)]
        return hashlib.sha256("\n".join("\t".join(one) for one in told).encode()).hexdigest()

    @property
    def totals(self) -> list[list[str]]:
        """The sums as a small table: the headings of its columns of numbers, then each sum by its own words."""
        if not self.sums:
            return []
        numbers = [place for place, one in enumerate(self.columns) if one.kind != "words"]
        found = [["", *(self.columns[place].heading for place in numbers)]]
        for row in map(self.said, self.sums):
            words = "".join(text for text, one in zip(row, self.columns, strict=True) if one.kind == "words")
            found.append([words, *(row[place] for place in numbers)])
        return found


@dataclass(frozen=True, slots=True)
class Issue:
    """A statement as it left the house: by whom, when, of which day's facts, under which code, and where that is verified."""

    by: str
    at: datetime
    as_of: date
    code: str
    address: str

    @property
    def moment(self) -> str:
        """When it left, to the second."""
        return timezone.localtime(self.at).strftime("%Y-%m-%d %H:%M:%S")


def said(cell: Cell, kind: Kind) -> str:
    """A cell as it is read.

    >>> said(123450, "money"), said(-5, "money"), said(12345, "count"), said(None, "money"), said("甲", "words")
    ('1,234.50', '-0.05', '12,345', '', '甲')
    """
    if cell is None:
        return ""
    if isinstance(cell, str):
        return printable(cell)
    return yuan(cell, grouped=True) if kind == "money" else f"{cell:,}"


def code_for(digest: str, day: str) -> str:
    """The code of what has a digest and left on a day: the same for the workbook and for the PDF.

    >>> len(code_for("0" * 64, "2023-12-01"))
    16
    """
    number = int(hashlib.sha256(f"statement 1|{day}|{digest}".encode()).hexdigest(), 16)
    return checked("".join(LETTERS[number >> (5 * place) & 31] for place in range(CODE)))
