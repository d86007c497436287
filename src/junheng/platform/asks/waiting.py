"""What waits for somebody, on the first page: forms to fill in, surveys to approve, requests for more time."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.platform.asks.days import day_of
from junheng.platform.asks.models import Collection, Response
from junheng.platform.asks.scopes import COLLECTIONS, RESPONSES, is_bureau, responses_for
from junheng.platform.asks.terms import Progress, State
from junheng.platform.registers.asker import Asker, asker_of
from junheng.platform.registers.todo import Todo, Waiting, todo


def has_surveys(request: HttpRequest) -> bool:
    """Whether somebody asks or is asked: for whom the menu has a line."""
    asker = asker_of(request)
    return asker.may("view", COLLECTIONS) or asker.may("view", RESPONSES)


@todo
def forms_to_fill(asker: Asker) -> Iterable[Waiting]:
    """Forms that one's own unit has not sent; a county's list is its page of who has not answered."""
    if is_bureau(asker) or not asker.may("change", RESPONSES):
        return
    rows = responses_for(asker, change=True).filter(
        state=Progress.WAITING, collection__state=State.OPEN, collection__opens_on__lte=day_of(asker)
    )
    day = day_of(asker)

    def line(count: int, due: date | None) -> Todo:
        late = due is not None and due < day
        return Todo(_("要填的表"), reverse("asks:home"), count, "pencil-square", due, late)

    yield Waiting(rows, line, Coalesce("extended_to", "collection__closes_on"))


@todo
def surveys_to_decide(asker: Asker) -> Iterable[Waiting]:
    """Surveys that somebody else designed and that wait to be approved; requests for more time."""
    if not asker.may("change", COLLECTIONS):
        return
    waiting = asker.within(Collection.objects.filter(state=State.CHECKED), COLLECTIONS, "change")
    designed = f"{reverse('asks:home')}?state=checked"
    yield Waiting(
        waiting.exclude(author=asker.user),
        lambda count, due: Todo(_("待批准的调查"), designed, count, "clipboard-document-check"),
    )
    asked = asker.within(
        Response.objects.filter(Q(extension_to__isnull=False), collection__state=State.OPEN),
        RESPONSES,
        "view",
    )
    yield Waiting(
        asked, lambda count, due: Todo(_("待答复的延期申请"), reverse("asks:extensions"), count, "clock")
    )
