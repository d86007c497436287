"""What waits for a school on the first page: blanks that were to be filled."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.domains.posts.models import PostTask
from junheng.domains.posts.terms import TaskState
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.policies import Level
from junheng.platform.registers.todo import Todo, Waiting, todo


@todo
def blanks(asker: Asker) -> Iterable[Waiting]:
    """Tasks of one's own school; those above it see them in the register."""
    register = register_called("posttasks")
    if not asker.may("change", register) or not asker.stands_at(Level.SCHOOL):
        return
    day = asker.day
    rows = asker.within(PostTask.objects.filter(state=TaskState.OPEN), register, "change")
    address = f"{reverse('registers:list', args=['posttasks'])}?state={TaskState.OPEN}"

    def line(count: int, due: date | None) -> Todo:
        late = due is not None and due < day
        return Todo(_("待落实到人的岗位空白"), address, count, "user-plus", due, late)

    yield Waiting(rows, line, "due_on")
