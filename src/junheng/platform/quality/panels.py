"""The open problems of a row, on its page."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from junheng.platform.quality.models import Finding, Merge
from junheng.platform.quality.places import within
from junheng.platform.quality.telling import tell
from junheng.platform.quality.words import State
from junheng.platform.registers import Register
from junheng.platform.registers.asker import asker_of
from junheng.platform.registers.panels import Panel, panel

MOST = 10


@panel("detail", order=40)
def open_problems(request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """What is unusual about this row, doubled or contradictory; and the rows that were merged into it."""
    if row is None or not str(row.pk).isdecimal():
        return None
    asker = asker_of(request)
    here = Finding.objects.filter(
        Q(row=row.pk) | Q(other=row.pk), within(asker), register=register.slug, gone_at=None
    )
    findings = tell(here.exclude(state=State.DISMISSED).order_by("id")[:MOST], asker)
    merges = list(
        Merge.objects.filter(register=register.slug, kept=row.pk, undone_at=None).order_by("-id")[:MOST]
    )
    if not findings and not merges:
        return None
    return Panel("quality/of_row.html", {"findings": findings, "merges": merges})
