"""A program answers for a unit: through the same form, the same limits of time and the same audit as the page."""

from typing import Any

from junheng.platform.asks.answering import require_open, send, shown_draft
from junheng.platform.asks.days import day_of
from junheng.platform.asks.models import Question, Response
from junheng.platform.asks.programs.values import texts_of
from junheng.platform.asks.scopes import RESPONSES, response_for
from junheng.platform.asks.values import AnswerForm, name_of
from junheng.platform.registers.api.giving import wrong
from junheng.platform.registers.api.writing import Changed, VersionNeeded, not_fit, why_of
from junheng.platform.registers.asker import Asker, as_pk


def answer(pk: str, values: Any, *, version: int | None, why: Any, asker: Asker) -> Response:
    """Hand in answers for a unit, if nobody wrote them since ``version``. To be called in a transaction.

    A question that is not named keeps what stands there: what the unit has typed so far, else what it sent.
    """
    response = response_for(asker, as_pk(RESPONSES, pk), change=True)
    reason = why_of(asker, why)
    require_open(response, day=day_of(asker))
    now = Response.objects.select_for_update().select_related("collection").get(pk=response.pk)
    questions = list(now.collection.questions.all())
    texts, errors = texts_of(questions, values)
    if errors:
        raise not_fit(errors)
    stands = shown_draft(now, now.answers.select_related("question"))
    require_version(now, questions, stands, texts, version)
    form = AnswerForm(questions, stands | texts)
    if not form.is_valid():
        raise not_fit(
            [wrong(name, "invalid", str(reason)) for name, found in form.errors.items() for reason in found]
        )
    sent = send(now, form, asker=asker, why=reason)
    sent.draft, sent.touched_at, sent.version = {}, asker.at, now.version + 1
    sent.save(update_fields=["draft", "touched_at", "version"])
    return sent


def require_version(
    now: Response,
    questions: list[Question],
    stands: dict[str, Any],
    texts: dict[str, str],
    version: int | None,
) -> None:
    """Refuse answers that began from another version, with what stands there now."""
    if version is None:
        raise VersionNeeded(
            "version-needed", "请在 If-Match 中写明所依据的版本：读取这条记录时响应头 ETag 的值。"
        )
    if version == now.version:
        return
    differences = [
        {
            "field": name_of(one),
            "label": one.label,
            "before": "",
            "now": str(stands.get(name_of(one), "")),
            "entered": texts[name_of(one)],
            "clash": True,
        }
        for one in questions
        if name_of(one) in texts and texts[name_of(one)] != str(stands.get(name_of(one), ""))
    ]
    raise Changed(
        "row-changed",
        "这条记录已被他人修改，没有写入任何内容。请比较两个版本，以新的版本号重新提交。",
        facts={"version": now.version, "differences": differences},
    )
