"""What a person says to a question about a record: kept word for word, once, beside the question."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from junheng.domains.fieldwork.models import FieldQuestion, FieldRecord
from junheng.domains.fieldwork.queries.sent import LONGEST_ANSWER, Sent, text
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.registers.actions import require_nameless

WHY = "本人说明"


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
            save_row(question, by=by, at=at, why=WHY, verb=Verb.DEED.value)


@transaction.atomic
def answer_question(record: FieldRecord, code: str, words: str, *, by: Any, at: datetime) -> FieldQuestion:
    """Take the answer of who was there, also where the record is on no phone any more; once, like every answer."""
    if record.person.user_id != by.pk:
        raise NotAllowed("answer-not-yours", "只有检查人本人可以说明，没有保存。您可以请本人登录后说明。")
    said = text({"answer": words}, "answer", LONGEST_ANSWER)
    if not said:
        raise Refusal("answer-missing", "没有写说明，没有保存。请写一句当时的情况后再提交。")
    require_nameless(said)
    question = next((one for one in record.questions.select_for_update() if one.code == code), None)
    if question is None:
        raise Refusal("no-such-question", "这条记录没有这个提问，没有保存。请刷新页面后再试。")
    if question.answered_at is not None:
        raise Conflict("answered-already", "这个提问已经说明过，没有重复保存。请刷新页面查看。")
    question.answer, question.answered_at = said, at
    save_row(question, by=by, at=at, why=WHY, verb=Verb.DEED.value)
    return question
