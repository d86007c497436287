"""Asking a kindergarten: a question with days to answer, the answer, and what came of it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.content.rulebook import SCHEMES
from junheng.domains.areas.policies import check_may
from junheng.domains.kindergartens.models import Kindergarten, KindergartenQuestion
from junheng.domains.kindergartens.policies import check_open, own_kindergartens
from junheng.domains.kindergartens.terms import QuestionAbout, QuestionState
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.kernel.workdays import add_working_days
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker

WAITING = frozenset({QuestionState.OPEN, QuestionState.ANSWERED})


@transaction.atomic
def ask(
    kindergarten: Kindergarten, *, about: QuestionAbout, words: str, by: Any, at: datetime, why: str
) -> KindergartenQuestion:
    """Ask a kindergarten. The same matter is asked once until it is settled."""
    kindergarten = Kindergarten.objects.select_for_update().get(pk=kindergarten.pk)
    check_may(_("询问幼儿园"), kindergarten, by=by, at=at)
    check_office(_("询问幼儿园"), by=by, at=at)
    return put(kindergarten, about=about, words=words, on=timezone.localdate(at), by=by, at=at, why=why)


def put(
    kindergarten: Kindergarten, *, about: QuestionAbout, words: str, on: date, by: Any, at: datetime, why: str
) -> KindergartenQuestion:
    """Write a question down; the house itself asks in this way at night."""
    if kindergarten.until is not None and kindergarten.until <= on:
        raise Conflict(
            "asked-a-closed-kindergarten",
            "{kindergarten}已于 {until} 停办，没有发出询问。",
            kindergarten=kindergarten,
            until=kindergarten.until,
        )
    same = KindergartenQuestion.objects.filter(kindergarten=kindergarten, about=about, state__in=WAITING)
    if (waits := same.first()) is not None:
        raise Conflict(
            "asked-already",
            "这件事已于 {on} 问过，尚未处理完。没有再发；请先处理原来的询问。",
            on=waits.asked_on,
        )
    made = KindergartenQuestion(
        kindergarten=kindergarten,
        area_id=kindergarten.area_id,
        about=about,
        words=words.strip()[:300],
        asked_on=on,
        asked_by=name_of(by),
        answer_by=add_working_days(on, SCHEMES.answer_within.on(on).value).day,
    )
    save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    return made


@transaction.atomic
def answer(
    question: KindergartenQuestion, *, words: str, by: Any, at: datetime, why: str
) -> KindergartenQuestion:
    """Answer for the kindergarten. A late answer is taken, and its day stands beside the limit."""
    question = held(question, frozenset({QuestionState.OPEN}), _("答复询问"), by=by, at=at)
    if own_kindergartens(register_called("kindergartenquestions"), Asker(by, at)):
        check_open(question.kindergarten, asker=Asker(by, at))
    question.answer, question.state = words.strip(), QuestionState.ANSWERED
    question.answered_on, question.answered_by = timezone.localdate(at), name_of(by)
    save_row(question, by=by, at=at, why=why, verb=Verb.DEED.value)
    return question


@transaction.atomic
def settle(
    question: KindergartenQuestion, *, mended: bool, words: str, by: Any, at: datetime, why: str
) -> KindergartenQuestion:
    """Say what came of it: put right, or not. Without an answer only once the days are over."""
    question = held(question, WAITING, _("处理询问"), by=by, at=at)
    check_office(_("处理询问"), by=by, at=at)
    today = timezone.localdate(at)
    if name_of(by) == question.answered_by:
        raise NotAllowed("own-answer", "这条询问由您代为答复，须由另一人处理。没有改动。")
    if question.state == QuestionState.OPEN and today <= question.answer_by:
        raise Refusal(
            "answer-still-possible",
            "幼儿园还没有答复，答复期限是 {until}（当天有效）。没有处理；请等答复或期满。",
            until=question.answer_by,
        )
    question.state = QuestionState.MENDED if mended else QuestionState.UNMENDED
    question.outcome, question.settled_on, question.settled_by = words.strip(), today, name_of(by)
    save_row(question, by=by, at=at, why=why, verb=Verb.DEED.value)
    return question


def held(
    question: KindergartenQuestion, states: "frozenset[QuestionState]", deed: str, *, by: Any, at: datetime
) -> KindergartenQuestion:
    """The question as it stands now, locked; refused where it is not its turn."""
    question = (
        KindergartenQuestion.objects.select_for_update(of=("self",))
        .select_related("kindergarten")
        .get(pk=question.pk)
    )
    check_may(deed, question, by=by, at=at)
    if question.state not in states:
        raise Conflict(
            "question-not-there",
            "这条询问现为“{state}”，不能“{deed}”，可能已由他人办理。没有改动。",
            state=question.get_state_display(),
            deed=deed,
        )
    return question


def check_office(deed: str, *, by: Any, at: datetime) -> None:
    """Refuse a kindergarten what only a bureau does."""
    if own_kindergartens(register_called("kindergartenquestions"), Asker(by, at)):
        raise NotAllowed("done-by-the-bureau", "“{deed}”由教育局办理。没有改动。", deed=deed)
