"""What the pages of registers show besides fields: the ties of an inspector, the notes of a visit."""

from typing import Any

from django.http import HttpRequest

from junheng.domains.visits.models import Inspector, Recusal, SiteVisit
from junheng.domains.visits.policies.scope import may_plan
from junheng.platform.registers import Register
from junheng.platform.registers.asker import asker_of
from junheng.platform.registers.panels import Panel, panel


@panel("detail", order=30)
def ties(request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """From what an inspector stays away."""
    if not isinstance(row, Inspector):
        return None
    asker = asker_of(request)
    rows = Recusal.objects.filter(inspector=row).select_related("school", "institution", "county")
    context = {"inspector": row, "ties": rows, "writes": may_plan(row.area_id, by=asker.user, at=asker.at)}
    return Panel("visits/_ties.html", context)


@panel("detail", order=30)
def notes(request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """What was written down on the spot: the unit reads it as the team wrote it."""
    if not isinstance(row, SiteVisit):
        return None
    return Panel("visits/_notes.html", {"visit": row, "notes": row.notes.order_by("pk")})
