"""Cases about training outside school; what a case file adds: legal steps, last days, exhibits, refunds, officers."""

from junheng.domains.governance.models.beside import (
    CaseExtension,
    CasePartner,
    Custody,
    Exhibit,
    Recusal,
    Refund,
    SiteMatch,
)
from junheng.domains.governance.models.cases import Case, CaseDeadline, CaseFile, CaseStep, Enforcer
from junheng.domains.governance.models.fees import FeeCharge

__all__ = [
    "Case",
    "CaseDeadline",
    "CaseExtension",
    "CaseFile",
    "CasePartner",
    "CaseStep",
    "Custody",
    "Enforcer",
    "Exhibit",
    "FeeCharge",
    "Recusal",
    "Refund",
    "SiteMatch",
]
