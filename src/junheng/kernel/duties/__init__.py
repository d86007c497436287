"""Duty: who owes how many checks a week of what, from charges, leaves and deputies; what was done, and what was missed."""

from junheng.kernel.duties.explain import Line, lines_of
from junheng.kernel.duties.problem import Charges, Checks, Leaves, Norm, Owed, Per, Rest
from junheng.kernel.duties.solve import Compliance, comply

__all__ = [
    "Charges",
    "Checks",
    "Compliance",
    "Leaves",
    "Line",
    "Norm",
    "Owed",
    "Per",
    "Rest",
    "comply",
    "lines_of",
]
