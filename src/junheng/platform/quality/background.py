"""Checking as a job: ordered on the page by the city's bureau, or every night."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.kernel.errors import NotAllowed
from junheng.platform.jobs.actions import order
from junheng.platform.jobs.kinds import Deed, Nightly, Work, job
from junheng.platform.jobs.models import Job
from junheng.platform.quality.computing import ask, keep
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.policies import Level

CHECK = "quality-check"


def overview_page(_job: Job) -> str:
    """Where the owner sees what came of it."""
    return reverse("quality:overview")


@job(CHECK, lead=overview_page, nightly=Nightly(hour=2, title=gettext_lazy("数据质量检查")))
def check(work: Work) -> Deed:
    """Ask everything outside the transaction, write the differences within it."""
    asked = ask(on=settings.JUNHENG_AS_OF or timezone.localdate(work.at), progress=work.progress)

    def deed() -> dict[str, Any]:
        run = keep(asked, at=work.at)
        return {"sentence": _("检查完成：%(count)s 个问题。") % {"count": sum(run.counts.values())}}

    return deed


def may_order(asker: Asker) -> bool:
    """Whether somebody may have everything checked now: whoever stands at the city's bureau."""
    return asker.stands_at(Level.CITY)


def order_check(asker: Asker) -> Job:
    """Put a check into the queue."""
    if not may_order(asker):
        raise NotAllowed("check-ordered-by-the-city", "立即检查由市局办理；检查每晚自动进行，请明天再看。")
    return order(CHECK, title=_("数据质量检查"), parameters={}, by=asker.user, at=asker.at)
