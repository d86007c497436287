"""Inspectors and their ties; plans of samples with their draws; visits, hidden until arrival."""

from junheng.domains.visits.models.inspectors import Inspector, Recusal
from junheng.domains.visits.models.sampling import CountyPair, SamplePlan, SampleUnit, Stratum
from junheng.domains.visits.models.seeding import Contributor, Countersign, PublicValue
from junheng.domains.visits.models.visiting import Errand, SiteVisit, TeamMember, VisitNote

__all__ = [
    "Contributor",
    "Countersign",
    "CountyPair",
    "Errand",
    "Inspector",
    "PublicValue",
    "Recusal",
    "SamplePlan",
    "SampleUnit",
    "SiteVisit",
    "Stratum",
    "TeamMember",
    "VisitNote",
]
