"""Every night the last days of cases that passed too long ago are brought before the city's bureau."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.domains.governance.actions import escalate
from junheng.platform.jobs.kinds import Deed, Nightly, Work, job
from junheng.platform.jobs.models import Job

WATCH = "case-deadlines"
BY = "junheng"
"""In whose name the house itself acts."""


def overdue_page(_job: Job) -> str:
    """Where what is overdue stands."""
    return reverse("registers:list", args=["casedeadlines"])


@job(WATCH, lead=overdue_page, nightly=Nightly(hour=5, title=gettext_lazy("办案期限检查")))
def watch(work: Work) -> Deed:
    """Everything is done within the transaction: it is one question and one change."""

    def deed() -> dict[str, Any]:
        day = settings.JUNHENG_AS_OF or timezone.localdate(work.at)
        count = escalate(on=day, by=BY, at=work.at, why="每晚检查办案期限")
        return {"sentence": _("检查完成：新上报市局 %(count)s 项逾期。") % {"count": count}}

    return deed
