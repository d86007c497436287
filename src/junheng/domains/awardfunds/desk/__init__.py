"""What the desk shows of award money."""

from junheng.domains.awardfunds.desk import deeds, pages, waiting

__all__ = ["deeds", "pages", "waiting"]
