"""On the page of a weak school who helps it or since when nobody does, and what it came to; on that of any school the way to its help."""

from typing import Any

from django.http import HttpRequest

from junheng.content.rulebook import HELPING
from junheng.domains.groups.models import WeakProgress, WeakSchool
from junheng.domains.groups.queries import supporters, uncovered
from junheng.domains.schools.models import School
from junheng.platform.registers import Register, register_called
from junheng.platform.registers.asker import asker_of
from junheng.platform.registers.panels import Panel, panel
from junheng.platform.registers.values import term_label

MOST = 40


@panel("detail", order=20)
def beside_a_weak_school(request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """Whoever sees the row sees this."""
    if register.model is not WeakSchool:
        return None
    day = asker_of(request).day
    bare = uncovered(WeakSchool.objects.filter(pk=row.pk), day).values_list("bare", flat=True).first()
    return Panel(
        "groups/_weak.html",
        {
            "weak": row,
            "bare": bare,
            "within": HELPING.uncovered_within.on(day),
            "supporters": [] if bare else supporters(row.school, on=day),
            "progress": [
                (term_label(one.term), one)
                for one in WeakProgress.objects.filter(weak=row).order_by("-term", "criterion", "pk")[:MOST]
            ],
        },
    )


@panel("detail", order=25)
def beside_a_school(request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """The way to the page of its groups and pairs, for whoever sees help given."""
    if register.model is not School or not asker_of(request).may("view", register_called("helpactions")):
        return None
    return Panel("groups/_school.html", {"row": row})
