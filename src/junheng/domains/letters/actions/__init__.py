"""The deeds about letters, meetings and tasks."""

from junheng.domains.letters.actions.answering import receive, reply
from junheng.domains.letters.actions.issuing import draft_letter, edit_letter, issue, send_also, withdraw
from junheng.domains.letters.actions.meetings import attend, invite, make_up, write_minutes
from junheng.domains.letters.actions.promises import check_promise, promise, report_promise
from junheng.domains.letters.actions.tasks import finish_task
from junheng.domains.letters.actions.watching import escalate

__all__ = [
    "attend",
    "check_promise",
    "draft_letter",
    "edit_letter",
    "escalate",
    "finish_task",
    "invite",
    "issue",
    "make_up",
    "promise",
    "receive",
    "reply",
    "report_promise",
    "send_also",
    "withdraw",
    "write_minutes",
]
