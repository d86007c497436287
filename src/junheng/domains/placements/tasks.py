"""The run as a job, for lists that take longer than somebody waits for a page."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.domains.intakes.models import Intake
from junheng.domains.placements.actions.computing import compute
from junheng.platform.jobs.kinds import Deed, Work, job
from junheng.platform.jobs.models import Job

RUN = "admission-run"


def office_page(one: Job) -> str:
    """Where the owner sees what came of it."""
    return reverse("placements:office", args=[one.parameters["intake"]])


@job(RUN, lead=office_page)
def run(work: Work) -> Deed:
    """Compute and verify all places; the deed is the whole of it, since it is one transaction."""
    intake = Intake.objects.get(code=work.job.parameters["intake"])

    def deed() -> dict[str, Any]:
        one = compute(intake, by=work.job.owner, at=work.at, why=_("计算录取结果"), tell=work.progress)
        sentence = _("已计算：%(placed)s 人录取，独立核验发现 %(faults)s 处问题。")
        return {"sentence": sentence % {"placed": one.placed, "faults": len(one.faults)}}

    return deed
