"""What waits for the officer, for the offices, and for those above."""

from collections.abc import Callable, Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.domains.tips.models import Referral, Tip
from junheng.domains.tips.policies.scope import TIPS
from junheng.domains.tips.queries.waiting import READY, UNACKED
from junheng.domains.tips.terms import ReferralState
from junheng.platform.access.roles import CITY_ROLES, Role
from junheng.platform.access.scope import roles_of
from junheng.platform.registers import register_of
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import Todo, Waiting, todo


@todo
def tips_waiting(asker: Asker) -> Iterator[Waiting]:
    """To be taken in, and to be answered."""
    if not asker.may("view", TIPS):
        return
    desk = reverse("tips:inbox")
    here = asker.within(Tip.objects.filter(lead=None), TIPS, "change")
    for word, rows, column in (
        (_("待受理的举报"), here.filter(state__in=UNACKED, acked_on=None), "ack_due"),
        (_("待转办或答复的举报"), here.filter(READY), "answer_due"),
    ):
        yield Waiting(rows, line(word, desk, asker.day), column)


@todo
def referrals_waiting(asker: Asker) -> Iterator[Waiting]:
    """Tasks of one's own office; for those above, what is overdue."""
    register = register_of(Referral)
    if register is None or not asker.may("view", register):
        return
    open_ones = Referral.objects.filter(state=ReferralState.OPEN)
    place = f"{reverse('registers:list', args=[register.slug])}?state={ReferralState.OPEN}"
    if asker.may("change", register):
        own = asker.within(open_ones, register, "change")
        yield Waiting(own, line(_("待办的举报转办"), place, asker.day), "due_on")
    elif Role.CITY_LEADER in CITY_ROLES & set(roles_of(asker.user, on=asker.today)):
        late = open_ones.filter(escalated_on__isnull=False)
        yield Waiting(late, line(_("逾期未办的举报转办"), place, None), "due_on")


def line(word: str, place: str, day: date | None) -> Callable[[int, date | None], Todo]:
    """How a line is made: late after a day, or in any case where it is ``None``."""

    def made(count: int, due: date | None) -> Todo:
        late = day is None or (due is not None and due < day)
        return Todo(word, place, count, "megaphone", due=due, late=late)

    return made
