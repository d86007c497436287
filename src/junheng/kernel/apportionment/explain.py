"""Why a school received so many seats: its exact share, and which way it was rounded."""

from dataclasses import dataclass
from fractions import Fraction

from junheng.kernel.apportionment.problem import Shares, Table


@dataclass(frozen=True, slots=True)
class Reason:
    """One cell of the table: the exact share, what was given, and whether that is the exact share rounded up."""

    row: str
    column: str
    exact: Fraction
    given: int
    raised: bool


def reasons(shares: Shares, table: Table, column: int) -> list[Reason]:
    """The seats of one receiving school, by giving school."""
    return [
        Reason(
            row,
            shares.columns[column],
            Fraction(shares.seats[i] * shares.weights[column], shares.whole),
            table[i][column],
            table[i][column] > shares.floor(i, column),
        )
        for i, row in enumerate(shares.rows)
    ]
