"""The deeds of a round, planned, filled in level by level and closed; photos of sheets; and levels of standardisation."""

from junheng.domains.safety.actions.accepting import (
    ask_level,
    check_level,
    grant_level,
    return_level,
    withdraw_level,
)
from junheng.domains.safety.actions.closing import close_round, reply, send_results
from junheng.domains.safety.actions.disclosing import disclose
from junheng.domains.safety.actions.filling import record_answers
from junheng.domains.safety.actions.following import follow
from junheng.domains.safety.actions.nights import watch_levels
from junheng.domains.safety.actions.opening import begin_sheet, open_round, plan_round
from junheng.domains.safety.actions.photographing import (
    add_photo,
    drop_photo,
    forget_photos,
    picture_of,
    small_of,
)
from junheng.domains.safety.actions.sending import correct_answer, send_sheet

__all__ = [
    "add_photo",
    "ask_level",
    "begin_sheet",
    "check_level",
    "close_round",
    "correct_answer",
    "disclose",
    "drop_photo",
    "follow",
    "forget_photos",
    "grant_level",
    "open_round",
    "picture_of",
    "plan_round",
    "record_answers",
    "reply",
    "return_level",
    "send_results",
    "send_sheet",
    "small_of",
    "watch_levels",
    "withdraw_level",
]
