"""Designing a survey: begin it, change it, add and remove questions, begin the next term's from the last."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from junheng.kernel.errors import NotAllowed, Refusal
from junheng.platform.asks.days import day_of
from junheng.platform.asks.minutes import estimate
from junheng.platform.asks.models import Collection, Question
from junheng.platform.asks.scopes import own_areas
from junheng.platform.asks.terms import State
from junheng.platform.audit.append import record
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import columns_of, save_row
from junheng.platform.registers.asker import Asker

MOST = 40
"""Questions that one survey may have."""


def require_draft(collection: Collection) -> None:
    """Refuse to change what others have already looked at."""
    if collection.state != State.DRAFT:
        raise Refusal(
            "survey-not-a-draft",
            "「{title}」已提交审批，不能再改问题。请先退回修改，或在下学期另做一期。",
            title=collection.title,
        )


@transaction.atomic
def begin(facts: Mapping[str, Any], *, asker: Asker, why: str) -> Collection:
    """A new survey in draft. A county asks its own units only."""
    if facts.get("area") not in own_areas(asker):
        raise NotAllowed(
            "may-not-ask-there",
            "您只能向本区划的单位发调查。请把区划改为您所在的县（市、区），或请市局科室来发。",
        )
    collection = Collection(**facts, author=asker.user)
    save_row(collection, by=asker.user, at=asker.at, why=why)
    return collection


@transaction.atomic
def change(collection: Collection, facts: Mapping[str, Any], *, asker: Asker, why: str) -> None:
    """Other words, days or units while it is a draft."""
    require_draft(collection)
    if "area" in facts and facts["area"] not in own_areas(asker):
        raise NotAllowed(
            "may-not-ask-there",
            "您只能向本区划的单位发调查。请把区划改为您所在的县（市、区），或请市局科室来发。",
        )
    for name, value in facts.items():
        setattr(collection, name, value)
    save_row(collection, by=asker.user, at=asker.at, why=why)


@transaction.atomic
def put_question(question: Question, *, asker: Asker, why: str) -> None:
    """Add a question or change one, and reckon the minutes anew."""
    collection = question.collection
    require_draft(collection)
    if question.pk is None:
        places = list(collection.questions.values_list("place", flat=True))
        if len(places) >= MOST:
            raise Refusal(
                "too-many-questions",
                "一项调查最多 {most} 个问题。请只问确实要用的，或分到别的学期。",
                most=MOST,
            )
        question.place = max(places, default=0) + 1
    save_row(question, by=asker.user, at=asker.at, why=why)
    reckon(collection, asker=asker)


@transaction.atomic
def drop_question(question: Question, *, asker: Asker, why: str) -> None:
    """Leave a question out again."""
    require_draft(question.collection)
    record(question, Verb.DEED.value, by=asker.user, at=asker.at, why=why, before=columns_of(question))
    question.delete()
    reckon(question.collection, asker=asker)


def reckon(collection: Collection, *, asker: Asker) -> None:
    """Keep what one unit will need."""
    seconds = estimate(collection, on=day_of(asker))
    if seconds != collection.seconds:
        collection.seconds = seconds
        collection.save(update_fields=["seconds"])


@transaction.atomic
def again(collection: Collection, facts: Mapping[str, Any], *, asker: Asker, why: str) -> Collection:
    """The same survey for another term: last answers will stand there already."""
    if collection.state not in {State.CLOSED, State.EVALUATED, State.OPEN}:
        raise Refusal("survey-never-asked", "这项调查还没有发出过，不能再做一期。请直接修改它。")
    new = begin(
        {
            name: getattr(collection, name)
            for name in ("title", "purpose", "basis", "unit_kind", "kinds", "area")
        }
        | dict(facts)
        | {"before": collection},
        asker=asker,
        why=why,
    )
    for one in collection.questions.all():
        Question.objects.create(
            collection=new,
            before=one,
            **{
                name: getattr(one, name)
                for name in (
                    "place", "label", "purpose", "kind", "choices", "unit", "required", "least", "most",
                    "linked_register", "linked_field", "again_why",
                )
            },
        )  # fmt: skip
    reckon(new, asker=asker)
    return new
