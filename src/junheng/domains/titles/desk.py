"""What stands beside a school, a group and a county: the titles they hold, and those that were taken away."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from junheng.domains.areas.models import Area
from junheng.domains.groups.models import GroupMember, SchoolGroup
from junheng.domains.schools.models import School
from junheng.domains.titles.models import Title
from junheng.platform.registers import Register
from junheng.platform.registers.panels import Panel, panel

MOST = 20
"""Titles of one page; the register has the others."""


@panel("detail", order=30)
def titles_beside(_request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """On the page of a school also those of the groups that it leads; on a county's those that it holds itself."""
    if register.model is School:
        led = GroupMember.objects.filter(school=row, role="lead", until=None).values("group")
        held = Q(school=row) | Q(group__in=led)
    elif register.model is SchoolGroup:
        held = Q(group=row)
    elif register.model is Area and row.kind == "county":
        held = Q(area=row, school=None, group=None)
    else:
        return None
    rows = list(Title.objects.filter(held).select_related("group").order_by("-awarded_on", "pk")[:MOST])
    return (
        Panel("titles/_titles.html", {"titles": rows, "group_named": register.model is School})
        if rows
        else None
    )
