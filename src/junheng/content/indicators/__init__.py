"""数据口径 — every figure's definition. Importing this package declares all of them."""

from junheng.content.indicators import balance, building, money, page, preschool, rates, reduction, safety
from junheng.content.indicators.readings import READINGS
from junheng.kernel.indicators import every_indicator

INDICATORS = every_indicator()

__all__ = [
    "INDICATORS",
    "READINGS",
    "balance",
    "building",
    "money",
    "page",
    "preschool",
    "rates",
    "reduction",
    "safety",
]
