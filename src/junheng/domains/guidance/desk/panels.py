"""On the page of a case: its plan, what is done, and the way to whom it is about."""

from typing import Any

from django.http import HttpRequest

from junheng.content.rulebook import GUIDANCE
from junheng.domains.guidance.models import CareCase
from junheng.domains.guidance.policies import teams_of
from junheng.domains.guidance.queries import measures_of
from junheng.platform.registers import Register
from junheng.platform.registers.asker import asker_of
from junheng.platform.registers.panels import Panel, panel


@panel("detail", order=5)
def of_a_case(request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """The plans, the measures and the offers of one case."""
    if register.model is not CareCase:
        return None
    asker = asker_of(request)
    plans = list(row.careplan_set.order_by("-since", "-pk"))
    context = {
        "case": row,
        "plan": next((one for one in plans if one.until is None), None),
        "former": [one for one in plans if one.until is not None],
        "measures": measures_of(row),
        "offer": row.transfers.filter(answered_on=None).select_related("to_school").first(),
        "team": row.team_id in teams_of(asker),
        "day": asker.day,
        "within": GUIDANCE.review_within.on(asker.day),
        "kept": GUIDANCE.keep_closed.on(asker.day),
    }
    return Panel("guidance/_case.html", context)
