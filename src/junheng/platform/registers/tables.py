"""Lines of a table in little memory: very many are kept as columns, and a block of them is taken out at a time."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from junheng.platform.registers.cells import INVISIBLE

if TYPE_CHECKING:
    import polars as pl

BLOCK = 20_000
"""Lines that are looked at together: so many stand in memory as words at once."""
KEPT = 3 * BLOCK
"""Lines up to which a table is kept as words: quicker to look at again, and small enough."""
REMEMBERED = 20_000
"""Different texts of a column that are kept beside what they are when cleaned."""
MARKS = "计总:："
"""Signs that are in every word for a total and in every signature."""


class Line(NamedTuple):
    """One line of a table: its number in the file, from 1, and its cells."""

    number: int
    cells: list[str]


class Compact(Sequence[list[str]]):
    """Rows of text that are kept as columns. ``shift`` empty columns stand before them."""

    def __init__(self, frame: "pl.DataFrame", *, shift: int = 0) -> None:
        self.frame = frame
        self.shift = shift

    def __len__(self) -> int:
        return self.frame.height

    def __iter__(self) -> Iterator[list[str]]:
        for start in range(0, len(self), BLOCK):
            yield from self[start : start + BLOCK]

    @overload
    def __getitem__(self, place: int) -> list[str]: ...
    @overload
    def __getitem__(self, place: slice) -> list[list[str]]: ...
    def __getitem__(self, place: int | slice) -> Any:
        if isinstance(place, int):
            return self[place : place + 1][0]
        start, stop, _step = place.indices(len(self))
        return as_rows(self.frame.slice(start, max(0, stop - start)), self.shift)


def as_rows(frame: "pl.DataFrame", shift: int = 0) -> list[list[str]]:
    """The lines of a frame as words, none for what is empty."""
    columns = [one.to_list() for one in frame.fill_null("").get_columns()]
    return list(map(list, zip(*[[""] * frame.height] * shift, *columns, strict=True)))


def rows_of(frame: "pl.DataFrame", shift: int = 0) -> Sequence[list[str]]:
    """The lines of a frame: as words where they are few, else as the columns that they are."""
    return as_rows(frame, shift) if frame.height <= KEPT else Compact(frame, shift=shift)


def compact(rows: Iterator[list[str]]) -> Sequence[list[str]]:
    """Rows as they come: as they are where they are few, else as columns."""
    import polars as pl  # noqa: PLC0415 — every process reads this module, few read a large table

    first = list(islice(rows, KEPT))
    following = list(islice(rows, BLOCK))
    if not following:
        return first
    frames = [as_frame(first)]
    del first
    while following:
        frames.append(as_frame(following))
        following = list(islice(rows, BLOCK))
    return Compact(pl.concat(frames, how="diagonal"))


def as_frame(rows: list[list[str]]) -> "pl.DataFrame":
    """Rows as columns; a row that ends early has empty cells."""
    import polars as pl  # noqa: PLC0415 — every process reads this module, few read a large table

    width = max(map(len, rows))
    columns = [[row[place] if place < len(row) else "" for row in rows] for place in range(width)]
    return pl.DataFrame({str(place): column for place, column in enumerate(columns)}, strict=True)


class Records(Sequence[Line]):
    """The lines of records of a large table: only their numbers are kept; they are cleaned when they are taken out."""

    def __init__(self, rows: Sequence[list[str]], numbers: Sequence[int]) -> None:
        self.rows = rows
        self.numbers = numbers

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[Line]:
        for start in range(0, len(self), BLOCK):
            yield from self[start : start + BLOCK]

    @overload
    def __getitem__(self, place: int) -> Line: ...
    @overload
    def __getitem__(self, place: slice) -> list[Line]: ...
    def __getitem__(self, place: int | slice) -> Any:
        if isinstance(place, int):
            return self[place : place + 1][0]
        numbers = self.numbers[place]
        if not len(numbers):
            return []
        first = numbers[0] - 1
        rows = self.rows[first : numbers[-1]]
        look_through(rows)
        return [Line(number, rows[number - 1 - first]) for number in numbers]


def look_through(rows: Sequence[list[str]]) -> set[int]:
    """Clean the cells of lines where they stand; returns the places of lines that may be a total or a signature.

    A column is looked at as one text first: mostly nothing in it has to be cleaned, and it has none of the signs.
    """
    odd: set[int] = set()
    for place in range(max(map(len, rows), default=0)):
        column = column_of(rows, place)
        text = "\n".join(column)
        if not is_tidy(text, len(column)):
            clean_column(rows, place)
            text = "\n".join(column_of(rows, place))
        if any(sign in text for sign in MARKS):
            column = column_of(rows, place)
            odd.update(at for at, cell in enumerate(column) if any(sign in cell for sign in MARKS))
    return odd


def column_of(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    """The cells of one column; of a line that ends early an empty one."""
    try:
        return [row[place] for row in rows]
    except IndexError:
        return [row[place] if place < len(row) else "" for row in rows]


def is_tidy(text: str, count: int) -> bool:
    """Whether none of so many cells, a line each, would be other when cleaned."""
    return (
        text.count("\n") == count - 1
        and text.replace("\n", "").isprintable()
        and "_x" not in text
        and " \n" not in text
        and "\n " not in text
        and not text.startswith(" ")
        and not text.endswith(" ")
    )


def clean_column(rows: Sequence[list[str]], place: int) -> None:
    """Clean the cells of one column; most texts of a table stand in it many times."""
    known: dict[str, str] = {}
    for row in rows:
        if place < len(row) and (cell := row[place]):
            if (text := known.get(cell)) is None:
                text = clean(cell)
                if len(known) < REMEMBERED:
                    known[cell] = text
            row[place] = text


def clean(cell: str) -> str:
    """A cell without outer blanks and invisible signs."""
    text = cell.strip()
    if text.isprintable() and "_x" not in text:
        return text
    if text.isascii():
        return text.replace("_x000D_", "").strip() if "_x" in text else text
    return text.translate(INVISIBLE).strip()
