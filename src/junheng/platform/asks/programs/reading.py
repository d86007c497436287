"""What a program reads of surveys: those that ask a unit in its scope, their questions, and what was answered."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from junheng.kernel.errors import NotFound, Refusal
from junheng.platform.asks.answering import due_of
from junheng.platform.asks.models import Answer, Collection, Question, Response
from junheng.platform.asks.programs.values import as_json, schema_of
from junheng.platform.asks.scopes import COLLECTIONS, RESPONSES, responses_for
from junheng.platform.asks.terms import PUBLISHED, Progress
from junheng.platform.asks.values import name_of
from junheng.platform.registers.api.cursors import after, cursor_at, in_order
from junheng.platform.registers.api.reading import read_size
from junheng.platform.registers.asker import Asker, as_pk
from junheng.platform.registers.declare import Register

OWN = ("cursor", "size")
SURVEY_FILTERS = {"term": "term", "state": "state"}
ANSWER_FILTERS = {"state": "state", "area": "area__startswith", "unit": "unit"}


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, how many there are altogether, and the cursor of the next page; none on the last."""

    rows: list[Any]
    count: int
    cursor: str | None


def surveys_for(asker: Asker) -> "QuerySet[Collection]":
    """The published surveys that ask a unit in somebody's scope."""
    asked = asker.within(Response.objects.filter(collection=OuterRef("pk")), RESPONSES, "view")
    return Collection.objects.filter(Exists(asked.order_by()), state__in=PUBLISHED)


def survey_for(asker: Asker, pk: str) -> Collection:
    """One of them."""
    found = surveys_for(asker).filter(pk=as_pk(COLLECTIONS, pk)).first()
    if found is None:
        raise NotFound("no-such-survey", "没有找到这项调查，或者它不在您的权限范围内。请返回调查列表查看。")
    return found


def page_of_surveys(asker: Asker, parameters: Mapping[str, str]) -> Page:
    """A page of surveys, the earliest first."""
    return page_of(COLLECTIONS, surveys_for(asker), parameters, SURVEY_FILTERS, about="surveys")


def page_of_answers(asker: Asker, survey: Collection, parameters: Mapping[str, str]) -> Page:
    """A page of the units asked."""
    rows = responses_for(asker).filter(collection=survey)
    return page_of(RESPONSES, rows, parameters, ANSWER_FILTERS, about=str(survey.pk))


def page_of(
    register: Register[Any],
    rows: "QuerySet[Any]",
    parameters: Mapping[str, str],
    filters: Mapping[str, str],
    *,
    about: str,
) -> Page:
    """One page by the parameters. What is not understood is refused."""
    if unknown := sorted(set(parameters) - {*OWN, *filters}):
        raise Refusal("bad-filter", "这里不能按「{name}」查询。请去掉这个条件后重试。", name=unknown[0][:40])
    if any("\x00" in value for value in parameters.values()):
        raise Refusal("bad-filter", "查询条件中有无法识别的字符。请改正后重试。")
    given = {name: value for name, value in parameters.items() if value and name in filters}
    if not given.get("unit", "0").isdecimal() or len(given.get("unit", "")) > 18:
        raise Refusal("bad-filter", "这里不能按「{name}」查询。请去掉这个条件后重试。", name="unit")
    size = read_size(parameters.get("size", ""))
    rows = rows.filter(**{filters[name]: value for name, value in given.items()})
    count = rows.order_by().count()
    question = hashlib.sha256(json.dumps([about, sorted(given.items())]).encode()).hexdigest()[:16]
    found = in_order(register, rows, "")
    if cursor := parameters.get("cursor"):
        found = after(register, found, "", cursor, question=question)
    shown = list(found[: size + 1])
    more = len(shown) > size
    shown = shown[:size]
    return Page(shown, count, cursor_at(register, shown[-1], "", question=question) if more else None)


def survey_line(survey: Collection) -> dict[str, Any]:
    """A survey without its questions."""
    return {
        "id": survey.pk,
        "title": survey.title,
        "purpose": survey.purpose,
        "basis": survey.basis,
        "unit_kind": survey.unit_kind,
        "term": survey.term,
        "opens_on": survey.opens_on.isoformat(),
        "closes_on": survey.closes_on.isoformat(),
        "state": survey.state,
    }


def survey_with_questions(survey: Collection) -> dict[str, Any]:
    """A survey with its questions, and the schema of the values that answer it."""
    questions = list(survey.questions.all())
    return survey_line(survey) | {
        "questions": [question_line(one) for one in questions],
        "schema": schema_of(questions),
    }


def question_line(one: Question) -> dict[str, Any]:
    """One question. A linked one is answered by a register."""
    return {
        "name": name_of(one),
        "label": one.label,
        "purpose": one.purpose,
        "kind": one.kind,
        "unit": one.unit,
        "choices": one.choices,
        "required": one.required,
        "least": one.least,
        "most": one.most,
        "register": one.linked_register,
        "field": one.linked_field,
    }


def answers_as_json(asker: Asker, responses: Sequence[Response]) -> list[dict[str, Any]]:
    """What units answered, in two questions to the database. Scratch paper is shown to those who may fill in."""
    numbers = [one.pk for one in responses]
    own = set(
        responses_for(asker, change=True).filter(pk__in=numbers).order_by().values_list("pk", flat=True)
    )
    given: dict[int, list[Answer]] = {}
    for answer in Answer.objects.filter(response__in=numbers).select_related("question"):
        given.setdefault(answer.response_id, []).append(answer)
    return [answer_as_json(one, given.get(one.pk, []), scratch=one.pk in own) for one in responses]


def answer_as_json(response: Response, answers: Sequence[Answer], *, scratch: bool) -> dict[str, Any]:
    """One unit: what it sent, where each answer came from, and how far it is."""
    sent = response.state == Progress.SENT
    draft = response.draft if scratch else {}
    return {
        "id": response.pk,
        "survey": response.collection_id,
        "unit": response.unit,
        "unit_name": response.unit_name,
        "area": response.area,
        "state": response.state,
        "due": due_of(response).isoformat(),
        "sent_at": timezone.localtime(response.sent_at).isoformat() if sent and response.sent_at else None,
        "values": {name_of(one.question): as_json(one.question, one.value, one.number) for one in answers},
        "origins": {
            name_of(one.question): {"origin": one.origin, "note": one.origin_note} for one in answers
        },
        "draft": {name: text for name, text in draft.items() if not name.startswith("_") and text},
    }
