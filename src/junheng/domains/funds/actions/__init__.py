"""Deeds about money per head: freeze a roll, reckon what is due, pay."""

from junheng.domains.funds.actions.deriving import derive
from junheng.domains.funds.actions.freezing import freeze_roll
from junheng.domains.funds.actions.paying import Stated, pay

__all__ = ["Stated", "derive", "freeze_roll", "pay"]
