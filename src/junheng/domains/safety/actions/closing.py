"""Closing a round, sending each county what was found there, and the county's reply."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.safety.actions.disclosing import disclose
from junheng.domains.safety.models import ResultNotice, Round, RoundPlan, Sheet
from junheng.domains.safety.queries.notices import numbers_of
from junheng.domains.safety.queries.progress import COUNTY
from junheng.domains.safety.terms import RoundState, SheetState
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.roles import Role
from junheng.platform.access.scope import grants_of
from junheng.platform.audit.append import name_of
from junheng.platform.audit.chain import digest_of_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.registers.actions import require_nameless
from junheng.platform.spans import check_has_come

LONGEST_REPLY = 1000


@transaction.atomic
def close_round(one: Round, *, on: date, by: Any, at: datetime, why: str) -> RoundPlan:
    """Close a round: nothing more is sent, and everything that was is disclosed."""
    one = Round.objects.select_for_update().get(pk=one.pk)
    check_may(_("结束轮次"), one, by=by, at=at)
    plan = RoundPlan.objects.select_for_update(of=("self",)).filter(round=one).first()
    if plan is None or plan.state != RoundState.OPEN:
        raise Conflict("round-not-running", "「{round}」不在检查中，没有改动。", round=one.title)
    check_has_come(on, at=at)
    if on < one.opened_on:
        raise Refusal("closed-before-opened", "结束日不能早于启动日 {opened}。", opened=one.opened_on)
    waiting = Sheet.objects.filter(round=one, state=SheetState.SENT, disclosed_at=None)
    disclose(list(waiting.select_related("school", "area").order_by("pk")), by=by, at=at, why=why)
    one.closed_on, plan.state = on, RoundState.CLOSED
    save_row(one, by=by, at=at, why=why, verb=Verb.DEED.value)
    save_row(plan, by=by, at=at, why=why, verb=Verb.DEED.value)
    return plan


@transaction.atomic
def send_results(one: Round, *, until: date, by: Any, at: datetime, why: str) -> list[ResultNotice]:
    """Send every county what the round found there, as numbers that stay as they are; it may reply until a day."""
    one = Round.objects.select_for_update().get(pk=one.pk)
    check_may(_("通报结果"), one, by=by, at=at)
    if not RoundPlan.objects.filter(round=one, state=RoundState.CLOSED).exists():
        raise Conflict("round-still-runs", "「{round}」结束以后才能通报结果。", round=one.title)
    if ResultNotice.objects.filter(round=one).exists():
        raise Conflict("results-sent", "「{round}」的结果已经通报，没有再发。", round=one.title)
    if until <= timezone.localdate(at):
        raise Refusal("reply-in-no-time", "答复截止日须晚于今天，请给被查的县（市、区）留出时间。")
    made = []
    for county, numbers in numbers_of(one).items():
        notice = ResultNotice(
            round=one, area_id=county, sent_at=at, sent_by=name_of(by), reply_until=until, numbers=numbers,
            digest=digest_of_rows([[one.code, county, numbers]]),
        )  # fmt: skip
        save_row(notice, by=by, at=at, why=why, verb=Verb.DEED.value)
        made.append(notice)
    return made


@transaction.atomic
def reply(notice: ResultNotice, *, words: str, by: Any, at: datetime, why: str) -> ResultNotice:
    """What the county that was inspected has to say about the result: once, and in time."""
    notice = ResultNotice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if not may_reply(notice, by=by, at=at):
        raise NotAllowed("reply-by-county", "结果由被查的县（市、区）教育局答复。")
    if notice.reply:
        raise Conflict("replied-already", "{who} 已经答复，只答复一次。", who=notice.replied_by)
    if timezone.localdate(at) > notice.reply_until:
        raise Conflict(
            "reply-too-late",
            "答复截止日是 {until}，已经过了。确有异议的请联系市局。",
            until=notice.reply_until,
        )
    if not (said := words.strip()):
        raise Refusal("reply-without-words", "请写明对哪些结果有异议，或对结果没有异议、准备怎样整改。")
    require_nameless(said)
    notice.reply, notice.replied_at, notice.replied_by = said[:LONGEST_REPLY], at, name_of(by)
    save_row(notice, by=by, at=at, why=why, verb=Verb.DEED.value)
    return notice


def may_reply(notice: ResultNotice, *, by: Any, at: datetime) -> bool:
    """Whether somebody speaks for the county that was inspected."""
    grants = grants_of(by, on=timezone.localdate(at))
    return any(
        grant.role == Role.COUNTY_OFFICER and grant.area[:COUNTY] == notice.area_id for grant in grants
    )
