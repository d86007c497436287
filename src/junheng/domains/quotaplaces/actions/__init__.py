"""The deeds of a round, in their order. Each freezes what it rests on; whoever releases is not who computed."""

from junheng.domains.quotaplaces.actions.listing import (
    confirm_list,
    decide_objection,
    list_candidates,
    raise_objection,
)
from junheng.domains.quotaplaces.actions.running import compute, correct_score, release
from junheng.domains.quotaplaces.actions.table import make_table, publish_table, take_table_back

__all__ = [
    "compute",
    "confirm_list",
    "correct_score",
    "decide_objection",
    "list_candidates",
    "make_table",
    "publish_table",
    "raise_objection",
    "release",
    "take_table_back",
]
