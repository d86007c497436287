"""A panel on the page of a project: its steps, its acceptance, and what was paid."""

from typing import Any

from django.db.models import Sum
from django.http import HttpRequest

from junheng.domains.projects.models import Project, ProjectAcceptance, ProjectPayment
from junheng.domains.projects.queries.standing import is_late, progress_of
from junheng.platform.registers import Register, register_called
from junheng.platform.registers.asker import asker_of
from junheng.platform.registers.panels import Panel, panel


@panel("detail", order=7)
def timeline(request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """The steps of a project, its acceptance, and the money."""
    if register.model is not Project:
        return None
    asker = asker_of(request)
    day = asker.day
    [progress] = progress_of([row], on=day)
    payments = asker.within(
        ProjectPayment.objects.filter(project=row), register_called("projectpayments"), "view"
    )
    context = {
        "project": row,
        "progress": progress,
        "steps": [(one, is_late(one, on=day) and row.cancelled_on is None) for one in progress.steps],
        "acceptance": ProjectAcceptance.objects.filter(project=row).first(),
        "pays": asker.may("view", register_called("projectpayments")),
        "may_pay": asker.may("change", register_called("projectpayments")),
        "paid": payments.aggregate(sum=Sum("amount_fen"))["sum"] or 0,
    }
    return Panel("projects/_timeline.html", context)
