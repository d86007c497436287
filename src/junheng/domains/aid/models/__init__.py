"""Aid: who is found and entitled, what families answer, what was paid, what is asked of schools, loans, and reminders of them."""

from junheng.domains.aid.models.answers import AidLetter, AidRequest, Waiver
from junheng.domains.aid.models.asking import AidReason, SchoolCheck
from junheng.domains.aid.models.entitled import AidFinding, AidLine, Eligibility
from junheng.domains.aid.models.loans import Loan, LoanBooking, LoanSlot
from junheng.domains.aid.models.paying import AidBatch, Payment
from junheng.domains.aid.models.reminders import LoanReminder

__all__ = [
    "AidBatch",
    "AidFinding",
    "AidLetter",
    "AidLine",
    "AidReason",
    "AidRequest",
    "Eligibility",
    "Loan",
    "LoanBooking",
    "LoanReminder",
    "LoanSlot",
    "Payment",
    "SchoolCheck",
    "Waiver",
]
