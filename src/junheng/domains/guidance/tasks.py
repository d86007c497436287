"""What is done every night: a closed case whose day has come is forgotten."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.domains.guidance.actions.closing import forget
from junheng.domains.guidance.models import CareCase, CareMeasure
from junheng.platform.jobs.kinds import Deed, Nightly, Work, job
from junheng.platform.retention.rules import forgotten_by_their_room

forgotten_by_their_room(CareCase, CareMeasure)


@job("guidance-forget", nightly=Nightly(4, gettext_lazy("一人一策：结案后保存期满的销毁")))
def nightly(work: Work) -> Deed:
    """Forget whom the closed cases of long ago were about."""

    def deed() -> dict[str, Any]:
        on = settings.JUNHENG_AS_OF or timezone.localdate(work.at)
        return {"sentence": _("销毁 %(count)s 份期满台账的对象信息。") % {"count": forget(on=on, at=work.at)}}

    return deed
