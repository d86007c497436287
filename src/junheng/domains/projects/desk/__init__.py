"""What the desk offers about projects: the deeds, what waits, the page of all, the panels on pages of registers."""

from junheng.domains.projects.desk import deeds, panels, waiting

__all__ = ["deeds", "panels", "waiting"]
