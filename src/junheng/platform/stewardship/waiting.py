"""What waits for somebody, on the first page: proposals to decide, those left below, registers to confirm."""

from collections.abc import Iterable

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import Todo, Waiting, todo
from junheng.platform.registers.views.browse import default_day
from junheng.platform.stewardship.confirming import to_confirm
from junheng.platform.stewardship.deciding import for_own_level, left_below
from junheng.platform.stewardship.limits import due_on, limits_on
from junheng.platform.stewardship.queries import late_of, local_day


@todo
def proposals(asker: Asker) -> Iterable[Todo | Waiting]:
    """Proposals that this person decides, and late ones that somebody below left."""
    day = default_day(asker)
    page = reverse("stewardship:proposals")
    own = for_own_level(asker).order_by().aggregate(count=Count("pk"), first=Min("at"))
    if own["count"]:
        due = due_on(local_day(own["first"]), limits_on(day).decide)
        yield Todo(
            _("待我批准的修改"),
            page,
            own["count"],
            "clipboard-document-check",
            due.day,
            due.day < day,
            due.certain,
        )
    below = f"{page}?show=below"
    yield Waiting(
        late_of(left_below(asker), day),
        lambda count, due: Todo(_("下级逾期未办的修改"), below, count, "exclamation-circle", None, late=True),
    )


@todo
def confirmations(asker: Asker) -> Iterable[Todo]:
    """Registers that this person should confirm."""
    due = to_confirm(asker, on=default_day(asker))
    if due:
        late = any(one.tone == "bad" for one in due)
        yield Todo(_("到期未确认的台账"), reverse("stewardship:mine"), len(due), "check-badge", None, late)
