"""What registrations do by themselves at night."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.domains.registrations.actions.drafts import forget_old
from junheng.domains.registrations.actions.forgetting import forget_seasons
from junheng.domains.registrations.models import Application, Draft, Evidence, Objection
from junheng.platform.jobs.kinds import Deed, Nightly, Work, job
from junheng.platform.retention.rules import forgotten_by_their_room

forgotten_by_their_room(Application, Draft, Evidence, Objection)


@job("registrations-forget", nightly=Nightly(3, gettext_lazy("清理到期的报名草稿和报名信息")))
def forget(work: Work) -> Deed:
    """Drafts whose days are over are deleted; keys of seasons whose years are over are destroyed."""

    def deed() -> dict[str, Any]:
        drafts, keys = forget_old(at=work.at), forget_seasons(at=work.at)
        sentence = _("已删除 %(drafts)s 份到期草稿，销毁 %(keys)s 个到期密钥。")
        return {"sentence": sentence % {"drafts": drafts, "keys": keys}}

    return deed
