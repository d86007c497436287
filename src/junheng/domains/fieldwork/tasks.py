"""What field work does in the background: looking at pictures, and forgetting at night."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.domains.fieldwork.actions.forgetting import forget_photos, forget_unfinished
from junheng.domains.fieldwork.actions.looking import KIND, look, note, unseen
from junheng.domains.fieldwork.models import FieldPhoto
from junheng.platform.jobs.kinds import Deed, Nightly, Work, job
from junheng.platform.retention.rules import forgotten_by_their_room

forgotten_by_their_room(FieldPhoto)


@job(KIND, nightly=Nightly(1, gettext_lazy("查看外勤照片")))
def look_at_photos(work: Work) -> Deed:
    """Open the photos that wait; what they give reason to ask is asked."""
    seen = [look(one) for one in unseen()]

    def deed() -> dict[str, Any]:
        asked = note(seen, at=work.at)
        sentence = _("已查看 %(photos)s 张照片，提出 %(asked)s 个问题。")
        return {"sentence": sentence % {"photos": len(seen), "asked": asked}}

    return deed


@job("fieldwork-forget", nightly=Nightly(3, gettext_lazy("销毁到期的外勤照片")))
def forget(work: Work) -> Deed:
    """Photos whose years are over lose their keys; uploads that nobody finished are taken away."""

    def deed() -> dict[str, Any]:
        photos, unfinished = forget_photos(at=work.at), forget_unfinished(at=work.at)
        sentence = _("已销毁 %(photos)s 张到期照片的密钥，清除 %(unfinished)s 个未传完的照片。")
        return {"sentence": sentence % {"photos": photos, "unfinished": unfinished}}

    return deed
