"""The line of a unit on its page: what it was, what became of it, day by day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from junheng.platform.lineage.models import Succession
from junheng.platform.lineage.queries import family
from junheng.platform.registers import Register, every_register
from junheng.platform.registers.asker import asker_of
from junheng.platform.registers.panels import Panel, panel

UNITS = ("schools", "kindergartens", "areas")
"""The registers whose rows are units with a lineage."""


@dataclass(frozen=True, slots=True)
class Step:
    """One event as people read it; an address only where somebody may open the unit."""

    on: date
    kind: str
    before: str
    before_at: str
    after: str
    after_at: str
    note: str


@panel("detail", order=20)
def line_of(request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """The family of a unit; nothing for a unit to which nothing happened."""
    if register.slug not in UNITS or row is None:
        return None
    events = family(row)
    if not events:
        return None
    return Panel("lineage/panel.html", {"steps": steps_of(request, register, events), "row": row})


def steps_of(request: HttpRequest, register: Register[Any], events: list[Succession]) -> list[Step]:
    """The events, with the units named that somebody may open."""
    model = every_register()[register.slug].model
    keys = {key for one in events for key in (one.predecessor, one.successor) if key}
    here = model._default_manager.filter(pk__in=keys)
    seen = {str(pk) for pk in asker_of(request).within(here, register, "view").values_list("pk", flat=True)}

    def at(key: str) -> str:
        return reverse("registers:detail", args=[register.slug, key]) if key in seen else ""

    return [
        Step(
            on=one.on,
            kind=one.get_kind_display(),
            before=f"{one.predecessor_name}（{one.predecessor_code}）",
            before_at=at(one.predecessor),
            after=f"{one.successor_name}（{one.successor_code}）",
            after_at=at(one.successor),
            note=" · ".join(filter(None, (one.number, share(one)))),
        )
        for one in events
    ]


def share(one: Succession) -> str:
    """The part that went to the successor, where it was not all of it."""
    return f"{one.part}/{one.whole}" if one.part != one.whole else ""
