"""Quality of the registers: what is unusual, doubled, contradictory, missing or late, and who says why."""

from junheng.platform.quality.declare import (
    Expectation,
    Kind,
    Likeness,
    Measure,
    Rule,
    Severity,
    Sides,
    expect,
    likeness,
    measure,
    publications,
    reconcile,
    row_rule,
    soft_rule,
)

__all__ = [
    "Expectation",
    "Kind",
    "Likeness",
    "Measure",
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
