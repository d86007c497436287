"""What people do about letters, meetings and tasks at the desk. Deeds and panels are declared by being imported."""

from junheng.domains.letters.desk import about, deeds, meetings, official, waiting

__all__ = ["about", "deeds", "meetings", "official", "waiting"]
