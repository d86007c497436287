"""Deeds about incidents: report, review, add a measure, tell others, close."""

from junheng.domains.incidents.actions.reporting import report
from junheng.domains.incidents.actions.reviewing import add_measure, close, review
from junheng.domains.incidents.actions.telling import tell

__all__ = ["add_measure", "close", "report", "review", "tell"]
