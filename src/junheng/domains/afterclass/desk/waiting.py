"""What waits for a principal and a class teacher: pupils who need the service and have no place, from the moment they do."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.domains.afterclass.models import Need
from junheng.domains.afterclass.queries.gaps import unserved_now
from junheng.platform.access.roles import Role
from junheng.platform.access.scope import roles_of
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import Todo, Waiting, todo


@todo
def without_a_place(asker: Asker) -> Iterable[Waiting]:
    """Pupils of one's school or class who wait."""
    if not {Role.PRINCIPAL, Role.CLASS_TEACHER} & set(roles_of(asker.user, on=asker.today)):
        return
    needs = register_called("needs")
    rows = asker.within(unserved_now(Need.objects.all(), on=asker.day), needs, "change")

    def line(count: int, _due: date | None) -> Todo:
        return Todo(_("名学生需要课后服务，还没有安排"), reverse("afterclass:overview"), count, "user-group")

    yield Waiting(rows, line)
