"""What tips do by themselves at night."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.domains.tips.actions.counting import forget_sources
from junheng.domains.tips.actions.nights import escalate, forget, show_visits, take_over
from junheng.domains.tips.actions.triage import let_in
from junheng.domains.tips.models import Tip, TipNote, TipPhoto
from junheng.platform.jobs.kinds import Deed, Nightly, Work, job
from junheng.platform.retention.rules import forgotten_by_their_room

forgotten_by_their_room(Tip, TipNote, TipPhoto)
NIGHT = "夜间任务"


@job("tips-nightly", nightly=Nightly(4, gettext_lazy("举报：逾期上报、排队放行、到期销毁")))
def nightly(work: Work) -> Deed:
    """Late ones go up, those that queued come in, results are taken over, old words and addresses go."""

    def deed() -> dict[str, Any]:
        on = settings.JUNHENG_AS_OF or timezone.localdate(work.at)
        told = {
            "late": escalate(on=on, at=work.at),
            "done": take_over(on=on, at=work.at),
            "queued": let_in(by=NIGHT, at=work.at, why="夜间放行排队的举报"),
            "keys": forget(on=on, at=work.at),
        }
        show_visits(at=work.at)
        forget_sources(at=work.at)
        sentence = _(
            "逾期上报 %(late)s 件，已有结果 %(done)s 件，放行排队 %(queued)s 件，销毁 %(keys)s 个到期密钥。"
        )
        return {"sentence": sentence % told}

    return deed
