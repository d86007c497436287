"""What letters to parents do by themselves at night."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.domains.familyletters.actions.forgetting import forget
from junheng.domains.familyletters.actions.writing import recount
from junheng.domains.familyletters.models import FamilyLetter, LetterReceipt
from junheng.domains.familyletters.terms import OPEN_AFTER
from junheng.platform.jobs.kinds import Deed, Nightly, Work, job
from junheng.platform.retention.rules import forgotten_by_their_room

forgotten_by_their_room(LetterReceipt)


@job("family-letters-nightly", nightly=Nightly(4, gettext_lazy("告家长书：重新清点、到期销毁")))
def nightly(work: Work) -> Deed:
    """Schools are counted anew for the letters that run; names of who signed go when their years are over."""

    def deed() -> dict[str, Any]:
        on = settings.JUNHENG_AS_OF or timezone.localdate(work.at)
        running = FamilyLetter.objects.filter(sent_on__isnull=False, due_on__gte=on - OPEN_AFTER)
        told = {"schools": recount(running, on=on), "keys": forget(on=on, at=work.at)}
        return {"sentence": _("重新清点后 %(schools)s 所学校的数字有变化，销毁 %(keys)s 个到期密钥。") % told}

    return deed
