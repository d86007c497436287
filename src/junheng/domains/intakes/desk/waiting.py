"""What waits for the office of an admission: a plan that must be published by its day."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.domains.intakes.models import Intake
from junheng.domains.intakes.policies.scope import INTAKES
from junheng.domains.intakes.terms import IntakeState
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import Todo, todo


@todo
def plans_to_publish(asker: Asker) -> Iterator[Todo]:
    """Plans that are not published yet, by the first day on which one is due."""
    waiting = asker.within(Intake.objects.filter(state=IntakeState.DRAFT), INTAKES, "change")
    days = sorted(waiting.values_list("announce_by", flat=True))
    if days:
        due = timezone.localdate(days[0])
        yield Todo(
            _("待公布的招生计划"),
            reverse("intakes:office"),
            len(days),
            "map",
            due=due,
            late=days[0] < asker.at,
        )
