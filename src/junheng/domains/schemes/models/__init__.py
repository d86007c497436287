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
from junheng.domains.schemes.models.votes import ClassVote

__all__ = [
    "AwardScheme",
    "Certificate",
    "ClassVote",
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
