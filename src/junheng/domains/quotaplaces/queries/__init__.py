"""What a round is asked: its values for the kernel, its runs and results, and the reasons in sentences."""

from junheng.domains.quotaplaces.queries.results import (
    came_by,
    differences,
    newest_run,
    outcome_of,
    public_lines,
    results_of,
    run_in_force,
    sentences,
)
from junheng.domains.quotaplaces.queries.values import (
    candidates_of,
    cells_of,
    graduates_on,
    graduating,
    juniors_of,
    rules_of,
    seniors_of,
    shares_of,
    stays_of,
    values_of,
)

__all__ = [
    "came_by",
    "candidates_of",
    "cells_of",
    "differences",
    "graduates_on",
    "graduating",
    "juniors_of",
    "newest_run",
    "outcome_of",
    "public_lines",
    "results_of",
    "rules_of",
    "run_in_force",
    "seniors_of",
    "sentences",
    "shares_of",
    "stays_of",
    "values_of",
]
