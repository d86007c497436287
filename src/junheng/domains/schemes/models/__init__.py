"""The tables of schemes."""

from junheng.domains.schemes.models.applications import (
    SchemeApplication,
    SchemeEvidence,
    SchemeInvitation,
    SchemeReview,
)
from junheng.domains.schemes.models.publishing import Certificate, Publicity, PublicityLine, SchemeObjection
from junheng.domains.schemes.models.schemes import (
    AwardScheme,
    SchemeCategory,
    SchemeCriterion,
    SchemeJuror,
    SchemeQuota,
)

__all__ = [
    "AwardScheme",
    "Certificate",
    "Publicity",
    "PublicityLine",
    "SchemeApplication",
    "SchemeCategory",
    "SchemeCriterion",
    "SchemeEvidence",
    "SchemeInvitation",
    "SchemeJuror",
    "SchemeObjection",
    "SchemeQuota",
    "SchemeReview",
]
