"""Every night the sessions go that have ended: they let nobody in any more, but say who was there when."""

from typing import Any

from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from junheng.platform.jobs.kinds import Deed, Nightly, Work, job


@job("sessions-sweep", nightly=Nightly(hour=3, title=_("清理过期的登录会话")))
def sweep_sessions(work: Work) -> Deed:
    """Remove them."""

    def deed() -> dict[str, Any]:
        count, _by_table = Session.objects.filter(expire_date__lt=work.at).delete()
        return {"count": count}

    return deed
