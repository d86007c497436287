"""Quality of the registers: what is unusual, doubled, contradictory, missing or late, and who says why."""

from junheng.platform.quality.declare import (
    Expectation,
    Likeness,
    Measure,
    Rows,
    Rule,
    Sides,
    expect,
    likeness,
    measure,
    publications,
    reconcile,
    row_rule,
    soft_rule,
)
from junheng.platform.quality.words import Kind, Severity

__all__ = [
    "Expectation",
    "Kind",
    "Likeness",
    "Measure",
    "Rows",
    "Rule",
    "Severity",
    "Sides",
    "expect",
    "likeness",
    "measure",
    "publications",
    "reconcile",
    "row_rule",
    "soft_rule",
]
