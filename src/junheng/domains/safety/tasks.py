"""What the room does by itself at night: levels follow the findings and the days, photos go when their years are over."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.domains.safety.actions import forget_photos, watch_levels
from junheng.domains.safety.models import SheetPhoto
from junheng.platform.jobs.kinds import Deed, Nightly, Work, job
from junheng.platform.retention.rules import forgotten_by_their_room

forgotten_by_their_room(SheetPhoto)
BY = "junheng"
"""In whose name the house itself suspends, gives back and ends."""


@job("safety-nightly", nightly=Nightly(6, gettext_lazy("安全标准化等级核对、到期检查照片销毁")))
def nightly(work: Work) -> Deed:
    """Levels by the day of the house, photos by the day of the clock: what was sealed years ago is as old as it is."""

    def deed() -> dict[str, Any]:
        day = settings.JUNHENG_AS_OF or timezone.localdate(work.at)
        told = watch_levels(on=day, by=BY, at=work.at, why="每晚核对安全标准化等级")
        keys = forget_photos(on=timezone.localdate(work.at), at=work.at)
        sentence = _(
            "等级暂停 %(suspended)s 所、恢复 %(restored)s 所、到期 %(ended)s 所；销毁 %(keys)s 张到期照片的密钥。"
        )
        return {"sentence": sentence % (told | {"keys": keys})}

    return deed
