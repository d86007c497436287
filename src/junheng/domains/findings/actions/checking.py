"""What others do about a remedy: look again and close, send back, and put a major hazard on the list of a level."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.findings.actions.conditions import check_conditions
from junheng.domains.findings.actions.opening import held, in_state, not_before_found, take_step
from junheng.domains.findings.models import Finding
from junheng.domains.findings.policies import check_lists, check_rechecks
from junheng.domains.findings.queries import due_on
from junheng.domains.findings.terms import FindingState, Severity, StepKind
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_has_come


@transaction.atomic
def close(
    finding: Finding, *, on: date, words: str, proof: str = "", by: Any, at: datetime, why: str
) -> Finding:
    """Close what was found remedied on the spot, by somebody without a hand in the remedy."""
    finding = held(finding)
    check_may(_("复查销号"), finding, by=by, at=at)
    in_state(finding, FindingState.REMEDIED, deed=_("复查销号"))
    check_rechecks(finding, by=by, at=at)
    check_day(finding, on, at=at)
    if finding.severity == Severity.MAJOR and not finding.listed:
        raise Refusal(
            "major-not-listed",
            "{finding}是重大隐患，还没有挂牌督办。请先办理“挂牌督办”，再复查销号。",
            finding=finding.code,
        )
    check_conditions(finding)
    finding.state, finding.closed_on, finding.closed_by = FindingState.CLOSED, on, name_of(by)
    save_row(finding, by=by, at=at, why=why, verb=Verb.DEED.value)
    take_step(finding, StepKind.CLOSED, on=on, words=words, proof=proof, by=by, at=at, why=why)
    return finding


@transaction.atomic
def reopen(finding: Finding, *, on: date, words: str, by: Any, at: datetime, why: str) -> Finding:
    """Send back what is not remedied, or what has come back after it was closed. It gets the limit of its severity anew."""
    finding = held(finding)
    check_may(_("退回重新整改"), finding, by=by, at=at)
    in_state(finding, FindingState.REMEDIED, FindingState.CLOSED, deed=_("退回重新整改"))
    check_rechecks(finding, by=by, at=at)
    check_day(finding, on, at=at)
    if not words.strip():
        raise Refusal("reopen-without-words", "请写明哪里没有改好，整改的人才知道再改什么。")
    finding.state, finding.reopened = FindingState.OPEN, finding.reopened + 1
    finding.remedied_on, finding.remedied_by, finding.closed_on, finding.closed_by = None, "", None, ""
    finding.due_on = due_on(Severity(finding.severity), found_on=on)
    finding.planned_on = None if finding.severity == Severity.MAJOR else finding.planned_on
    finding.escalated, finding.escalated_on = "", None
    save_row(finding, by=by, at=at, why=why, verb=Verb.DEED.value)
    take_step(finding, StepKind.REOPENED, on=on, words=words, by=by, at=at, why=why)
    return finding


@transaction.atomic
def list_finding(finding: Finding, *, number: str, on: date, by: Any, at: datetime, why: str) -> Finding:
    """Put a major hazard on the list of the county or the city: that level alone closes it."""
    finding = held(finding)
    level = check_lists(finding, by=by, at=at)
    in_state(finding, FindingState.OPEN, FindingState.REMEDIED, deed=_("挂牌督办"))
    check_has_come(on, at=at)
    not_before_found(finding, on)
    if finding.listed == level:
        raise Conflict(
            "finding-listed", "{finding}已由{level}挂牌督办。", finding=finding.code, level=level.label
        )
    finding.listed, finding.listed_on = level, on
    save_row(finding, by=by, at=at, why=why, verb=Verb.DEED.value)
    take_step(
        finding, StepKind.LISTED, on=on, words=f"{level.label}：{number.strip()}", by=by, at=at, why=why
    )
    return finding


def check_day(finding: Finding, on: date, *, at: datetime) -> None:
    """Refuse a look before the remedy, or one still to come."""
    check_has_come(on, at=at)
    first = max(filter(None, (finding.remedied_on, finding.closed_on)), default=finding.found_on)
    if on < first:
        raise Refusal(
            "recheck-before-remedy",
            "复查日 {on} 早于整改完成或上次销号的日期 {first}。请核对日期。",
            on=on,
            first=first,
        )
