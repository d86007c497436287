"""Every night copies of letters that nobody signed for or answered in time are brought before who sent them."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.domains.letters.actions import escalate
from junheng.platform.jobs.kinds import Deed, Nightly, Work, job
from junheng.platform.jobs.models import Job

WATCH = "letters-overdue"
BY = "junheng"
"""In whose name the house itself acts."""


def letters_page(_job: Job) -> str:
    """Where letters are followed."""
    return reverse("letters:overview")


@job(WATCH, lead=letters_page, nightly=Nightly(hour=5, title=gettext_lazy("函件签收和答复检查")))
def watch(work: Work) -> Deed:
    """Everything is done within the transaction: it is one question and one change."""

    def deed() -> dict[str, Any]:
        day = settings.JUNHENG_AS_OF or timezone.localdate(work.at)
        count = escalate(on=day, by=BY, at=work.at, why="每晚检查函件签收和答复")
        return {"sentence": _("检查完成：新发现 %(count)s 份逾期。") % {"count": count}}

    return deed
