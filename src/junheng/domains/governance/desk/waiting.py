"""What waits for whom: last days near or past for the county, those that passed too long ago for the city's bureau."""

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.domains.governance.models import CaseDeadline
from junheng.domains.governance.terms import DeadlineState
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.policies import Level
from junheng.platform.registers.todo import Todo, Waiting, todo

SOON = 7
"""Days before a last day from which it is on the first page."""


@todo
def deadlines(asker: Asker) -> Iterable[Waiting]:
    """Last days of the cases somebody works on; at the city's bureau those that were brought before it."""
    register = register_called("casedeadlines")
    if not asker.may("change", register):
        return
    day = asker.day
    rows = asker.within(CaseDeadline.objects.filter(state=DeadlineState.OPEN), register, "change")
    page = reverse("governance:overview")
    if asker.stands_at(Level.CITY):
        label, place = _("县里逾期未办、已报市局的案件事项"), f"{page}?overdue=escalated"
        yield Waiting(
            rows.filter(escalated_on__isnull=False),
            lambda count, due: Todo(label, place, count, "clock", due, True),
            "due_on",
        )
        return
    yield Waiting(
        rows.filter(due_on__lt=day),
        lambda count, due: Todo(_("逾期未办的案件事项"), page, count, "clock", due, True),
        "due_on",
    )
    yield Waiting(
        rows.filter(due_on__gte=day, due_on__lte=day + timedelta(days=SOON)),
        lambda count, due: Todo(_("快到期的案件事项"), page, count, "clock", due),
        "due_on",
    )
