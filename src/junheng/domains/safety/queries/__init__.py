"""What rounds and sheets are asked: who is in, who has sent, and what the levels say beside each other."""

from junheng.domains.safety.queries.comparing import (
    PAIRS,
    Report,
    county_leniency,
    report_of,
    reports_of,
    school_rows,
    weights_of,
)
from junheng.domains.safety.queries.notices import numbers_of
from junheng.domains.safety.queries.progress import (
    Progress,
    counties_of,
    progress_by_round,
    progress_of,
    total,
)
from junheng.domains.safety.queries.rounds import plan_of, rounds_seen, schools_in, window_state
from junheng.domains.safety.queries.telling import Shown, share, shown, told

__all__ = [
    "PAIRS",
    "Progress",
    "Report",
    "Shown",
    "counties_of",
    "county_leniency",
    "numbers_of",
    "plan_of",
    "progress_by_round",
    "progress_of",
    "report_of",
    "reports_of",
    "rounds_seen",
    "school_rows",
    "schools_in",
    "share",
    "shown",
    "told",
    "total",
    "weights_of",
    "window_state",
]
