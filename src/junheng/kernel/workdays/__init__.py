"""Working days of offices in China: public holidays and the weekend days worked in their place, as published."""

from junheng.kernel.workdays.counting import (
    Reckoned,
    add_working_days,
    days_overdue_since,
    working_days_between,
)
from junheng.kernel.workdays.published import (
    DayKind,
    first_known,
    is_known,
    is_working_day,
    kind_of_day,
    known_until,
)
from junheng.kernel.workdays.weeks import Week

__all__ = [
    "DayKind",
    "Reckoned",
    "Week",
    "add_working_days",
    "days_overdue_since",
    "first_known",
    "is_known",
    "is_working_day",
    "kind_of_day",
    "known_until",
    "working_days_between",
]
