"""What waits for clerks: statements to be checked, and appeals to be decided."""

from collections.abc import Iterator

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.domains.intakes.terms import IntakeState
from junheng.domains.registrations.models import Objection, StatedCircumstance
from junheng.domains.registrations.policies.scope import CIRCUMSTANCES, OBJECTIONS
from junheng.domains.registrations.terms import ApplicationState, FoundState, ObjectionState
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import Todo, Waiting, todo


@todo
def checks_waiting(asker: Asker) -> Iterator[Todo | Waiting]:
    """Statements and appeals in the scope of somebody who decides them."""
    claimed = StatedCircumstance.objects.filter(
        state=FoundState.CLAIMED,
        application__state=ApplicationState.SENT,
        application__intake__state=IntakeState.PUBLISHED,
    )
    told = asker.within(claimed, CIRCUMSTANCES, "change").aggregate(
        number=Count("id"), due=Min("application__intake__checked_by")
    )
    if told["number"]:
        due = timezone.localdate(told["due"])
        yield Todo(
            _("待审核的报名情况"), reverse("registrations:check-lists"), told["number"],
            "clipboard-document-check", due=due, late=told["due"] < asker.at,
        )  # fmt: skip
    open_ones = Objection.objects.filter(state=ObjectionState.OPEN)
    yield Waiting(
        asker.within(open_ones, OBJECTIONS, "change"),
        lambda count, due: Todo(_("待处理的入学申诉"), reverse("registrations:check-lists"), count, "scale"),
    )
