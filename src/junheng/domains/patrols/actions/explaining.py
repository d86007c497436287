"""What is said about a missed week, and who judges it: the level above, never whoever said it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.patrols.models import Miss
from junheng.domains.patrols.policies import ABOVE, judges, speaks_for
from junheng.domains.patrols.terms import MissState
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row

MAY_EXPLAIN = (MissState.MISSED, MissState.REJECTED)


@transaction.atomic
def explain_miss(miss: Miss, *, explanation: str, by: Any, at: datetime, why: str) -> Miss:
    """Say why too little was checked. An explanation that was not accepted may be given once more, better."""
    miss = held(miss, _("说明漏查"), by=by, at=at)
    if not speaks_for(miss.person, by, on=timezone.localdate(at)):
        raise NotAllowed(
            "miss-of-another",
            "您的账号没有关联{person}，不能替他说明。请由本人说明，或请县（市、区）教育局代为登记。",
            person=miss.person,
        )
    if miss.state not in MAY_EXPLAIN:
        raise Conflict(
            "miss-not-to-explain",
            "{miss} 现为“{state}”，不用说明或已经说明。",
            miss=miss,
            state=miss.get_state_display(),
        )
    if not explanation.strip():
        raise Refusal("miss-without-words", "请写明没有查够的原因和已经采取的补救。")
    miss.state, miss.explanation = MissState.EXPLAINED, explanation.strip()
    miss.explained_by, miss.explained_on = name_of(by), timezone.localdate(at)
    miss.judged_by, miss.judged_on, miss.verdict = "", None, ""
    save_row(miss, by=by, at=at, why=why, verb=Verb.DEED.value)
    return miss


def accept_miss(miss: Miss, *, by: Any, at: datetime, why: str) -> Miss:
    """Take the explanation: the miss stays on the books as explained, and nobody further up is told."""
    return judge(miss, MissState.ACCEPTED, verdict="", by=by, at=at, why=why)


def reject_miss(miss: Miss, *, verdict: str, by: Any, at: datetime, why: str) -> Miss:
    """Do not take the explanation: it goes on up the levels."""
    if not verdict.strip():
        raise Refusal("miss-without-verdict", "不采纳说明的，请写明理由。")
    return judge(miss, MissState.REJECTED, verdict=verdict.strip(), by=by, at=at, why=why)


@transaction.atomic
def judge(miss: Miss, state: MissState, *, verdict: str, by: Any, at: datetime, why: str) -> Miss:
    """Accept or reject, if this person is above whoever it is about and did not write the explanation."""
    miss = held(miss, _("认定漏查说明"), by=by, at=at)
    if miss.state != MissState.EXPLAINED:
        raise Conflict(
            "miss-not-explained",
            "{miss} 现为“{state}”，没有待认定的说明。",
            miss=miss,
            state=miss.get_state_display(),
        )
    if miss.explained_by == name_of(by):
        raise NotAllowed("miss-own-explanation", "写说明的人不能自己认定。请由上一级未经手的人员办理。")
    if not judges(miss, by, on=timezone.localdate(at)):
        raise NotAllowed(
            "miss-judged-above",
            "{level}责任人的说明由上一级认定：{roles}。",
            level=miss.get_level_display(),
            roles="、".join(sorted(str(role.label) for role in ABOVE[miss.level])),
        )
    miss.state, miss.verdict = state, verdict
    miss.judged_by, miss.judged_on = name_of(by), timezone.localdate(at)
    save_row(miss, by=by, at=at, why=why, verb=Verb.DEED.value)
    return miss


def held(miss: Miss, deed: str, *, by: Any, at: datetime) -> Miss:
    """The row as it stands now, locked, if it lies where this person works."""
    miss = Miss.objects.select_for_update(of=("self",)).select_related("person").get(pk=miss.pk)
    check_may(deed, miss, by=by, at=at)
    return miss
