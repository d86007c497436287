"""What the desk shows of home visits."""

from junheng.domains.homevisits.desk import counts, deeds, helping, pages, waiting

__all__ = ["counts", "deeds", "helping", "pages", "waiting"]
