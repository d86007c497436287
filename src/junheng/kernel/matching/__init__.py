"""Places for children: deferred acceptance over groups of seats, its check, and its reasons."""

from junheng.kernel.matching.explain import Cut, Explanation, Why, explain
from junheng.kernel.matching.problem import Group, Market, Ties, key_of, market_of
from junheng.kernel.matching.rounds import solve
from junheng.kernel.matching.verify import Fault, faults

__all__ = [
    "Cut",
    "Explanation",
    "Fault",
    "Group",
    "Market",
    "Ties",
    "Why",
    "explain",
    "faults",
    "key_of",
    "market_of",
    "solve",
]
