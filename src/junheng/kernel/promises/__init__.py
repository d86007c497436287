"""Promises: the nine kinds of sentence that can be true or not, and the records that stand against them."""

from junheng.kernel.promises.declare import Promise, Sentence, every_promise, promise
from junheng.kernel.promises.kinds import (
    Against,
    Raised,
    all_covered,
    all_entitled,
    all_put_right,
    at_least,
    exactly_one,
    falling_years,
    none_of,
    overdue,
)
from junheng.kernel.promises.watch import Counterexample, Standing, Watch

__all__ = [
    "Against",
    "Counterexample",
    "Promise",
    "Raised",
    "Sentence",
    "Standing",
    "Watch",
    "all_covered",
    "all_entitled",
    "all_put_right",
    "at_least",
    "every_promise",
    "exactly_one",
    "falling_years",
    "none_of",
    "overdue",
    "promise",
]
