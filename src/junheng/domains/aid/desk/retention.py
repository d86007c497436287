"""For how long the name of a borrower is kept."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from junheng.platform.retention.rules import keep


def signed_by(cutoff: date) -> Q:
    """The contracts signed on or before a day."""
    return Q(signed_on__lte=cutoff)


keep("loans", years="privacy.keep_loans", after=_("合同签订日"), ended=signed_by, duty=_("助学贷款合同"))
