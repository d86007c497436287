"""Pages and deeds of rounds: the overview, sheets to fill in, the levels beside each other, photos, acceptances."""

from junheng.domains.safety.desk import (
    accepting,
    deeds,
    differences,
    evaluations,
    levels,
    notices,
    official,
    photos,
    rounds,
    sheets,
    waiting,
)

__all__ = [
    "accepting",
    "deeds",
    "differences",
    "evaluations",
    "levels",
    "notices",
    "official",
    "photos",
    "rounds",
    "sheets",
    "waiting",
]
