"""What waits for somebody: payments that a school has not confirmed, money to be paid, titles that are gone."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.domains.awardfunds.models import AwardPayment
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.policies import Level
from junheng.platform.registers.registry import register_called
from junheng.platform.registers.todo import Todo, Waiting, todo


@todo
def to_confirm(asker: Asker) -> Iterator[Waiting]:
    """Payments of award money that came, as the county says, and that the school has not confirmed."""
    if asker.stands_at(Level.SCHOOL):
        rows = AwardPayment.objects.filter(received_on=None)
        yield Waiting(asker.within(rows, register_called("awardpayments"), "change"), line)


def line(number: int, _due: date | None) -> Todo:
    """The line of a principal."""
    return Todo(_("笔奖补待确认到账"), reverse("awardfunds:overview"), number, "banknotes")
