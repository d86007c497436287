"""Every night the checks of the weeks are counted again: who is reminded, what was missed, and who is told."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.domains.patrols.actions import keep_ledger
from junheng.platform.jobs.kinds import Deed, Nightly, Work, job
from junheng.platform.jobs.models import Job

WATCH = "patrols-watch"
BY = "junheng"
"""In whose name the house itself keeps the ledger."""


def misses_page(_job: Job) -> str:
    """Where the misses are."""
    return reverse("registers:list", args=["misses"])


@job(WATCH, lead=misses_page, nightly=Nightly(hour=5, title=gettext_lazy("水域暗访计数与上报")))
def watch(work: Work) -> Deed:
    """Count and write within one transaction; a night that was missed is made up for by the next."""

    def deed() -> dict[str, Any]:
        day = settings.JUNHENG_AS_OF or timezone.localdate(work.at)
        kept = keep_ledger(on=day, by=BY, at=work.at, why="每晚计数并逐级上报")
        return {
            "sentence": _(
                "计数完成：提醒 %(reminded)s 人，漏查 %(missed)s 起，撤销 %(withdrawn)s 起，上报 %(told)s 次。"
            )
            % {
                "reminded": kept.reminded,
                "missed": kept.missed,
                "withdrawn": kept.withdrawn,
                "told": kept.told,
            }
        }

    return deed
