"""What waits for a school's team and for the officer of the place: plans to be looked at again, cases offered."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.domains.guidance.models import CarePlan
from junheng.domains.guidance.policies import case_register, teams_of
from junheng.domains.guidance.queries import offered_to, to_review
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import Todo, Waiting, todo

AHEAD = timedelta(days=7)
"""A team is told a week before; the officer of the place once it is late."""


@todo
def reviews(asker: Asker) -> Iterable[Waiting]:
    """Plans that are due, and cases that a school is asked to take. Only those who see cases are told that there are any."""
    if not asker.may("change", case_register()):
        return
    place, schools = reverse("guidance:cases"), teams_of(asker)
    plans = asker.within(CarePlan.objects.all(), register_called("careplans"), "change")

    def line(count: int, due: date | None) -> Todo:
        late = due is not None and due < asker.day
        return Todo(_("份方案待评估"), place, count, "lock-closed", due, late)

    yesterday = asker.day - timedelta(days=1)
    yield Waiting(to_review(plans, by=asker.day + AHEAD if schools else yesterday), line, "review_on")
    if schools:
        yield Waiting(
            offered_to(schools),
            lambda count, _due: Todo(_("份台账待接收"), place, count, "lock-closed"),
        )
