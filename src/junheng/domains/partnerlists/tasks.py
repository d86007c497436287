"""What is done outside of a page: comparing a list, and letting go what is kept no longer."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.domains.partnerlists.actions.keeping import write_down
from junheng.domains.partnerlists.actions.matching import look_for
from junheng.domains.partnerlists.actions.nights import forget
from junheng.domains.partnerlists.models import PartnerList, PartnerRow
from junheng.domains.partnerlists.policies.scope import check_officer
from junheng.platform.jobs.actions import order
from junheng.platform.jobs.kinds import Deed, Nightly, Work, job
from junheng.platform.jobs.models import Job
from junheng.platform.registers.asker import Asker
from junheng.platform.retention.rules import forgotten_by_their_room

forgotten_by_their_room(PartnerRow)
MATCH = "partnerlists.match"


def order_match(source: PartnerList, *, asker: Asker, language: str) -> Job:
    """Have a list compared by a worker. The title says nothing of what the list is about."""
    check_officer(source.area_id, by=asker.user, at=asker.at)
    parameters = {"list": source.pk, "language": language}
    title = _("比对名单 %(number)s") % {"number": source.pk}
    return order(MATCH, title=title, parameters=parameters, by=asker.user, at=asker.at)


def list_page(one: Job) -> str:
    """Where the owner sees what was found."""
    return reverse("partnerlists:list", args=[one.parameters["list"]])


@job(MATCH, lead=list_page)
def compare(work: Work) -> Deed:
    """Compare a list with the roll of the house's day. The owner's rights are those of the moment."""
    source = PartnerList.objects.get(pk=work.job.parameters["list"])
    owner = work.job.owner
    check_officer(source.area_id, by=owner, at=work.at)
    on = Asker(owner, work.at).day
    matched = look_for(source, on=on, tell=work.progress)

    def deed() -> dict[str, Any]:
        write_down(matched, by=owner, at=work.at, why=_("与在籍名册比对"))
        return {"sentence": _("比对完成，请到名单页面查看结果。")}

    return deed


@job("partnerlists-nightly", nightly=Nightly(4, gettext_lazy("部门名单：保存期满的销毁")))
def nightly(work: Work) -> Deed:
    """Destroy what is kept no longer."""

    def deed() -> dict[str, Any]:
        on = settings.JUNHENG_AS_OF or timezone.localdate(work.at)
        return {"sentence": _("销毁 %(count)s 行到期名单的密钥。") % {"count": forget(on=on, at=work.at)}}

    return deed
