"""Deciding whether a line and a pupil are one person: by people, with words, by two of them where the names differ."""

from datetime import datetime
from typing import Any

from django.db import transaction

from junheng.domains.partnerlists.actions.matching import require_current
from junheng.domains.partnerlists.models import PartnerPair
from junheng.domains.partnerlists.policies.scope import check_officer
from junheng.domains.partnerlists.terms import DECIDED, UNDECIDED, Answer, PairState
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.registers.actions import checked_why
from junheng.platform.seeds.two import needs_another

TOGETHER = "同一行已认定为另一名学生"
"""Why the other pairs of a line are decided along with the one that is."""


@transaction.atomic
def decide(pair: PartnerPair, answer: str, *, by: Any, at: datetime, words: str) -> PartnerPair:
    """Decide a pair. "Same" with another name is only asked for, until another officer says so as well."""
    pair = locked(pair, by=by, at=at)
    if pair.state not in UNDECIDED:
        raise Conflict(
            "pair-decided", "这一对已经判断为“{state}”，没有做任何改动。有误的，请先撤回原来的判断。",
            state=pair.get_state_display(),
        )  # fmt: skip
    why = checked_why(words)
    if answer == Answer.SAME:
        say_same(pair, by=by, at=at, why=why)
    elif answer in (Answer.NOT_SAME, Answer.AT_SCHOOL):
        settle(pair, PairState(str(answer)), by=by, at=at, why=why)
    else:
        raise Refusal("pair-answer", "请选择：是同一人、不是同一人，或请学校核实。没有做任何改动。")
    return pair


def say_same(pair: PartnerPair, *, by: Any, at: datetime, why: str) -> None:
    """Say that they are one person; with another name it takes two officers to say it."""
    check_nobody_else(pair)
    if not pair.name_differs:
        settle(pair, PairState.SAME, by=by, at=at, why=why)
    elif pair.state != PairState.ASKED_SAME:
        settle(pair, PairState.ASKED_SAME, by=by, at=at, why=why)
        return
    elif pair.decided_by == name_of(by):
        raise needs_another(str(Answer.SAME.label))
    else:
        pair.state, pair.confirmed_by = PairState.SAME, name_of(by)
        save_row(pair, by=by, at=at, why=why, verb=Verb.DEED.value)
    for other in pair.row.pairs.exclude(pk=pair.pk).filter(state__in=UNDECIDED).order_by("pk"):
        other.settled_with = pair
        settle(other, PairState.NOT_SAME, by=by, at=at, why=TOGETHER)


def settle(pair: PartnerPair, state: PairState, *, by: Any, at: datetime, why: str) -> None:
    """Write what somebody said about a pair."""
    pair.state, pair.decided_by, pair.decided_at = state, name_of(by), at
    pair.confirmed_by, pair.words, pair.carried = "", why[:200], False
    save_row(pair, by=by, at=at, why=why, verb=Verb.DEED.value)


def check_nobody_else(pair: PartnerPair) -> None:
    """Refuse a second pupil for one line, and a second line of the list for one pupil."""
    same = PartnerPair.objects.filter(row__partner_list=pair.row.partner_list_id, state=PairState.SAME)
    if same.filter(row=pair.row_id).exists():
        raise Conflict(
            "line-has-its-pupil", "这一行已经认定为另一名学生，没有做任何改动。原来的认定有误的，请先撤回。"
        )
    other = same.filter(pupil=pair.pupil_id).select_related("row").first()
    if other is not None:
        raise Conflict(
            "pupil-has-a-line",
            "这名学生已经与名单第 {line} 行认定为同一人，没有做任何改动。两行是否重复，请先核对并撤回其中一个。",
            line=other.row.line,
        )


@transaction.atomic
def take_back(pair: PartnerPair, *, by: Any, at: datetime, words: str) -> PartnerPair:
    """Take a decision back, with those that were decided along with it; an exact link was decided by nobody."""
    pair = locked(pair, by=by, at=at)
    if pair.exact or pair.state not in (*DECIDED, PairState.ASKED_SAME, PairState.AT_SCHOOL):
        raise Conflict("pair-not-decided", "这一对没有可以撤回的判断，没有做任何改动。请刷新页面查看。")
    if pair.settled_with is not None:
        raise Conflict(
            "pair-settled-with-another",
            "这一对是随同一行的另一对一并判断的，没有做任何改动。请撤回那一对的判断，它会一并恢复。",
        )
    why = checked_why(words)
    for one in (pair, *pair.settled.order_by("pk")):
        one.settled_with, one.decided_at = None, None
        one.state, one.decided_by, one.confirmed_by, one.words, one.carried = (
            PairState.OPEN,
            "",
            "",
            "",
            False,
        )
        save_row(one, by=by, at=at, why=why, verb=Verb.DEED.value)
    return pair


def locked(pair: PartnerPair, *, by: Any, at: datetime) -> PartnerPair:
    """The pair as it is now, held until the deed is done; refuses whoever is not its officer, and an old list."""
    found = PartnerPair.objects.select_for_update(of=("self",)).select_related(
        "row__partner_list", "settled_with"
    )
    now = found.get(pk=pair.pk)
    check_officer(now.row.partner_list.area_id, by=by, at=at)
    require_current(now.row.partner_list)
    return now
