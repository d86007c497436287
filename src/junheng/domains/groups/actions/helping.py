"""Help from one school to another: written by the helping side, and confirmed or disputed by the helped one."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.content.rulebook import HELPING
from junheng.domains.areas.policies import check_may
from junheng.domains.groups.models import GroupMember, HelpAction, Pair
from junheng.domains.groups.policies import check_helped
from junheng.domains.groups.queries import relations_of
from junheng.domains.groups.terms import HelpKind, HelpState
from junheng.domains.schools.models import School
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.registers.actions import require_nameless
from junheng.platform.spans import check_has_come


@transaction.atomic
def record_help(
    giver: School,
    *,
    within: Pair | GroupMember,
    kind: HelpKind,
    on: date,
    people: int,
    what: str,
    by: Any,
    at: datetime,
    why: str,
) -> HelpAction:
    """Write down what a school did for another. It counts only when the helped school has confirmed it."""
    check_may(_("登记帮扶行动"), giver, by=by, at=at)
    check_has_come(on, at=at)
    if within not in relations_of(giver, on=on):
        raise Refusal(
            "help-without-relation",
            "{on} {giver}与这所学校没有结对，也不在同一集团，没有登记。请核对日期，或先办理结对、加入集团。",
            on=on,
            giver=giver,
        )
    require_nameless(what)
    taker = within.helped if isinstance(within, Pair) else within.school
    today = timezone.localdate(at)
    row = HelpAction(
        pair=within if isinstance(within, Pair) else None,
        member=within if isinstance(within, GroupMember) else None,
        giver=giver, taker=taker, area_id=taker.area_id, kind=kind, on=on, people=people, what=what.strip(),
        written_on=today, written_by=name_of(by),
        answer_by=today + timedelta(days=HELPING.confirm_within.on(today).value),
    )  # fmt: skip
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
    return row


@transaction.atomic
def confirm_help(action: HelpAction, *, by: Any, at: datetime, why: str) -> HelpAction:
    """Say, for the helped school, that it was so. What was disputed is confirmed once it has been cleared up."""
    action = held(action)
    check_helped(_("确认帮扶行动"), action, by=by, at=at)
    if action.state == HelpState.CONFIRMED:
        raise already(action)
    return answered(action, HelpState.CONFIRMED, "", by=by, at=at, why=why)


@transaction.atomic
def dispute_help(action: HelpAction, *, words: str, by: Any, at: datetime, why: str) -> HelpAction:
    """Say, for the helped school, that it was not so, and what was."""
    action = held(action)
    check_helped(_("提出异议"), action, by=by, at=at)
    if action.state != HelpState.OPEN:
        raise already(action)
    require_nameless(words)
    return answered(action, HelpState.DISPUTED, words.strip(), by=by, at=at, why=why)


def answered(
    action: HelpAction, state: HelpState, words: str, *, by: Any, at: datetime, why: str
) -> HelpAction:
    """Write the answer down."""
    action.state, action.answer = state, words or action.answer
    action.answered_on, action.answered_by = timezone.localdate(at), name_of(by)
    save_row(action, by=by, at=at, why=why, verb=Verb.DEED.value)
    return action


def held(action: HelpAction) -> HelpAction:
    """The entry as it stands now, locked."""
    return HelpAction.objects.select_for_update(of=("self",)).select_related("taker").get(pk=action.pk)


def already(action: HelpAction) -> Conflict:
    """What is said where somebody has answered before."""
    return Conflict(
        "help-answered",
        "这条帮扶行动已于 {on} 答复：{state}。没有再次办理。",
        on=action.answered_on,
        state=action.get_state_display(),
    )
