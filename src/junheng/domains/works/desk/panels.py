"""What stands beside an application, a rule of prizes and a question."""

from typing import Any

from django.http import HttpRequest

from junheng.domains.schemes.models import SchemeApplication
from junheng.domains.schemes.terms import WRITABLE, Stage
from junheng.domains.works.models import ContestRule, Likeness, Work
from junheng.domains.works.queries.asked import tallies_of
from junheng.platform.registers import Register
from junheng.platform.registers.asker import asker_of
from junheng.platform.registers.panels import Panel, panel
from junheng.platform.registers.registry import register_called

OUT = frozenset({Stage.SHOWN, Stage.RECOGNISED})
"""From here on a school may know what became of its work."""


@panel("detail", order=6)
def of_an_application(request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """On the page of an application: its files, its work, and questions about it for those who review."""
    if register.model is not SchemeApplication:
        return None
    parts, work = tallies_of(row), Work.objects.filter(application=row).first()
    if not parts and work is None:
        return None
    asker = asker_of(request)
    reviews = asker.may("view", register_called("works"))
    questions = (
        list(Likeness.objects.filter(one__application=row).select_related("one").order_by("pk"))
        if reviews
        else []
    )
    context = {
        "application": row,
        "parts": parts,
        "work": work,
        "result": work is not None and work.place is not None and (reviews or row.stage in OUT),
        "writable": row.stage in WRITABLE and asker.reaches(row, register, "change"),
        "questions": questions,
    }
    return Panel("works/_application.html", context)


@panel("detail", order=6)
def of_a_contest(_request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """On the page of a rule of prizes: where the results are."""
    return Panel("works/_contest.html", {"rule": row}) if register.model is ContestRule else None


@panel("detail", order=6)
def of_a_question(_request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """On the page of a question: the two works side by side."""
    return Panel("works/_question.html", {"likeness": row}) if register.model is Likeness else None
