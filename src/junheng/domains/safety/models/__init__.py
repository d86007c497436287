"""Tables of safety inspection: rounds with their sheets, photos of what was seen, and levels that schools were given."""

from junheng.domains.safety.models.acceptances import Acceptance
from junheng.domains.safety.models.photos import SheetPhoto
from junheng.domains.safety.models.rounds import (
    Answer,
    Inspection,
    ResultNotice,
    Round,
    RoundPlan,
    Sheet,
)

__all__ = [
    "Acceptance",
    "Answer",
    "Inspection",
    "ResultNotice",
    "Round",
    "RoundPlan",
    "Sheet",
    "SheetPhoto",
]
