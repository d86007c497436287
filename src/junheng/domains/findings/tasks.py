"""Every night what is overdue is written down, and brought before the county and the city."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.domains.findings.actions import escalate_overdue
from junheng.domains.findings.queries import overdue
from junheng.platform.jobs.kinds import Deed, Nightly, Work, job
from junheng.platform.jobs.models import Job

WATCH = "findings-overdue"
BY = "junheng"
"""In whose name the house itself brings something before a level."""


def overdue_page(_job: Job) -> str:
    """Where they are."""
    return reverse("findings:overdue")


@job(WATCH, lead=overdue_page, nightly=Nightly(hour=5, title=gettext_lazy("逾期隐患清点上报")))
def watch(work: Work) -> Deed:
    """Count and escalate within the transaction: two questions, and one entry for each that moved."""

    def deed() -> dict[str, Any]:
        day = settings.JUNHENG_AS_OF or timezone.localdate(work.at)
        raised = escalate_overdue(on=day, by=BY, at=work.at, why="每晚清点逾期隐患")
        count = overdue(day).count()
        return {
            "sentence": _("清点完成：逾期 %(count)s 条，新上报 %(raised)s 条。")
            % {"count": count, "raised": len(raised)}
        }

    return deed
