"""The deeds of a round: planned, opened, filled in level by level, closed, its results sent and replied to."""

from junheng.domains.safety.actions.closing import close_round, reply, send_results
from junheng.domains.safety.actions.disclosing import disclose
from junheng.domains.safety.actions.filling import record_answers
from junheng.domains.safety.actions.following import follow
from junheng.domains.safety.actions.opening import begin_sheet, open_round, plan_round
from junheng.domains.safety.actions.sending import correct_answer, send_sheet

__all__ = [
    "begin_sheet",
    "close_round",
    "correct_answer",
    "disclose",
    "follow",
    "open_round",
    "plan_round",
    "record_answers",
    "reply",
    "send_results",
    "send_sheet",
]
