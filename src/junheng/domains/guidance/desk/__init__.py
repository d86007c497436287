"""What the desk shows of sealed cases to those who see them: the deeds, the pages, and what waits for whom."""

from junheng.domains.guidance.desk import deeds, pages, panels, waiting

__all__ = ["deeds", "pages", "panels", "waiting"]
