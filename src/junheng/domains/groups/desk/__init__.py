"""What the desk shows of groups and pairs: the page of a county, that of a school, the deeds, and what waits."""

from junheng.domains.groups.desk import answering, deeds, nursing, pages, panels, waiting

__all__ = ["answering", "deeds", "nursing", "pages", "panels", "waiting"]
