"""Quotas that add up both ways: seats shared out in proportion, every sum exact or rounded by less than one."""

from junheng.kernel.apportionment.explain import Reason, reasons
from junheng.kernel.apportionment.problem import Shares, Table
from junheng.kernel.apportionment.solve import controlled_rounding
from junheng.kernel.apportionment.verify import faults, is_closest

__all__ = ["Reason", "Shares", "Table", "controlled_rounding", "faults", "is_closest", "reasons"]
