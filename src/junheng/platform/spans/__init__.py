"""From which day to which day something holds: the one rule of time that all rooms share."""

from datetime import date

from django.db.models import CheckConstraint, F, Q


def holds(on: date, *, since: str = "since", until: str = "until") -> Q:
    """The rows that hold on a day: begun on or before it, and not yet ended (``until`` is the first day without)."""
    return Q(**{f"{since}__lte": on}) & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": on}))


def ends_after_start() -> CheckConstraint:
    """A row that holds on no day at all is a typing mistake, so the table refuses it."""
    return CheckConstraint(
        name="%(app_label)s_%(class)s_ends_after_start",
        condition=Q(until__isnull=True) | Q(until__gt=F("since")),
    )
