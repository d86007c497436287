"""Every night the files go that somebody sent and never came back for: sending sweeps too, but not where nobody sends."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from junheng.platform.jobs.kinds import Deed, Nightly, Work, job
from junheng.platform.registers.uploads import sweep


@job("uploads-sweep", nightly=Nightly(hour=3, title=_("清理过期的上传文件")))
def sweep_uploads(work: Work) -> Deed:
    """Remove them; there is nothing to write."""

    def deed() -> dict[str, Any]:
        sweep()
        return {}

    return deed
