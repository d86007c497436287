"""For how long the files of applications are kept after the applications are over."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.schemes.terms import OVER, Stage
from junheng.platform.retention.rules import keep


def ended_by(cutoff: date) -> Q:
    """Files of applications that are over, or were never handed in, of schemes whose last day lies before."""
    return Q(
        application__stage__in=[*OVER, Stage.DRAFT], application__category__scheme__applies_until__lte=cutoff
    )


keep(
    "attachments",
    years="works.keep_attachments",
    after=_("申报截止日（已办结的）"),
    ended=ended_by,
    duty=_("评选认定档案"),
)
