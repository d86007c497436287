"""For how long the telephone of somebody who left office is kept."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from junheng.platform.retention.rules import keep


def left_office(cutoff: date) -> Q:
    """Who left on or before a day."""
    return Q(until__lte=cutoff)


keep("people", years="privacy.keep_officials", after=_("离任日"), ended=left_office, duty=_("责任人名册"))
