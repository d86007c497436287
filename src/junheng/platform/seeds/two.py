"""Two persons for one step: one asks, another agrees."""

from datetime import datetime
from typing import Any

from django.db.models import TextChoices

from junheng.kernel.errors import NotAllowed
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.seeds.models import CountersignRow


def agreed(
    signs: type[CountersignRow], step: TextChoices, *, by: Any, at: datetime, why: str, **about: Any
) -> bool:
    """Whether the step may be taken now: somebody else had asked for it. Else the asking is written down."""
    who = name_of(by)
    kind: Any = signs  # the steps and what they are about are columns of the room's own
    asked = kind._default_manager.select_for_update().filter(step=step, agreed_by="", **about).first()
    if asked is None:
        asked = kind(step=step, asked_by=who, asked_at=at, why=why[:200], **about)
        save_row(asked, by=by, at=at, why=why, verb=Verb.DEED.value)
        return False
    if asked.asked_by == who:
        raise needs_another(str(step.label))
    asked.agreed_by, asked.agreed_at = who, at
    save_row(asked, by=by, at=at, why=why, verb=Verb.DEED.value)
    return True


def needs_another(step: str) -> NotAllowed:
    """What is said to whoever would be both persons."""
    return NotAllowed(
        "needs-another-person",
        "「{step}」由您提请，须由另一人同意后才生效。请通知同事办理。",
        step=step,
    )
