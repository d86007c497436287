"""What is late is told by the day by which the house goes: the demonstration of 2023 is not late for years."""

from pathlib import Path

from django.utils import timezone

from junheng.domains.tips.models import Tip
from junheng.domains.tips.queries.waiting import figures, late_referrals, late_tips
from junheng.platform.access.models import User
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import todo_of
from tests.small_house import DAY, built, house

__all__ = ["built", "house"]


def test_the_day_of_the_house_is_its_own_or_today(settings) -> None:
    asker = Asker(None, timezone.now())
    settings.JUNHENG_AS_OF = DAY
    assert (asker.day, asker.today) == (DAY, timezone.localdate())
    settings.JUNHENG_AS_OF = None
    assert asker.day == asker.today


def test_nothing_that_is_due_later_is_called_late_on_anybody_s_first_page(house: Path) -> None:
    now, seen = timezone.now(), 0
    for user in User.objects.filter(is_active=True):
        for one in todo_of(Asker(user, now)):
            seen += one.due is not None
            assert not (one.late and one.due is not None and one.due >= DAY), (user.username, one)
    assert seen > 20


def test_of_the_tips_under_way_only_what_is_planted_is_late(house: Path) -> None:
    tips, referrals = list(late_tips(DAY)), list(late_referrals(DAY))
    assert (2 <= len(tips) <= 5, 1 <= len(referrals) <= 3) == (True, True)
    assert all(one.escalated_on for one in [*tips, *referrals]), "the leaders were told"
    assert figures(Tip.objects.all(), on=DAY).late == len(tips)
