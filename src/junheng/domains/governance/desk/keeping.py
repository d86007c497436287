"""For how long the files of exhibits are kept after a case has ended."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.governance.models import CaseStep
from junheng.domains.governance.terms import ENDED
from junheng.platform.retention.rules import keep


def ended_by(cutoff: date) -> Q:
    """Exhibits of cases that have ended and in whose file nothing was done after a day."""
    done = CaseStep.objects.filter(on__lte=cutoff).values("case")
    later = CaseStep.objects.filter(on__gt=cutoff).values("case")
    return Q(case__state__in=ENDED) & Q(case__in=done) & ~Q(case__in=later)


keep("exhibits", years="privacy.keep_exhibits", after=_("结案日"), ended=ended_by, duty=_("行政处罚案卷"))
