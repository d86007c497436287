"""Money per head: what it is reckoned from, what is due, what was paid, and what it was used for."""

from junheng.domains.funds.models.beds import BedAssignment, Dormitory
from junheng.domains.funds.models.budgets import BudgetLine, FundBudget
from junheng.domains.funds.models.derived import Derivation, DifferenceNote, EntitlementLine, RateUsed
from junheng.domains.funds.models.heads import Entitlement, Subsidy
from junheng.domains.funds.models.paying import FundPayment, FundUse, Instalment
from junheng.domains.funds.models.rolls import FundBasis, RollFreeze, RollLine

__all__ = [
    "BedAssignment",
    "BudgetLine",
    "Derivation",
    "DifferenceNote",
    "Dormitory",
    "Entitlement",
    "EntitlementLine",
    "FundBasis",
    "FundBudget",
    "FundPayment",
    "FundUse",
    "Instalment",
    "RateUsed",
    "RollFreeze",
    "RollLine",
    "Subsidy",
]
