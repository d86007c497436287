"""What the desk offers about kindergartens: the deeds, and what waits."""

from junheng.domains.kindergartens.desk import deeds, waiting

__all__ = ["deeds", "waiting"]
