"""Bringing what is overdue before the county, and before the city when it stays so: many at once, every night."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from junheng.domains.findings.actions.opening import new_step
from junheng.domains.findings.models import Finding, FindingStep
from junheng.domains.findings.queries import overdue, raised_by
from junheng.domains.findings.terms import Raised, StepKind
from junheng.platform.audit.append import append_many, name_of
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import columns_of, drafts_of

AT_ONCE = 500


@transaction.atomic
def escalate_overdue(*, on: date, by: Any, at: datetime, why: str) -> list[Finding]:
    """Write down before which level each overdue finding now is. Doing it twice on a day finds nothing the second time."""
    changed, steps = [], []
    rows = overdue(on).exclude(escalated=Raised.CITY)
    for finding in rows.select_for_update(of=("self",)):
        level = raised_by(finding.due_on, on=on)
        if level is None or finding.escalated == level:
            continue
        before = columns_of(finding)
        finding.escalated, finding.escalated_on = level, on
        changed.append((finding, before))
        words = f"逾期 {(on - finding.due_on).days} 天，报{level.label}"
        steps.append(new_step(finding, StepKind.ESCALATED, on=on, at=at, who=name_of(by), words=words))
    found = [finding for finding, _before in changed]
    Finding.objects.bulk_update(found, ["escalated", "escalated_on"], batch_size=AT_ONCE)
    insert_rows(FindingStep, steps)
    fresh = ((step, None) for step in steps)
    append_many([
        *drafts_of(changed, by=by, at=at, why=why, verb=Verb.DEED.value),
        *drafts_of(fresh, by=by, at=at, why=why, verb=Verb.DEED.value),
    ])  # fmt: skip
    return found
