"""More time for a remedy: asked for with reasons before the limit has passed, given by the level above."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.content.rulebook import SAFETY
from junheng.domains.areas.policies import check_may
from junheng.domains.findings.actions.opening import held, in_state, take_step
from junheng.domains.findings.models import Finding
from junheng.domains.findings.policies import check_remedies, decides_for, gives_time
from junheng.domains.findings.terms import FindingState, StepKind, Verdict
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row


@transaction.atomic
def ask_time(finding: Finding, *, until: date, words: str, by: Any, at: datetime, why: str) -> Finding:
    """Ask the level above for more time, once at a time and for no longer than the rules allow."""
    finding = held(finding)
    check_remedies(_("申请延期"), finding, by=by, at=at)
    in_state(finding, FindingState.OPEN, deed=_("申请延期"))
    if finding.asked_until is not None:
        raise Conflict(
            "time-asked", "{finding}的延期申请还没有批复，请等批复后再办理。", finding=finding.code
        )
    today = timezone.localdate(at)
    longest = max(finding.due_on, today) + timedelta(days=SAFETY.longest_extension.on(today).value)
    if not max(finding.due_on, today) < until <= longest:
        raise Refusal(
            "extension-length",
            "延期须晚于现在的期限 {due_on}，且不晚于 {longest}。请改正日期。",
            due_on=finding.due_on,
            longest=longest,
        )
    if not words.strip():
        raise Refusal("extension-without-reason", "请写明为什么来不及、延期内怎样管控。")
    finding.asked_until, finding.asked_by = until, name_of(by)
    finding.asked_of = decides_for(finding, by=by, at=at)
    save_row(finding, by=by, at=at, why=why, verb=Verb.DEED.value)
    take_step(finding, StepKind.ASKED, on=today, words=f"{until}：{words.strip()}", by=by, at=at, why=why)
    return finding


@transaction.atomic
def decide_time(
    finding: Finding, *, verdict: Verdict, words: str, by: Any, at: datetime, why: str
) -> Finding:
    """Give the time that was asked for, or not, with the reason."""
    finding = held(finding)
    check_may(_("批复延期"), finding, by=by, at=at)
    if finding.asked_until is None:
        raise Conflict(
            "no-time-asked", "{finding}没有待批复的延期申请，可能已由他人批复。", finding=finding.code
        )
    if not gives_time(finding, by=by, at=at):
        raise NotAllowed(
            "time-given-above",
            "{finding}的延期由{level}批复，申请人不能批复自己的申请。",
            finding=finding.code,
            level=finding.get_asked_of_display(),
        )
    given = verdict == Verdict.YES
    words = f"{finding.asked_until}：{words.strip()}"
    if given:
        finding.due_on, finding.escalated, finding.escalated_on = finding.asked_until, "", None
    finding.asked_until, finding.asked_by, finding.asked_of = None, "", ""
    save_row(finding, by=by, at=at, why=why, verb=Verb.DEED.value)
    kind = StepKind.EXTENDED if given else StepKind.REFUSED
    take_step(finding, kind, on=timezone.localdate(at), words=words, by=by, at=at, why=why)
    return finding
