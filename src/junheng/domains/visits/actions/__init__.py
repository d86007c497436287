"""What is done in this room, by name: other rooms import it from here."""

from junheng.domains.visits.actions.drawing import draw_sample
from junheng.domains.visits.actions.errands import plan_errand, withdraw
from junheng.domains.visits.actions.freezing import freeze
from junheng.domains.visits.actions.onsite import arrive, close, confirm, find, see_lesson, write_down
from junheng.domains.visits.actions.planning import change_sizes, make_plan
from junheng.domains.visits.actions.releasing import publish_results, release
from junheng.domains.visits.actions.seeding import commit, enter_value, prepare, reveal, value_failed
from junheng.domains.visits.actions.ties import declare_tie, report_hidden

__all__ = [
    "arrive",
    "change_sizes",
    "close",
    "commit",
    "confirm",
    "declare_tie",
    "draw_sample",
    "enter_value",
    "find",
    "freeze",
    "make_plan",
    "plan_errand",
    "prepare",
    "publish_results",
    "release",
    "report_hidden",
    "reveal",
    "see_lesson",
    "value_failed",
    "withdraw",
    "write_down",
]
