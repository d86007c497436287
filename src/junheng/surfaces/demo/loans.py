"""Repayment reminders of the demonstration: those of 2023 in the first county, some told, one out of reach, some waiting."""

from datetime import datetime
from zoneinfo import ZoneInfo

from junheng.domains.aid.actions import reminding
from junheng.domains.aid.models import LoanReminder
from junheng.domains.aid.terms import Told
from junheng.domains.areas.models import Area
from junheng.platform.access.models import User

SHANGHAI = ZoneInfo("Asia/Shanghai")
YEAR, WHY = 2023, "按演示方案办理"
MADE = datetime(YEAR, 10, 9, 10, tzinfo=SHANGHAI)
CALLED = datetime(YEAR, 11, 6, 15, tzinfo=SHANGHAI)


def remind_borrowers(county: Area, officer: User) -> None:
    """Reminders of everybody who graduated; every other one was called."""
    reminding.remind(county, year=YEAR, day=MADE.date(), by=officer, at=MADE, why=WHY)
    for number, row in enumerate(LoanReminder.objects.filter(year=YEAR).order_by("pk")):
        if number % 2 == 0 or number == 1:
            outcome = Told.UNREACHABLE if number == 1 else Told.NOTIFIED
            # what was settled since had not been when they called
            reminding.change([row], by=officer, at=CALLED, why=WHY, outcome=outcome, noted_on=CALLED.date())
