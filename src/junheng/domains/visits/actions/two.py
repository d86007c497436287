"""Two persons for one step of a plan: one asks, another agrees."""

from datetime import datetime
from typing import Any

from junheng.domains.visits.models import Countersign, SamplePlan
from junheng.domains.visits.terms import Step
from junheng.kernel.errors import NotAllowed
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row


def agreed(plan: SamplePlan, step: Step, *, by: Any, at: datetime, why: str) -> bool:
    """Whether the step may be taken now: somebody else had asked for it. Else the asking is written down."""
    who = name_of(by)
    asked = Countersign.objects.select_for_update().filter(plan=plan, step=step).first()
    if asked is None:
        asked = Countersign(plan=plan, step=step, asked_by=who, asked_at=at, why=why[:200])
        save_row(asked, by=by, at=at, why=why, verb=Verb.DEED.value)
        return False
    if asked.asked_by == who:
        raise NotAllowed(
            "needs-another-person",
            "「{step}」由您提请，须由另一人同意后才生效。请通知同事办理。",
            step=str(step.label),
        )
    asked.agreed_by, asked.agreed_at = who, at
    save_row(asked, by=by, at=at, why=why, verb=Verb.DEED.value)
    return True
