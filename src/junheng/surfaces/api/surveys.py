"""Surveys for programs: which there are, what they ask, what was answered, and answering."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from junheng.platform.asks.models import Response
from junheng.platform.asks.programs import reading, writing
from junheng.platform.asks.scopes import RESPONSES, response_for
from junheng.platform.registers.asker import Asker, as_pk
from junheng.platform.tokens.repeats import Answer
from junheng.surfaces.api.door import door, object_of, parameters, tag_of, tagged, text_of
from junheng.surfaces.api.registers import require_may, version_in, written


@door("GET", "HEAD")
def surveys(request: HttpRequest, asker: Asker) -> HttpResponse:
    """The surveys that ask a unit in one's scope."""
    page = reading.page_of_surveys(asker, parameters(request))
    lines = [
        reading.survey_line(one) | {"address": reverse("api:survey", args=[one.pk])} for one in page.rows
    ]
    return tagged(request, {"count": page.count, "next": following(request, page), "surveys": lines})


@door("GET", "HEAD")
def survey(request: HttpRequest, asker: Asker, pk: str) -> HttpResponse:
    """One survey with its questions."""
    found = reading.survey_for(asker, pk)
    content = reading.survey_with_questions(found)
    return tagged(request, content | {"answers": reverse("api:survey-answers", args=[found.pk])})


@door("GET", "HEAD")
def answers(request: HttpRequest, asker: Asker, pk: str) -> HttpResponse:
    """The units that a survey asks, with what they sent."""
    page = reading.page_of_answers(asker, reading.survey_for(asker, pk), parameters(request))
    lines = [with_address(one) for one in reading.answers_as_json(asker, page.rows)]
    return tagged(request, {"count": page.count, "next": following(request, page), "answers": lines})


@door("GET", "HEAD", "PATCH")
def answer(request: HttpRequest, asker: Asker, pk: str) -> HttpResponse:
    """The answers of one unit, or answering for it."""
    if request.method == "PATCH":
        return hand_in(request, asker, pk)
    parameters(request)
    found = response_for(asker, as_pk(RESPONSES, pk))
    return tagged(request, content_of(asker, found), version=found.version)


def hand_in(request: HttpRequest, asker: Asker, pk: str) -> HttpResponse:
    """Answer, if nobody else did since the program read."""
    response_for(asker, as_pk(RESPONSES, pk))
    require_may(RESPONSES, asker)
    given, version = object_of(request, "values", "why"), version_in(request)

    def do() -> Answer:
        sent = writing.answer(pk, given.get("values"), version=version, why=given.get("why"), asker=asker)
        text = text_of(content_of(asker, sent))
        return Answer(200, text, {"ETag": tag_of(text, sent.version)})

    return written(request, asker, do)


def content_of(asker: Asker, response: Response) -> dict[str, Any]:
    """One unit's answers."""
    return with_address(reading.answers_as_json(asker, [response])[0])


def with_address(line: dict[str, Any]) -> dict[str, Any]:
    """The line, and where it is read and written."""
    return line | {"address": reverse("api:survey-answer", args=[line["id"]])}


def following(request: HttpRequest, page: reading.Page) -> str | None:
    """The address of the next page."""
    if page.cursor is None:
        return None
    asked = request.GET.copy()
    asked["cursor"] = page.cursor
    return f"{request.path}?{asked.urlencode()}"
