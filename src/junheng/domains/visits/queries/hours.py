"""Training in school subjects: on which days and until when it may be given, and what breaks that, with its rule."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.content.rulebook.inspection import INSPECTING
from junheng.domains.visits.terms import Breach, Mode
from junheng.kernel.rulebook import InForce
from junheng.kernel.workdays import DayKind, is_known, kind_of_day

ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that a lesson breaks: which, in a sentence, and the place that sets it."""

    breach: Breach
    sentence: str
    cites: str
    confirmed: bool
    """False where the house is not sure of the rule: it is shown as to be confirmed."""

    def stored(self) -> dict[str, object]:
        """As a note keeps it."""
        return {
            "breach": self.breach.value,
            "sentence": self.sentence,
            "cites": self.cites,
            "confirmed": self.confirmed,
        }


def breaches_of(at: datetime, mode: Mode, *, subject: bool) -> list[Broken]:
    """What a lesson breaks that was found going on at a moment; nothing where it is no school subject.

    The day counts first: a Saturday that is worked for a holiday is a working day, and a holiday's Tuesday is none.
    """
    here = timezone.localtime(at)
    on = here.date()
    if not subject:
        return []
    found = []
    kind = kind_of_day(on)
    rest = INSPECTING.training_rest_days.on(on)
    if kind == DayKind.HOLIDAY:
        found.append(_broken(Breach.HOLIDAY, rest, _("%(day)s 是法定节假日或其调休放假日。") % {"day": on}))
    elif kind == DayKind.REST:
        certain = is_known(on)
        sentence = (
            _("%(day)s 是休息日。") if certain else _("%(day)s 按普通周历是休息日，当年放假安排尚未公布。")
        )
        found.append(_broken(Breach.REST, rest, sentence % {"day": on}, certain=certain))
    vacation = INSPECTING.vacation.on(on)
    if vacation.value:
        sentence = _("%(day)s 在寒暑假内（%(since)s 起）。") % {"day": on, "since": vacation.since}
        found.append(_broken(Breach.VACATION, rest, sentence, certain=not vacation.certainty.to_be_confirmed))
    end = (INSPECTING.training_end if mode == Mode.OFFLINE else INSPECTING.training_end_online).on(on)
    seconds = here.hour * 3600 + here.minute * 60 + here.second
    if seconds > end.value * 60:
        sentence = _("%(time)s 仍在培训，%(mode)s培训不得晚于 %(end)s。") % {
            "time": here.strftime("%H:%M"),
            "mode": Mode(mode).label,
            "end": clock(end.value),
        }
        found.append(_broken(Breach.LATE, end, sentence))
    return found


def _broken(breach: Breach, rule: InForce[int], sentence: str, *, certain: bool = True) -> Broken:
    return Broken(breach, sentence, str(rule.cites), certain and not rule.certainty.to_be_confirmed)


def clock(minutes: int) -> str:
    """Minutes since midnight as a clock shows them.

    >>> clock(1230)
    '20:30'
    """
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@dataclass(frozen=True, slots=True)
class Day:
    """A day as the calendar of planning shows it."""

    day: date
    kind: DayKind
    vacation: bool
    certain: bool

    @property
    def label(self) -> str:
        """What kind of day it is, in words."""
        return LABELS[self.kind]()

    @property
    def trains_subjects(self) -> bool:
        """Whether training in school subjects may be given on it at all."""
        return self.kind in {DayKind.WORK, DayKind.MADE_UP} and not self.vacation


LABELS = {
    DayKind.WORK: lambda: _("工作日"),
    DayKind.MADE_UP: lambda: _("调休上班"),
    DayKind.REST: lambda: _("休息日"),
    DayKind.HOLIDAY: lambda: _("法定节假日"),
}


def day_of(on: date) -> Day:
    """A day with what it is."""
    return Day(on, kind_of_day(on), bool(INSPECTING.vacation.on(on).value), is_known(on))


def days_from(first: date, count: int) -> list[Day]:
    """The next days, for choosing the day of a visit."""
    return [day_of(first + turn * ONE) for turn in range(count)]


def schools_are_open(on: date) -> bool:
    """Whether pupils are at school on a day."""
    return day_of(on).trains_subjects
