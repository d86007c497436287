"""Pages of the office: deeds, what waits, what stands beside a row, and the page of a juror."""

from junheng.domains.schemes.desk import deeds, panels, steps, waiting

__all__ = ["deeds", "panels", "steps", "waiting"]
