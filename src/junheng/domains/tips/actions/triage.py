"""Taking in: reading what was told, and saying whether it is taken up, what is missing, or who else is to be asked.

Everything that reveals somebody is an entry of the audit, with the reason.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from junheng.domains.tips.actions.photos import photo_bytes
from junheng.domains.tips.models import Tip, TipPhoto
from junheng.domains.tips.policies.scope import TIPS, check_officer
from junheng.domains.tips.terms import OPEN, TipState
from junheng.kernel.errors import Conflict, Refusal
from junheng.kernel.values.identity import number_in
from junheng.platform.audit.append import record
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.registers.asker import Asker

AT_ONCE = 50
"""Tips that are let in from the queue at a time."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a tip says."""

    words: str
    notes: tuple[tuple[datetime, str], ...]
    rating: str


@dataclass(frozen=True, slots=True)
class Person:
    """Who told it, and how to reach them."""

    person: str
    contact: str


def read_words(tip: Tip, *, by: Any, at: datetime) -> Words:
    """The words of a tip, for whoever takes it in; that they were read is noted."""
    check_officer(tip, "view", by=by, at=at)
    record(tip, Verb.READ.value, by=by, at=at, why="受理举报", after={"fields": ["words"]})
    notes = tuple((one.said_at, str(one.words)) for one in tip.notes.order_by("pk"))
    return Words(str(tip.words), notes, str(tip.rating_words))


def open_person(tip: Tip, *, by: Any, at: datetime, why: str) -> Person:
    """Who told it, for a reason that stays in the audit."""
    check_officer(tip, "unmask", by=by, at=at)
    if not why.strip():
        raise Refusal("tip-person-without-reason", "请写明为什么要查看举报人信息；事由会留痕。")
    record(tip, Verb.READ.value, by=by, at=at, why=why.strip()[:200], after={"fields": ["person", "contact"]})
    return Person(str(tip.person), str(tip.contact))


def open_photo(photo: TipPhoto, *, by: Any, at: datetime) -> bytes:
    """A photo, for whoever takes the tip in; each look is an entry."""
    check_officer(photo.tip, "unmask", by=by, at=at)
    record(photo, Verb.READ.value, by=by, at=at, why="查看举报照片", after={"fields": ["digest"]})
    return photo_bytes(photo)


def together(tip: Tip) -> list[Tip]:
    """The tips that are dealt with as one: the first of them, and what was brought together with it. Locked."""
    first = Tip.objects.values_list("lead", flat=True).get(pk=tip.pk) or tip.pk
    rows = Tip.objects.select_for_update(of=("self",)).filter(Q(pk=first) | Q(lead=first))
    return list(rows.order_by("pk"))


def check_open(rows: list[Tip], *, by: Any, at: datetime) -> list[Tip]:
    """Those that still wait for something; refuses where none does, or where one is not this officer's."""
    for one in rows:
        check_officer(one, by=by, at=at)
    found = [one for one in rows if one.state in OPEN]
    if not found:
        raise Conflict("tip-not-open", "这条举报已经办结或撤回，没有做任何改动。")
    return found


@transaction.atomic
def accept(tip: Tip, *, by: Any, at: datetime, why: str) -> Tip:
    """Take it up."""
    for one in check_open(together(tip), by=by, at=at):
        if one.state in (TipState.QUEUED, TipState.NEW, TipState.ASKED):
            one.state, one.acked_on = TipState.ACCEPTED, one.acked_on or timezone.localdate(at)
            save_row(one, by=by, at=at, why=why, verb=Verb.DEED.value)
    return Tip.objects.get(pk=tip.pk)


@transaction.atomic
def ask_for_more(tip: Tip, what: str, *, by: Any, at: datetime, why: str) -> Tip:
    """Ask what is missing; only whoever sent this very tip is asked."""
    check_officer(tip, by=by, at=at)
    row = Tip.objects.select_for_update(of=("self",)).get(pk=tip.pk)
    if row.state not in (TipState.QUEUED, TipState.NEW, TipState.ASKED):
        raise Conflict("tip-taken-up", "这条举报已经受理，不再要求补充；举报人仍可自己补充。")
    if not what.strip():
        raise Refusal("tip-ask-empty", "请写明要补充什么：举报人会看到。")
    row.state, row.asked = TipState.ASKED, what.strip()[:300]
    row.acked_on = row.acked_on or timezone.localdate(at)
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
    return row


@transaction.atomic
def decline(tip: Tip, answer: str, *, by: Any, at: datetime, why: str) -> Tip:
    """Say that it is not the bureau's, and who is to be asked."""
    check_answer(answer)
    rows = check_open(together(tip), by=by, at=at)
    if any(one.referral_id for one in rows):
        raise Conflict("tip-passed-on", "这条举报已经转办，不能再按“不属受理范围”办结。请等办理结果后答复。")
    close(rows, TipState.DECLINED, answer, by=by, at=at, why=why)
    return Tip.objects.get(pk=tip.pk)


def close(rows: list[Tip], state: TipState, answer: str, *, by: Any, at: datetime, why: str) -> None:
    """Give all of them their answer."""
    today = timezone.localdate(at)
    for one in rows:
        one.state, one.answer, one.answered_on = state, answer.strip()[:500], today
        one.acked_on = one.acked_on or today
        save_row(one, by=by, at=at, why=why, verb=Verb.DEED.value)


def check_answer(answer: str) -> None:
    """Refuse an answer that is none, or that has somebody's identity number in it."""
    if not answer.strip():
        raise Refusal("tip-answer-empty", "请写明答复：举报人会看到。")
    if number_in(answer):
        raise Refusal("tip-answer-names", "答复里有身份证件号码，没有存入。答复只写结果，不写任何人的信息。")


@transaction.atomic
def let_in(*, by: Any, at: datetime, why: str) -> int:
    """Let the oldest of the queue in; answers with how many."""
    waiting = Tip.objects.filter(state=TipState.QUEUED).select_for_update().order_by("pk")
    if not isinstance(by, str):
        waiting = Asker(by, at).within(waiting, TIPS, "change")
    rows = list(waiting[:AT_ONCE])
    for one in rows:
        one.state = TipState.NEW
        save_row(one, by=by, at=at, why=why, verb=Verb.DEED.value)
    return len(rows)
