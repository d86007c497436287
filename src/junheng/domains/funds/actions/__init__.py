"""Deeds about money per head: freeze a roll, reckon what is due, pay."""

from junheng.domains.funds.actions.deriving import derive
from junheng.domains.funds.actions.freezing import freeze_roll
from junheng.domains.funds.actions.paying import Stated, pay
from junheng.domains.funds.actions.subsidies import derive_subsidies

__all__ = ["Stated", "derive", "derive_subsidies", "freeze_roll", "pay"]
