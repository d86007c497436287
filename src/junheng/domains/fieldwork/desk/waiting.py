"""What waits: for the person who was at the water, an answer; for the bureau, versions to be chosen."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.domains.fieldwork.models import FieldQuestion, FieldRecord
from junheng.domains.fieldwork.policies.scope import RECORDS
from junheng.domains.fieldwork.terms import RecordState
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import Todo, todo


@todo
def versions_waiting(asker: Asker) -> Iterator[Todo]:
    """Records of which a version is to be chosen, for the bureau that may."""
    if not asker.may("change", RECORDS):
        return
    number = asker.within(FieldRecord.objects.filter(state=RecordState.BOTH), RECORDS, "change").count()
    if number:
        yield Todo(
            _("外勤记录有两个版本，待选定"),
            f"{reverse('fieldwork:days')}?show=both",
            number,
            "square-2-stack",
        )


@todo
def answers_waiting(asker: Asker) -> Iterator[Todo]:
    """Questions about one's own records."""
    if asker.may("change", RECORDS):
        return
    number = FieldQuestion.objects.filter(record__person__user=asker.user, answered_at=None).count()
    if number:
        yield Todo(
            _("外勤记录的提问，待说明"),
            f"{reverse('fieldwork:days')}?show=asked",
            number,
            "chat-bubble-left-right",
        )
