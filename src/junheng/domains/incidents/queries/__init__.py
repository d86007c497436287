"""Questions about incidents: which measures follow from them, what is late, and which letters tell others."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from junheng.domains.findings.models import Finding
from junheng.domains.findings.queries import is_overdue
from junheng.domains.findings.terms import FindingState
from junheng.domains.incidents.models import Incident
from junheng.domains.incidents.terms import IncidentState
from junheng.domains.pupils.models import Child, Pupil

SOURCE = "incidents"
"""The register from which measures come, as findings say it."""
SHORTEST_NAME = 2


def measures_of(incident: Incident) -> "QuerySet[Finding]":
    """The measures of one incident, by their days."""
    return Finding.objects.filter(source=SOURCE, source_row=incident.pk).order_by("due_on", "pk")


def late_measures(on: date) -> "QuerySet[Finding]":
    """The measures that are not done although their day has passed, the longest late first."""
    return Finding.objects.filter(is_overdue(on), source=SOURCE).order_by("due_on", "pk")


def unreviewed(on: date) -> Q:
    """Incidents that nobody reviewed in time."""
    return Q(state=IncidentState.REPORTED, review_by__lt=on)


def ready_to_close() -> "QuerySet[Incident]":
    """The reviewed incidents all of whose measures were closed. Two statements in one."""
    every = Finding.objects.filter(source=SOURCE)
    waiting = every.exclude(state=FindingState.CLOSED)
    return Incident.objects.filter(state=IncidentState.REVIEWED, pk__in=every.values("source_row")).exclude(
        pk__in=waiting.values("source_row")
    )


def child_named_in(texts: Iterable[str], *, school: Any = None, kindergarten: Any = None) -> bool:
    """Whether words name somebody who is or was on the roll of the place."""
    words = " ".join(texts)
    names: set[str] = set()
    if school is not None:
        names |= set(Pupil.objects.filter(school=school).values_list("name", flat=True))
    if kindergarten is not None:
        names |= set(Child.objects.filter(kindergarten=kindergarten).values_list("name", flat=True))
    return any(len(one) >= SHORTEST_NAME and one in words for one in names)
