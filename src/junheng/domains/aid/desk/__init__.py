"""Pages of the aid officer, the school's part, deeds, what waits, and how long names are kept."""

from junheng.domains.aid.desk import deeds, retention, waiting

__all__ = ["deeds", "retention", "waiting"]
