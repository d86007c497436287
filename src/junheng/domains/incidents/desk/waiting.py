"""What waits for whom on the first page: incidents to be reviewed, and those that may be closed."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.domains.incidents.models import Incident
from junheng.domains.incidents.queries import ready_to_close
from junheng.domains.incidents.terms import IncidentState
from junheng.platform.audit.append import name_of
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.policies import Level
from junheng.platform.registers.todo import Todo, Waiting, todo


@todo
def incidents(asker: Asker) -> Iterable[Waiting]:
    """For the place and those above it: what nobody has reviewed; for those above: what is done and not closed."""
    own = register_called("incidents")
    if not asker.may("change", own):
        return
    rows = asker.within(Incident.objects.filter(state=IncidentState.REPORTED), own, "change")
    address = reverse("incidents:overview")

    def to_review(count: int, due: date | None) -> Todo:
        late = due is not None and due < asker.day
        return Todo(_("待复盘的安全事件"), address, count, "exclamation-triangle", due, late)

    yield Waiting(rows, to_review, "review_by")
    if asker.stands_at(Level.COUNTY) or asker.stands_at(Level.CITY):
        done = asker.within(ready_to_close(), own, "change").exclude(reviewed_by=name_of(asker.user))
        yield Waiting(done, lambda count, _due: Todo(_("可以办结的安全事件"), address, count, "check-circle"))
