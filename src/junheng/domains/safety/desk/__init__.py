"""Pages and deeds of rounds: the overview, sheets to fill in, the levels beside each other, notices and replies."""

from junheng.domains.safety.desk import deeds, differences, evaluations, notices, rounds, sheets, waiting

__all__ = ["deeds", "differences", "evaluations", "notices", "rounds", "sheets", "waiting"]
