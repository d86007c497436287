"""What is done every night: an appointment ends when the pupil has left the class."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.domains.care.actions import end_left
from junheng.platform.jobs.kinds import Deed, Nightly, Work, job


@job("committee-nightly", nightly=Nightly(3, gettext_lazy("心理委员：学生离开班级的，聘任终止")))
def nightly(work: Work) -> Deed:
    """End the appointments of pupils who are in the class no longer."""

    def deed() -> dict[str, Any]:
        on = settings.JUNHENG_AS_OF or timezone.localdate(work.at)
        return {"sentence": _("终止 %(count)s 名心理委员的聘任。") % {"count": end_left(on=on, at=work.at)}}

    return deed
