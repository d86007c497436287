"""Deeds about home visits: record one, share one, and take, finish or set aside a task that came of one."""

from junheng.domains.homevisits.actions.helping import dismiss, finish, reveal, take
from junheng.domains.homevisits.actions.recording import record_of_class, record_visit
from junheng.domains.homevisits.actions.sharing import ask_help, share

__all__ = ["ask_help", "dismiss", "finish", "record_of_class", "record_visit", "reveal", "share", "take"]
