"""Pages of what waits for approval and of the confirming of registers."""

from junheng.platform.stewardship.views.keeping import confirming, mine, overview, steward, units
from junheng.platform.stewardship.views.waiting import again, clear, decide, proposals, take_back

__all__ = [
    "again",
    "clear",
    "confirming",
    "decide",
    "mine",
    "overview",
    "proposals",
    "steward",
    "take_back",
    "units",
]
