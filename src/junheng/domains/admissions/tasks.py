"""Every night admissions and arrivals are compared with where children are registered."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.domains.admissions.actions import find_crossings
from junheng.platform.jobs.kinds import Deed, Nightly, Work, job
from junheng.platform.jobs.models import Job

WATCH = "crossings-watch"
BY = "junheng"
"""In whose name the house itself opens cases."""


def cases_page(_job: Job) -> str:
    """Where the cases are."""
    return reverse("registers:list", args=["crossings"])


@job(WATCH, lead=cases_page, nightly=Nightly(hour=4, title=gettext_lazy("跨县域招生比对")))
def watch(work: Work) -> Deed:
    """Find them within the transaction: the comparison is one question a kind."""

    def deed() -> dict[str, Any]:
        day = settings.JUNHENG_AS_OF or timezone.localdate(work.at)
        found = find_crossings(on=day, by=BY, at=work.at, why="每晚比对户籍县与就读县")
        return {"sentence": _("比对完成：新发现 %(count)s 起。") % {"count": len(found)}}

    return deed
