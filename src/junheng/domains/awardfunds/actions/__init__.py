"""Deeds about award money: grant it by a document, pay it, confirm its receipt, decide about that of a revoked title."""

from junheng.domains.awardfunds.actions.notifying import notify
from junheng.domains.awardfunds.actions.paying import pay, receive
from junheng.domains.awardfunds.actions.settling import give_back, settle

__all__ = ["give_back", "notify", "pay", "receive", "settle"]
