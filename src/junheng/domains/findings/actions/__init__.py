"""Deeds about findings: open, plan, remedy, check again, ask for time, list, and bring before the level above."""

from junheng.domains.findings.actions.checking import close, list_finding, reopen
from junheng.domains.findings.actions.escalating import escalate_overdue
from junheng.domains.findings.actions.extending import ask_time, decide_time
from junheng.domains.findings.actions.opening import new_finding, new_step, open_finding
from junheng.domains.findings.actions.remedying import plan, remedy

__all__ = [
    "ask_time",
    "close",
    "decide_time",
    "escalate_overdue",
    "list_finding",
    "new_finding",
    "new_step",
    "open_finding",
    "plan",
    "remedy",
    "reopen",
]
