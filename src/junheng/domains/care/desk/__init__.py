"""What the desk shows of committee members: the deeds, the page of a school's classes, and what waits for whom."""

from junheng.domains.care.desk import deeds, pages, waiting

__all__ = ["deeds", "pages", "waiting"]
