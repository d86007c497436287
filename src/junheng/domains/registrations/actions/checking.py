"""Checking what families state, before the list closes; and deciding appeals by somebody who had no part in it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from junheng.domains.intakes.models import Intake
from junheng.domains.intakes.terms import Circumstance, IntakeState
from junheng.domains.registrations.actions.photos import open_photo
from junheng.domains.registrations.models import Application, Evidence, Objection, StatedCircumstance
from junheng.domains.registrations.policies.scope import APPLICATIONS, CIRCUMSTANCES, OBJECTIONS, check_clerk
from junheng.domains.registrations.queries.checks import without_choices
from junheng.domains.registrations.terms import ApplicationState, FoundState, ObjectionState
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.audit.append import name_of, record
from junheng.platform.audit.models import Entry, Verb
from junheng.platform.audit.save import save_row
from junheng.platform.registers.asker import Asker

Involved = Callable[[Application], set[str]]
INVOLVED: list[Involved] = []
"""Asked who else had a part in an application: rooms that stand on this one add what they know."""
DECISIONS = (FoundState.APPROVED, FoundState.ASKED, FoundState.REJECTED)


@transaction.atomic
def decide(
    circumstance: StatedCircumstance, to: str, *, reason: str, by: Any, at: datetime
) -> StatedCircumstance:
    """Write what was found: true, to be shown better, or not true with the reason that the family reads."""
    row = (
        StatedCircumstance.objects.select_for_update(of=("self",))
        .select_related("application__intake")
        .get(pk=circumstance.pk)
    )
    check_clerk(StatedCircumstance.objects.filter(pk=row.pk), CIRCUMSTANCES, asker=Asker(by, at))
    check_open(row.application)
    if to not in DECISIONS:
        raise Refusal("no-such-finding", "审核结果只能是：通过、请补交、不通过。请重新选择。")
    if to != FoundState.APPROVED and not reason.strip():
        raise Refusal("finding-without-reason", "请写明理由：家长会看到，并据此补交材料或申诉。")
    if row.state == FoundState.APPROVED and to == FoundState.APPROVED:
        return row
    row.state, row.reason = to, reason.strip()[:200]
    row.decided_by, row.decided_at = name_of(by), at
    save_row(row, by=by, at=at, why=row.reason or str(FoundState(to).label), verb=Verb.DEED.value)
    return row


def check_open(application: Application) -> None:
    """Refuse once the list is closed: what counts was frozen with it; afterwards an appeal decides."""
    state = Intake.objects.select_for_update().get(pk=application.intake_id).state
    if application.state != ApplicationState.SENT:
        raise Conflict("application-withdrawn", "这份报名已撤回，不用审核。")
    if state != IntakeState.PUBLISHED:
        raise Conflict(
            "list-frozen",
            "「{intake}」的名单已经封存，审核结果不能再直接改。家长可以申诉，由未经手的人员处理后重新计算。",
            intake=application.intake.title,
        )


def open_details(application: Application, *, by: Any, at: datetime, why: str) -> dict[str, Any]:
    """What the family filled in, without its choices, for a reason that stays in the audit."""
    rows = Application.objects.filter(pk=application.pk)
    if not Asker(by, at).within(rows, APPLICATIONS, "unmask").exists():
        raise NotAllowed(
            "details-not-yours",
            "您没有查看家庭信息的权限。能查看的是本县（市、区）教育局招生人员和市局科室。",
        )
    if not why.strip():
        raise Refusal("details-without-reason", "请写明为什么要查看；事由会留痕。")
    record(application, Verb.READ.value, by=by, at=at, why=why.strip()[:200], after={"fields": ["details"]})
    return without_choices(application.details)


def open_evidence(evidence: Evidence, *, by: Any, at: datetime) -> bytes:
    """A photo that a family gave for a statement, for whoever checks it; each look is an entry of the audit."""
    rows = Application.objects.filter(evidence=evidence)
    if not Asker(by, at).within(rows, APPLICATIONS, "unmask").exists():
        raise NotAllowed(
            "details-not-yours",
            "您没有查看家庭信息的权限。能查看的是本县（市、区）教育局招生人员和市局科室。",
        )
    why = str(Circumstance(evidence.circumstance).label)
    record(evidence, Verb.READ.value, by=by, at=at, why=why, after={"fields": ["digest"]})
    return open_photo(evidence)


def involved_in(application: Application) -> set[str]:
    """Everybody who had a part in an application: who entered it, who decided anything about it."""
    circumstances = list(application.circumstances.all())
    names = {application.entered_by, *(one.decided_by for one in circumstances)}
    trails = Entry.objects.filter(
        table=StatedCircumstance._meta.label_lower,
        row__in=[one.pk for one in circumstances],
        verb=Verb.DEED.value,
    )
    names |= set(trails.values_list("who", flat=True))
    return names.union(*(ask(application) for ask in INVOLVED)) - {""}


@transaction.atomic
def decide_objection(
    objection: Objection,
    *,
    upheld: bool,
    answer: str,
    by: Any,
    at: datetime,
) -> Objection:
    """Decide an appeal. Upheld about a check, the circumstance counts as true from now on."""
    row = (
        Objection.objects.select_for_update(of=("self",))
        .select_related("application", "circumstance")
        .get(pk=objection.pk)
    )
    check_clerk(Objection.objects.filter(pk=row.pk), OBJECTIONS, asker=Asker(by, at))
    if row.state != ObjectionState.OPEN:
        raise Conflict("objection-decided", "这件申诉已由 {who} 处理，不能再改。", who=row.decided_by)
    if name_of(by) in involved_in(row.application):
        raise NotAllowed(
            "objection-by-the-same",
            "您经手过这份报名，不能处理它的申诉。请由没有经手过的人员处理。",
        )
    if not answer.strip():
        raise Refusal("objection-without-answer", "请写明答复：家长会看到。")
    row.state = ObjectionState.UPHELD if upheld else ObjectionState.DISMISSED
    row.answer, row.decided_by, row.decided_at = answer.strip()[:500], name_of(by), at
    save_row(row, by=by, at=at, why=row.answer[:200], verb=Verb.DEED.value)
    if upheld and row.circumstance is not None:
        found = row.circumstance
        found.state, found.reason = FoundState.APPROVED, ""
        found.decided_by, found.decided_at = name_of(by), at
        save_row(found, by=by, at=at, why=row.answer[:200], verb=Verb.DEED.value)
    return row
