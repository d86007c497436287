"""On the page of a water: who is in charge, and the last checks of each level."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from junheng.domains.patrols.models import Check
from junheng.domains.waters.models import Assignment, Water
from junheng.platform.registers import Register, register_called
from junheng.platform.registers.asker import asker_of
from junheng.platform.registers.panels import Panel, panel
from junheng.platform.spans import holds

SHOWN = 8
"""Checks that the page names; the list names all."""


@panel("detail", order=10)
def charge_and_checks(request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """Two questions. Who may see waters sees their persons and checks, as far as those registers show them."""
    if register.model is not Water:
        return None
    asker = asker_of(request)
    day = settings.JUNHENG_AS_OF or asker.today
    held = Assignment.objects.filter(holds(day), water=row).select_related("person").order_by("-level", "pk")
    checks = Check.objects.filter(water=row).select_related("person").order_by("-checked_at", "-pk")
    context = {
        "charges": asker.within(held, register_called("assignments"), "view"),
        "checks": asker.within(checks, register_called("checks"), "view")[:SHOWN],
        "row": row,
    }
    return Panel("desk/_water.html", context)
