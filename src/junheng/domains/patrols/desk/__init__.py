"""Pages and deeds of patrols: one's own week, weeks of a county or the city, a year of one person, and what waits."""

from junheng.domains.patrols.desk import deeds, mine, waiting, weeks

__all__ = ["deeds", "mine", "waiting", "weeks"]
