"""Every night: fees whose day has come stand in the register of kindergartens."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.domains.kindergartens.actions.pricing import take_effect
from junheng.platform.jobs.kinds import Deed, Nightly, Work, job
from junheng.platform.jobs.models import Job

BY = "junheng"
"""In whose name the house itself writes down what was decided before."""


def fees_page(_job: Job) -> str:
    """Where the standards are."""
    return reverse("registers:list", args=["kindergartenfees"])


@job(
    "kindergarten-fees", lead=fees_page, nightly=Nightly(hour=1, title=gettext_lazy("幼儿园收费标准到期执行"))
)
def fees(work: Work) -> Deed:
    """Bring them in within the transaction: one question, and one entry for each that changed."""

    def deed() -> dict[str, Any]:
        day = settings.JUNHENG_AS_OF or timezone.localdate(work.at)
        changed = take_effect(on=day, by=BY, at=work.at, why="收费标准到执行日")
        return {"sentence": _("办理完成：%(count)s 所幼儿园执行新的收费标准。") % {"count": len(changed)}}

    return deed
