"""What waits for a county: steps that are late, and steps that a school says are reached."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.domains.projects.models import Milestone
from junheng.domains.projects.queries.standing import late_steps
from junheng.platform.registers import Level, register_called
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import Todo, Waiting, todo


@todo
def late_and_reported(asker: Asker) -> Iterator[Waiting]:
    """The late steps of a county's projects, and those that wait for its registration."""
    if not asker.stands_at(Level.COUNTY):
        return
    register = register_called("milestones")
    yield Waiting(asker.within(late_steps(asker.day), register, "change"), late, "planned_on")
    reported = Milestone.objects.filter(reached_on=None, project__cancelled_on=None).exclude(reported_on=None)
    yield Waiting(asker.within(reported, register, "change"), told, "reported_on")


def late(number: int, due: date | None) -> Todo:
    """The line of late steps."""
    address = reverse("projects:overview") + "?state=late"
    return Todo(_("个项目节点逾期"), address, number, "building-office", due, late=True)


def told(number: int, due: date | None) -> Todo:
    """The line of what schools reported."""
    return Todo(_("个节点学校已报完成，待登记"), reverse("projects:overview"), number, "building-office", due)
