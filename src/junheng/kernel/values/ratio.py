"""An exact share: two whole numbers, so that nothing is lost before it is printed."""

from dataclasses import dataclass
from fractions import Fraction

from junheng.kernel.errors import Refusal


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many of how many. The division is exact; only printing rounds.

    >>> Ratio(57_176, 112_000).share
    Fraction(1021, 2000)
    >>> Ratio(11_399, 11_400).whole
    False
    """

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        if self.denominator < 0 or self.numerator < 0:
            raise Refusal(
                "ratio-negative",
                "比例的分子（{numerator}）和分母（{denominator}）不能为负。请检查是哪一项记录算错了。",
                numerator=self.numerator,
                denominator=self.denominator,
            )

    @property
    def share(self) -> Fraction:
        """The exact quotient; a share of nothing is refused, because no number is true of it."""
        if self.denominator == 0:
            raise Refusal("ratio-of-nothing", "分母是零，比例无从谈起。请先确认统计范围内有记录。")
        return Fraction(self.numerator, self.denominator)

    @property
    def whole(self) -> bool:
        """Whether all of them are in, without one exception."""
        return self.denominator > 0 and self.numerator == self.denominator
