"""What the desk shows of incidents: the deeds, the page of one, all of them, and what waits for whom."""

from junheng.domains.incidents.desk import deeds, pages, waiting

__all__ = ["deeds", "pages", "waiting"]
