"""What waits for the office: a step to agree to, a result to release, and lists whose day has come."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.domains.intakes.models import Intake
from junheng.domains.intakes.policies.scope import INTAKES
from junheng.domains.intakes.terms import IntakeState
from junheng.domains.placements.models import Countersign
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import Todo, todo


@todo
def to_agree(asker: Asker) -> Iterator[Todo]:
    """Steps that somebody else asked for, and closed registrations whose list is still open."""
    mine = asker.within(Intake.objects.all(), INTAKES, "change")
    open_ones = Countersign.objects.filter(agreed_by="", intake__in=mine).exclude(
        asked_by=asker.user.get_username()
    )
    codes = list(open_ones.values_list("intake__code", flat=True))
    if codes:
        yield Todo(
            _("待您同意的招生步骤"), reverse("placements:office", args=[codes[0]]), len(codes), "users"
        )
    due = mine.filter(state=IntakeState.PUBLISHED, checked_by__lte=asker.at).order_by("checked_by")
    first = due.values_list("code", flat=True).first()
    if first:
        yield Todo(
            _("待封存的报名名单"), reverse("placements:office", args=[first]), due.count(), "lock-closed"
        )
