"""Seats to be shared out in proportion: rows that give, columns that receive, and what each cell would get exactly."""

from collections.abc import Sequence
from dataclasses import dataclass

from junheng.kernel.errors import Refusal


@dataclass(frozen=True, slots=True)
class Shares:
    """Row ``i`` gives ``seats[i]`` whole seats; column ``j`` receives of each in proportion to ``weights[j]``.

    The exact share of a cell is ``seats[i] * weights[j] / sum(weights)``: never a decimal, always this fraction.
    """

    rows: tuple[str, ...]
    seats: tuple[int, ...]
    columns: tuple[str, ...]
    weights: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.rows) != len(self.seats) or len(self.columns) != len(self.weights):
            raise Refusal("uneven-table", "名额表不完整：每所学校都要有一个数。请核对招生计划与毕业人数。")
        for names in (self.rows, self.columns):
            if len(set(names)) != len(names):
                raise Refusal("school-twice", "名额表中有同一所学校的两行。请核对招生计划与毕业人数。")
        if any(number < 0 for number in (*self.seats, *self.weights)):
            raise Refusal("negative-number", "名额和毕业人数不能为负数。请核对招生计划与毕业人数。")
        if not sum(self.weights):
            raise Refusal("nobody-graduates", "没有一名毕业生，名额无法按比例分配。请核对毕业人数。")

    @property
    def whole(self) -> int:
        """The denominator of every share."""
        return sum(self.weights)

    def floor(self, row: int, column: int) -> int:
        """The whole seats in a share."""
        return self.seats[row] * self.weights[column] // self.whole

    def rest(self, row: int, column: int) -> int:
        """What is left of a share after its whole seats, in parts of ``whole``."""
        return self.seats[row] * self.weights[column] % self.whole

    def column_rest(self, column: int) -> int:
        """What is left of the exact total of a column after its whole seats, in parts of ``whole``."""
        return sum(self.seats) * self.weights[column] % self.whole


Table = Sequence[Sequence[int]]
"""The seats of every cell, row by row."""
