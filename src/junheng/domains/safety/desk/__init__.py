"""Pages and deeds of rounds: the overview, sheets to fill in, the levels beside each other, notices and replies."""

from junheng.domains.safety.desk import deeds, differences, notices, rounds, sheets, waiting

__all__ = ["deeds", "differences", "notices", "rounds", "sheets", "waiting"]
