"""What waits: for the person who was at the water, an answer; for the bureau, versions to be chosen."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.domains.fieldwork.models import FieldQuestion, FieldRecord
from junheng.domains.fieldwork.policies.scope import RECORDS
from junheng.domains.fieldwork.terms import RecordState
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import Todo, Waiting, todo


@todo
def versions_waiting(asker: Asker) -> Iterator[Waiting]:
    """Records of which a version is to be chosen, for the bureau that may."""
    if not asker.may("change", RECORDS):
        return
    place = f"{reverse('fieldwork:days')}?show=both"
    yield Waiting(
        asker.within(FieldRecord.objects.filter(state=RecordState.BOTH), RECORDS, "change"),
        lambda count, due: Todo(_("外勤记录有两个版本，待选定"), place, count, "square-2-stack"),
    )


@todo
def answers_waiting(asker: Asker) -> Iterator[Waiting]:
    """Questions about one's own records."""
    if asker.may("change", RECORDS):
        return
    place = f"{reverse('fieldwork:days')}?show=asked"
    yield Waiting(
        FieldQuestion.objects.filter(record__person__user=asker.user, answered_at=None),
        lambda count, due: Todo(_("外勤记录的提问，待说明"), place, count, "chat-bubble-left-right"),
    )
