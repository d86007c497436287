"""One admission from the closed list to the published folder, and the one file with which anybody recounts it.

``verify_admission`` imports nothing but the standard library and shares no line with what ran the admission.
"""

from junheng.kernel.admission.problem import NOWHERE, Bid, Floor, Part, Record, Rules
from junheng.kernel.admission.publish import Again, Published, entrants_of, list_root, publish, publish_again
from junheng.kernel.admission.solve import Further, Outcome, run

__all__ = [
    "NOWHERE",
    "Again",
    "Bid",
    "Floor",
    "Further",
    "Outcome",
    "Part",
    "Published",
    "Record",
    "Rules",
    "entrants_of",
    "list_root",
    "publish",
    "publish_again",
    "run",
]
