"""What the calendar says of a day at the waters: season, heat, holiday, make-up day, and the next holiday."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from junheng.content.rulebook import SAFETY
from junheng.kernel.rulebook import Dated
from junheng.kernel.workdays import DayKind, is_known, kind_of_day

AHEAD = 14
"""Days that one looks ahead for a holiday."""
ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Mode:
    """One line about a day; ``certain`` is false while somebody has to confirm what it rests on."""

    words: str
    tone: str
    certain: bool = True


def modes(day: date) -> list[Mode]:
    """What holds on a day, the most urgent first."""
    found = []
    if within(day, SAFETY.heat_from, SAFETY.heat_until):
        found.append(Mode(_("高温时段：午后和傍晚是溺水高发时段，重点水域增派人手"), "bad", certain=False))
    if within(day, SAFETY.swim_season_from, SAFETY.swim_season_until):
        found.append(Mode(_("防溺水重点季节"), "warn", certain=False))
    found.append(of_the_day(day))
    if (ahead := next_holiday(day)) is not None:
        words = _("距下一个法定假日还有 %(days)s 天（%(day)s），提前提醒学生和家长")
        found.append(Mode(words % {"days": (ahead - day).days, "day": ahead.isoformat()}, "calm"))
    return found


def of_the_day(day: date) -> Mode:
    """Whether pupils are at home."""
    if not is_known(day):
        return Mode(_("今年的放假安排还没有公布，按周一至周五计算"), "warn", certain=False)
    kind = kind_of_day(day)
    if kind is DayKind.HOLIDAY:
        return Mode(_("法定节假日：学生在家，加密巡查"), "bad")
    if kind is DayKind.REST:
        return Mode(_("休息日：学生在家"), "warn")
    if kind is DayKind.MADE_UP:
        return Mode(_("调休上班日：学生在校"), "calm")
    return Mode(_("工作日"), "calm")


def next_holiday(day: date) -> date | None:
    """The first day of the next holiday within two weeks; none during one, or where nothing is published."""
    if kind_of_day(day) is DayKind.HOLIDAY:
        return None
    for n in range(1, AHEAD + 1):
        ahead = day + n * ONE
        if is_known(ahead) and kind_of_day(ahead) is DayKind.HOLIDAY:
            return ahead
    return None


def within(day: date, first: "Dated[Any]", last: "Dated[Any]") -> bool:
    """Whether a day lies between two days of the year, both included."""
    return bool(first.on(day).value <= 100 * day.month + day.day <= last.on(day).value)
