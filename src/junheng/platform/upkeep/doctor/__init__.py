"""The doctor: small checks of an installation, each of which says what is wrong and what to do."""

from junheng.platform.upkeep.doctor import accounts, machine, nights, records, sealed, settings
from junheng.platform.upkeep.doctor.check import CHECKS, Ailment, Check, examine

__all__ = [
    "CHECKS",
    "Ailment",
    "Check",
    "accounts",
    "examine",
    "machine",
    "nights",
    "records",
    "sealed",
    "settings",
]
