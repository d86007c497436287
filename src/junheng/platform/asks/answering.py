"""Filling in: a draft that is kept at every step, sending it, and putting right what was sent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.access.roles import Role
from junheng.platform.access.scope import grant_for
from junheng.platform.asks.days import day_of
from junheng.platform.asks.models import Answer, Question, Response
from junheng.platform.asks.parameters import parameters_on
from junheng.platform.asks.scopes import RESPONSES
from junheng.platform.asks.terms import Origin, Progress, State
from junheng.platform.asks.units import Known, known_of, source_of
from junheng.platform.asks.values import AnswerForm, in_words, name_of, typed
from junheng.platform.audit.append import record
from junheng.platform.audit.models import Verb
from junheng.platform.registers.actions import checked_why
from junheng.platform.registers.asker import Asker

SALT = "asks.page"
PAGE = "_page"
"""Under this name a draft keeps which opened page wrote it last."""


@dataclass(frozen=True, slots=True)
class Before:
    """What is known already: as typed, in words, and where it comes from."""

    typed: str
    words: str
    source: str


def opened_page(*, at: datetime) -> str:
    """A signed mark of one opened form: when it was opened, and which it is."""
    return signing.dumps({"at": int(at.timestamp()), "page": uuid4().hex[:12]}, salt=SALT)


def read_page(text: str) -> tuple[int, str]:
    """When a form was opened, and which it is."""
    try:
        found = signing.loads(text, salt=SALT)
        return int(found["at"]), str(found["page"])
    except (signing.BadSignature, KeyError, ValueError, TypeError):
        raise Refusal("bad-page", "表单不完整，没有保存任何内容。请重新打开页面再填写。") from None


def last_answers(response: Response, questions: Iterable[Question]) -> dict[int, Before]:
    """What the same unit answered the last time, by question of today: one question to the database."""
    earlier = {one.before_id: one for one in questions if one.before_id and not one.linked_register}
    rows = Answer.objects.filter(question__in=earlier, response__unit=response.unit).select_related(
        "response__collection"
    )
    found = {}
    for row in rows:
        question = earlier[row.question_id]
        day = timezone.localdate(row.response.sent_at).isoformat() if row.response.sent_at else ""
        found[question.pk] = Before(
            typed(question, row.value),
            in_words(question, row.value),
            f"{row.response.collection.title} {day}",
        )
    return found


def linked_answers(
    response: Response, questions: Iterable[Question], *, on: date
) -> dict[int, tuple[Known, str]]:
    """What the registers say to linked questions, with the source."""
    found = linked_sources(questions, [response.unit], response.collection.unit_kind, on=on)
    return {
        pk: (known[response.unit], source) for pk, (known, source) in found.items() if response.unit in known
    }


def linked_sources(
    questions: Iterable[Question], units: Sequence[int], unit_kind: str, *, on: date
) -> dict[int, tuple[dict[int, Known], str]]:
    """What the registers say of many units, by question, with the source."""
    linked = [one for one in questions if one.linked_register]
    known = known_of(linked, units, unit_kind, on=on)
    return {one.pk: (known[one.pk], source_of(one, on=on)) for one in linked if one.pk in known}


def may_fill(response: Response, *, day: date) -> bool:
    """Whether answers are taken on a day: the survey is open, and the day within the term of this unit."""
    collection = response.collection
    return collection.state == State.OPEN and collection.opens_on <= day <= due_of(response)


def due_of(response: Response) -> date:
    """The last day for a unit."""
    return response.extended_to or response.collection.closes_on


def require_open(response: Response, *, day: date) -> None:
    """Refuse what comes too early or too late."""
    if not may_fill(response, day=day):
        raise Refusal(
            "not-taking-answers",
            "「{title}」的填报时间是 {first} 至 {last}，现在不能填写。如确有困难，请在截止前申请延期，或联系下发科室。",
            title=response.collection.title,
            first=response.collection.opens_on.isoformat(),
            last=due_of(response).isoformat(),
        )


@transaction.atomic
def keep_draft(
    response: Response, posted: Mapping[str, str], *, page: str, version: str, asker: Asker, same: str = ""
) -> Response:
    """Keep what was typed so far. Another page that saved meanwhile is not written over.

    ``same`` names a question, or all, whose last answer is taken as it was.
    """
    require_open(response, day=day_of(asker))
    at, mark = read_page(page)
    now = Response.objects.select_for_update().select_related("collection").get(pk=response.pk)
    if str(now.version) != version and now.draft.get(PAGE) != mark:
        raise Conflict(
            "draft-moved-on",
            "您填写期间，有人保存过这份答卷，您刚才的内容还没有保存。请对照两个版本后再保存。",
        )
    questions = list(now.collection.questions.all())
    draft = {
        name_of(one): str(posted.get(name_of(one), ""))[:500] for one in questions if not one.linked_register
    }
    if same:
        for pk, before in last_answers(now, questions).items():
            if same in {"all", str(pk)}:
                draft[f"q{pk}"] = before.typed
    began = max(at, int(now.touched_at.timestamp()) if now.touched_at else 0)
    idle = parameters_on(day_of(asker)).idle
    now.active_seconds += min(max(int(asker.at.timestamp()) - began, 0), idle)
    now.draft, now.touched_at, now.version = draft | {PAGE: mark}, asker.at, now.version + 1
    now.save(update_fields=["draft", "touched_at", "version", "active_seconds"])
    return now


@transaction.atomic
def send(response: Response, form: AnswerForm, *, asker: Asker, why: str = "") -> Response:
    """Hand in a valid form. What was sent before is put right, with a reason; the audit keeps both."""
    day = day_of(asker)
    require_open(response, day=day)
    now = Response.objects.select_for_update().select_related("collection").get(pk=response.pk)
    correcting = now.state == Progress.SENT
    reason = checked_why(why) if correcting or why else _("提交答卷")
    questions = list(now.collection.questions.all())
    before = {row.question_id: row.value for row in now.answers.all()}
    rows = answer_rows(now, form, questions, day=day, asker=asker)
    now.answers.exclude(question__in=[row.question_id for row in rows]).delete()
    Answer.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["response", "question"],
        update_fields=["value", "number", "origin", "origin_note"],
    )
    after = {row.question_id: row.value for row in rows}
    changed = [pk for pk in sorted({*before, *after}) if before.get(pk) != after.get(pk)]
    if correcting and not changed:
        return now
    now.state, now.sent_at, now.sent_by = Progress.SENT, asker.at, asker.user
    now.save(update_fields=["state", "sent_at", "sent_by"])
    record(
        now,
        Verb.DEED.value,
        by=asker.user,
        at=asker.at,
        why=reason,
        before={f"q{pk}": before.get(pk) for pk in changed},
        after={f"q{pk}": after.get(pk) for pk in changed},
    )
    return now


def answer_rows(
    response: Response, form: AnswerForm, questions: list[Question], *, day: date, asker: Asker
) -> list[Answer]:
    """The answers of a form, and those that registers give, each with where it comes from."""
    last = last_answers(response, questions)
    by_county = answers_for_another(response, asker)
    rows = []
    for pk, (value, number) in form.values().items():
        question = next(one for one in questions if one.pk == pk)
        as_before = pk in last and last[pk].typed == typed(question, value)
        origin = Origin.LAST if as_before else Origin.BEHALF if by_county else Origin.TYPED
        note = last[pk].source if as_before else ""
        rows.append(
            Answer(
                response=response,
                question_id=pk,
                value=value,
                number=number,
                origin=origin,
                origin_note=note[:120],
            )
        )
    for pk, (known, source) in linked_answers(response, questions, on=day).items():
        rows.append(
            Answer(
                response=response,
                question_id=pk,
                value=known.text[:500],
                number=known.number,
                origin=Origin.REGISTER,
                origin_note=source[:120],
            )
        )
    return rows


def answers_for_another(response: Response, asker: Asker) -> bool:
    """Whether a county fills in for a unit."""
    grant = grant_for(response, RESPONSES, asker.user, "change", on=asker.today)
    return grant is not None and grant.role == Role.COUNTY_OFFICER


def shown_draft(response: Response, answers: Iterable[Answer]) -> dict[str, Any]:
    """What stands in the form: the draft, else what was sent."""
    if response.draft:
        return {name: value for name, value in response.draft.items() if name != PAGE}
    return {f"q{row.question_id}": typed(row.question, row.value) for row in answers}
