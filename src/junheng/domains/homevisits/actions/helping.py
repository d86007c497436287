"""What the responsible role does with a task: take it, finish it, set it aside for a reason, see whom it is about."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from junheng.domains.homevisits.models import HelpTask
from junheng.domains.homevisits.policies import RESPONSIBLE, tasks_of
from junheng.domains.homevisits.terms import HelpState, NeedKind, Needless
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.audit.append import name_of, record
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.registers.actions import checked_why
from junheng.platform.registers.asker import Asker
from junheng.platform.spans import check_has_come


@transaction.atomic
def take(task: HelpTask, *, by: Any, at: datetime, why: str) -> HelpTask:
    """Take a task on: from now on it is known who does it."""
    task = locked(task, by=by, at=at)
    if task.state == HelpState.TAKEN:
        raise Conflict("help-taken", "这件已由 {who} 接办，没有改动。", who=task.taken_by)
    task.state, task.taken_by = HelpState.TAKEN, name_of(by)
    save_row(task, by=by, at=at, why=why, verb=Verb.DEED.value)
    return task


@transaction.atomic
def finish(task: HelpTask, *, on: date, by: Any, at: datetime, why: str) -> HelpTask:
    """Say that it is done, and on which day. What was done stands where such work is kept, not here."""
    task = locked(task, by=by, at=at)
    if task.state == HelpState.OPEN:
        raise Refusal("help-not-taken", "还没有人接办这件。请先“接办”，再办结。")
    settle(task, HelpState.DONE, on=on, at=at)
    save_row(task, by=by, at=at, why=why, verb=Verb.DEED.value)
    return task


@transaction.atomic
def dismiss(task: HelpTask, *, needless: Needless, on: date, by: Any, at: datetime, why: str) -> HelpTask:
    """Say that nothing needs to be done, for a reason of the list."""
    task = locked(task, by=by, at=at)
    settle(task, HelpState.NOT_NEEDED, on=on, at=at)
    task.needless = needless
    save_row(task, by=by, at=at, why=why, verb=Verb.DEED.value)
    return task


@transaction.atomic
def reveal(task: HelpTask, *, by: Any, at: datetime, why: str) -> HelpTask:
    """Note that somebody sees whom a task is about. Whoever calls this shows it afterwards."""
    check_does(task, by=by, at=at)
    record(task, Verb.READ.value, by=by, at=at, why=checked_why(why), after={"fields": ["pupils"]})
    return task


def settle(task: HelpTask, state: HelpState, *, on: date, at: datetime) -> None:
    """End a task on a day that has come and is not before it was asked for."""
    check_has_come(on, at=at)
    if on < task.asked_on:
        raise Refusal(
            "help-settled-before-asked",
            "办结日 {on} 早于提出日 {asked_on}。请核对日期。",
            on=on,
            asked_on=task.asked_on,
        )
    task.state, task.settled_on = state, on


def locked(task: HelpTask, *, by: Any, at: datetime) -> HelpTask:
    """The task as it stands now, held until the deed is done; refuses one that is settled."""
    task = HelpTask.objects.select_for_update().get(pk=task.pk)
    check_does(task, by=by, at=at)
    if not task.is_open:
        raise Conflict("help-settled", "这件已于 {on} 了结，没有改动。", on=task.settled_on)
    return task


def check_does(task: HelpTask, *, by: Any, at: datetime) -> None:
    """Refuse whoever is not of the role that this kind goes to."""
    if not tasks_of(Asker(by, at)).filter(pk=task.pk).exists():
        raise NotAllowed(
            "help-not-yours",
            "这一类需求由{role}办理，您不能办理。没有做任何改动。",
            role=RESPONSIBLE[NeedKind(task.kind)].label,
        )
