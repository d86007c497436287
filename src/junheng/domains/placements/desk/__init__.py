"""Pages of the office: the steps of a draw and its runs, the roll, and what the auditor gets under seal."""

from junheng.domains.placements.desk import office, roll, steps, waiting

__all__ = ["office", "roll", "steps", "waiting"]
