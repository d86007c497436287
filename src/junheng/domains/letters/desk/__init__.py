"""What people do about letters, meetings and tasks at the desk. Deeds and panels are declared by being imported."""

from junheng.domains.letters.desk import deeds, meetings, waiting

__all__ = ["deeds", "meetings", "waiting"]
