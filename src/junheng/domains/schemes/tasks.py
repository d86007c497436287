"""Every night: recognised kindergartens that charge more than they promised are asked about it."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.domains.schemes.actions.watching import ask_above_the_ceiling
from junheng.platform.jobs.kinds import Deed, Nightly, Work, job
from junheng.platform.jobs.models import Job

BY = "junheng"
"""In whose name the house itself asks."""


def questions_page(_job: Job) -> str:
    """Where the questions are."""
    return reverse("registers:list", args=["kindergartenquestions"])


@job(
    "fee-ceilings",
    lead=questions_page,
    nightly=Nightly(hour=2, title=gettext_lazy("普惠园收费与认定标准核对")),
)
def ceilings(work: Work) -> Deed:
    """Look at all of them within the transaction; each is asked once until it is settled."""

    def deed() -> dict[str, Any]:
        day = settings.JUNHENG_AS_OF or timezone.localdate(work.at)
        asked = ask_above_the_ceiling(on=day, by=BY, at=work.at)
        return {"sentence": _("核对完成：新发出询问 %(count)s 条。") % {"count": len(asked)}}

    return deed
