"""What levels of safety say about a school that applies for a title: a check that a criterion may name."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.domains.safety.models import Acceptance
from junheng.domains.safety.terms import BEST_FIRST, AcceptanceState, SafetyLevel
from junheng.domains.schemes.models import SchemeApplication
from junheng.domains.schemes.queries.checks import Found, check
from junheng.domains.schemes.terms import OF_A_SCHOOL


@check(
    "safety-level",
    gettext_lazy("安全标准化不低于几级"),
    register="acceptances",
    subjects=set(OF_A_SCHOOL),
    limited=gettext_lazy("级（1 为一级）"),
)
def safety_level(application: SchemeApplication, limit: int, on: date) -> Found:
    """The level that the school holds on the day: given, not suspended, not over."""
    held = Acceptance.objects.filter(
        school=application.school_id, state=AcceptanceState.GRANTED, since__lte=on, until__gt=on
    ).first()
    if held is None:
        return Found(False, _("没有有效的安全标准化等级"))
    level = SafetyLevel(held.level)
    return Found(
        1 + BEST_FIRST.index(level) <= limit,
        _("安全标准化%(level)s，有效至 %(until)s") % {"level": level.label, "until": held.until},
    )
