"""What a person says to a question about a record: kept word for word, once, beside the question."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from junheng.domains.fieldwork.models import FieldQuestion
from junheng.domains.fieldwork.queries.sent import Sent
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row


def take_answers(sents: Sequence[Sent], states: Sequence[Any], *, by: Any, at: datetime) -> None:
    """Write the answers that came with records which were kept. An answer that is here already stays as it is."""
    told = {
        one.id: one.answers
        for one, state in zip(sents, states, strict=True)
        if one.answers and isinstance(state, str)
    }
    if not told:
        return
    rows = FieldQuestion.objects.filter(record__uuid__in=list(told), answered_at=None).select_related(
        "record"
    )
    for question in rows.order_by("pk"):
        if words := told[question.record.uuid].get(question.code):
            question.answer, question.answered_at = words, at
            save_row(question, by=by, at=at, why="本人说明", verb=Verb.DEED.value)
