"""What the unit does that has to remedy: settle the five things, and report that it is done, with what shows it."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.content.rulebook import SAFETY
from junheng.domains.findings.actions.opening import held, in_state, not_before_found, take_step
from junheng.domains.findings.models import Finding
from junheng.domains.findings.policies import check_remedies
from junheng.domains.findings.terms import FindingState, Severity, StepKind
from junheng.kernel.errors import Refusal
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.registers.actions import require_nameless
from junheng.platform.spans import check_has_come


@transaction.atomic
def plan(
    finding: Finding,
    *,
    owner: str,
    measures: str,
    plan: str = "",
    money_fen: int | None = None,
    due_on: date | None = None,
    by: Any,
    at: datetime,
    why: str,
) -> Finding:
    """Settle who, how, with what money, by when and with what plan. A major hazard's plan names the last day itself."""
    finding = held(finding)
    check_remedies(_("落实整改方案"), finding, by=by, at=at)
    in_state(finding, FindingState.OPEN, deed=_("落实整改方案"))
    require_nameless(f"{measures} {plan}")
    if not owner.strip() or not measures.strip():
        raise Refusal("plan-without-measures", "请写明整改责任人和整改措施。")
    if finding.severity == Severity.MAJOR:
        if not plan.strip() or due_on is None:
            raise Refusal(
                "major-without-plan",
                "{finding}是重大隐患：须写明整改完成前的管控与应急预案，以及整改期限。",
                finding=finding.code,
            )
        check_major_day(finding, due_on)
        finding.due_on, finding.escalated, finding.escalated_on = due_on, "", None
    elif due_on is not None and due_on != finding.due_on:
        raise Refusal(
            "limit-by-rule",
            "整改期限 {due_on} 由等级决定，不能自行改动。来不及的请“申请延期”。",
            due_on=finding.due_on,
        )
    finding.owner, finding.measures, finding.plan = owner.strip()[:80], measures.strip(), plan.strip()
    finding.money_fen, finding.planned_on = money_fen, at_day(at)
    save_row(finding, by=by, at=at, why=why, verb=Verb.DEED.value)
    take_step(finding, StepKind.PLANNED, on=at_day(at), words=finding.measures, by=by, at=at, why=why)
    return finding


@transaction.atomic
def remedy(
    finding: Finding, *, on: date, words: str, proof: str, photos: str = "", by: Any, at: datetime, why: str
) -> Finding:
    """Report that it is done, with what shows it. Somebody else looks whether it is."""
    finding = held(finding)
    check_remedies(_("报告整改完成"), finding, by=by, at=at)
    in_state(finding, FindingState.OPEN, deed=_("报告整改完成"))
    check_has_come(on, at=at)
    not_before_found(finding, on)
    if not words.strip() or not (proof.strip() or photos.strip()):
        raise Refusal(
            "remedy-without-proof", "请写明改了什么，并附佐证（如整改照片、验收单编号）；没有佐证无法复查。"
        )
    if finding.severity == Severity.MAJOR and finding.planned_on is None:
        raise Refusal(
            "major-not-planned",
            "{finding}是重大隐患，须先落实整改方案（责任、措施、资金、时限、预案），再报告完成。",
            finding=finding.code,
        )
    finding.state, finding.remedied_on, finding.remedied_by = FindingState.REMEDIED, on, name_of(by)
    finding.asked_until, finding.asked_by, finding.asked_of = None, "", ""
    save_row(finding, by=by, at=at, why=why, verb=Verb.DEED.value)
    take_step(
        finding, StepKind.REMEDIED, on=on, words=words, proof=proof, photos=photos, by=by, at=at, why=why
    )
    return finding


def check_major_day(finding: Finding, day: date) -> None:
    """Refuse a last day before the finding, or further off than a plan may reach."""
    longest = finding.found_on + timedelta(days=SAFETY.remedy_major.on(finding.found_on).value)
    if not finding.found_on <= day <= longest:
        raise Refusal(
            "major-limit",
            "重大隐患的整改期限须在 {found_on} 到 {longest} 之间。确需更久的，到期前“申请延期”。",
            found_on=finding.found_on,
            longest=longest,
        )


def at_day(at: datetime) -> date:
    """The day of a moment, in Shanghai."""
    return timezone.localdate(at)
