"""The deeds of patrols: leave and deputies, explanations and their judgement, and what is done every night."""

from junheng.domains.patrols.actions.explaining import accept_miss, explain_miss, reject_miss
from junheng.domains.patrols.actions.leaving import end_leave, request_leave
from junheng.domains.patrols.actions.ledger import Kept, keep_ledger

__all__ = [
    "Kept",
    "accept_miss",
    "end_leave",
    "explain_miss",
    "keep_ledger",
    "reject_miss",
    "request_leave",
]
