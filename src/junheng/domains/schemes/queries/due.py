"""Which certificates are to be looked at again this year, and which run out soon."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from junheng.content.rulebook import SCHEMES
from junheng.domains.schemes.models import Certificate


def good(on: date) -> Q:
    """Certificates that are worth something on a day."""
    return (
        (Q(revoked_on=None) | Q(revoked_on__gt=on))
        & (Q(valid_until=None) | Q(valid_until__gt=on))
        & (Q(recognition=None) | Q(recognition__until=None) | Q(recognition__until__gt=on))
    )


def to_check(on: date) -> "QuerySet[Certificate]":
    """Those of schemes that are looked at every year, awarded before this year and not looked at in it."""
    first = date(on.year, 1, 1)
    return Certificate.objects.filter(
        good(on), application__category__scheme__checked_yearly=True, awarded_on__lt=first
    ).exclude(checked_on__gte=first)


def running_out(on: date) -> "QuerySet[Certificate]":
    """Those that end within the days of notice: whoever holds them is told to apply again."""
    notice = timedelta(days=SCHEMES.recheck_notice.on(on).value)
    return Certificate.objects.filter(good(on), valid_until__lte=on + notice)
