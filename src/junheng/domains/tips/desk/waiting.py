"""What waits for the officer, for the offices, and for those above."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.domains.tips.models import Referral, Tip
from junheng.domains.tips.policies.scope import TIPS
from junheng.domains.tips.queries.waiting import READY, UNACKED, first_due
from junheng.domains.tips.terms import ReferralState
from junheng.platform.access.roles import CITY_ROLES, Role
from junheng.platform.access.scope import roles_of
from junheng.platform.registers import register_of
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import Todo, todo


@todo
def tips_waiting(asker: Asker) -> Iterator[Todo]:
    """To be taken in, and to be answered."""
    if not asker.may("view", TIPS):
        return
    desk = reverse("tips:inbox")
    here = asker.within(Tip.objects.filter(lead=None), TIPS, "change")
    for word, rows, column in (
        (_("待受理的举报"), here.filter(state__in=UNACKED, acked_on=None), "ack_due"),
        (_("待转办或答复的举报"), here.filter(READY), "answer_due"),
    ):
        number, due = first_due(rows, column)
        if number:
            yield Todo(word, desk, number, "megaphone", due=due, late=due is not None and due < asker.today)


@todo
def referrals_waiting(asker: Asker) -> Iterator[Todo]:
    """Tasks of one's own office; for those above, what is overdue."""
    register = register_of(Referral)
    if register is None or not asker.may("view", register):
        return
    open_ones = Referral.objects.filter(state=ReferralState.OPEN)
    place = f"{reverse('registers:list', args=[register.slug])}?state={ReferralState.OPEN}"
    if asker.may("change", register):
        number, due = first_due(asker.within(open_ones, register, "change"), "due_on")
        if number:
            late = due is not None and due < asker.today
            yield Todo(_("待办的举报转办"), place, number, "megaphone", due=due, late=late)
    elif Role.CITY_LEADER in CITY_ROLES & set(roles_of(asker.user, on=asker.today)):
        number, due = first_due(open_ones.filter(escalated_on__isnull=False), "due_on")
        if number:
            yield Todo(_("逾期未办的举报转办"), place, number, "megaphone", due=due, late=True)
