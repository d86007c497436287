"""分配生: quality senior schools keep a share of their places for every junior school, filled by score in fixed stages.

The table of places is ``kernel.apportionment``; this is what comes after it: who is eligible by the history of the
roll, the three stages (open, quota, released), a check that shares no line with the run, and a reason for every pupil.
"""

from junheng.kernel.quotas.eligible import Finding, Span, finding_of
from junheng.kernel.quotas.explain import Reason, Told, told
from junheng.kernel.quotas.problem import Candidate, Equal, QuotaRules, Senior, open_places, quota_places
from junheng.kernel.quotas.solve import NOWHERE, Outcome, Part, run
from junheng.kernel.quotas.verify import faults

__all__ = [
    "NOWHERE",
    "Candidate",
    "Equal",
    "Finding",
    "Outcome",
    "Part",
    "QuotaRules",
    "Reason",
    "Senior",
    "Span",
    "Told",
    "faults",
    "finding_of",
    "open_places",
    "quota_places",
    "run",
    "told",
]
