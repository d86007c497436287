"""What waits: tasks for the role that does them, and near the end of a term households for their class teacher."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.domains.homevisits.desk.pages import classes_of
from junheng.domains.homevisits.policies import does_tasks, tasks_of
from junheng.domains.homevisits.queries.households import reminds, unvisited
from junheng.domains.homevisits.terms import HelpState
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.registry import register_called
from junheng.platform.registers.todo import Todo, Waiting, todo


@todo
def of_a_class_teacher(asker: Asker) -> Iterator[Waiting]:
    """Households that nobody met in this school year, once the end of the term is near."""
    if (
        not reminds(asker.day)
        or not (rooms := classes_of(asker))
        or not asker.may("change", register_called("visits"))
    ):
        return
    yield Waiting(unvisited(rooms, on=asker.day), household_line)


@todo
def of_a_helper(asker: Asker) -> Iterator[Waiting]:
    """Needs that a visit found, for the role that they go to."""
    if not does_tasks(asker):
        return
    day = asker.day

    def line(number: int, due: date | None) -> Todo:
        return Todo(
            _("件家访发现的需求待办"),
            reverse("homevisits:tasks"),
            number,
            "lifebuoy",
            due=due,
            late=due is not None and due < day,
        )

    open_ones = tasks_of(asker).filter(state__in=(HelpState.OPEN, HelpState.TAKEN))
    yield Waiting(open_ones, line, due="due_on")


def household_line(number: int, _due: date | None) -> Todo:
    """The line of a class teacher."""
    return Todo(_("户学生家庭本学年还没有家访"), reverse("homevisits:home"), number, "home")
