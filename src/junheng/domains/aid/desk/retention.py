"""For how long names are kept: of borrowers, of who waived, and what families wrote in applications."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from junheng.platform.retention.rules import keep


def signed_by(cutoff: date) -> Q:
    """The contracts, or the waivers, signed on or before a day."""
    return Q(signed_on__lte=cutoff)


def ended_by(cutoff: date) -> Q:
    """The applications that were decided on or before a day."""
    return Q(ended_on__lte=cutoff)


keep("loans", years="privacy.keep_loans", after=_("合同签订日"), ended=signed_by, duty=_("助学贷款合同"))
keep("waivers", years="privacy.keep_aid", after=_("签字日"), ended=signed_by, duty=_("资助资金的档案"))
keep("aidrequests", years="privacy.keep_aid", after=_("办结日"), ended=ended_by, duty=_("资助资金的档案"))
