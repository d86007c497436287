"""Days: from which to which something holds, and which days a deed may name. The one rule of time of all rooms."""

from datetime import date, datetime

from django.db.models import CheckConstraint, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from junheng.kernel.errors import Refusal


def holds(on: date, *, since: str = "since", until: str = "until") -> Q:
    """The rows that hold on a day: begun on or before it, and not yet ended (``until`` is the first day without)."""
    return Q(**{f"{since}__lte": on}) & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": on}))


def held_from(on: date, *, until: str = "until") -> Q:
    """The rows that hold on a day or on some day after it: whatever has not ended by then."""
    return Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": on})


def ends_after_start() -> CheckConstraint:
    """A row that holds on no day at all is a typing mistake, so the table refuses it."""
    return CheckConstraint(
        name="%(app_label)s_%(class)s_ends_after_start",
        condition=Q(until__isnull=True) | Q(until__gt=F("since")),
        violation_error_message=_("终止日须晚于起始日：终止日是不再有效的第一天。"),
    )


def check_has_come(on: date, *, at: datetime) -> None:
    """Refuse a day that is still to come: a deed is recorded when it has been done."""
    if on > timezone.localdate(at):
        raise Refusal("day-to-come", "{on} 还没有到，不能登记为已经发生。请填写实际发生的日期。", on=on)


def check_ends_after(since: date, until: date) -> None:
    """Refuse an end on or before the first day: something would have held on no day at all."""
    if until <= since:
        raise Refusal(
            "ends-before-start",
            "终止日 {until} 须晚于起始日 {since}：终止日是不再有效的第一天。请改正日期后再办理。",
            until=until,
            since=since,
        )
