"""Quality of registers, as far as it is true without a database: values that stand apart, and names that are alike."""

from junheng.kernel.quality.likeness import alike, likeness, plain
from junheng.kernel.quality.outliers import LIMIT, Apart, mad, median, stands_apart

__all__ = ["LIMIT", "Apart", "alike", "likeness", "mad", "median", "plain", "stands_apart"]
