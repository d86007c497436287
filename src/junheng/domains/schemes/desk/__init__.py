"""Pages of the office: deeds, what waits, what stands beside a row, official papers, and the page of a juror."""

from junheng.domains.schemes.desk import deeds, official, panels, steps, waiting

__all__ = ["deeds", "official", "panels", "steps", "waiting"]
