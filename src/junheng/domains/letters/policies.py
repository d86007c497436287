"""Who may sign for a copy, and what of a meeting stays as it is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model

from junheng.domains.letters.models import Delivery, WarningMeeting
from junheng.domains.letters.terms import MeetingState
from junheng.kernel.errors import Conflict, NotAllowed
from junheng.platform.registers import Register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.gates import Intent
from junheng.platform.registers.policies import Level


def answers_for(delivery: Delivery) -> Level:
    """Who signs for a copy: a school for itself; for a county and for an institution the county's bureau."""
    return Level.SCHOOL if delivery.school_id is not None else Level.COUNTY


def check_addressee(delivery: Delivery, *, by: Any, at: datetime) -> None:
    """Refuse somebody above the addressee: nobody receives or replies in another's name."""
    level = answers_for(delivery)
    if not Asker(by, at).stands_at(level):
        raise NotAllowed(
            "letter-not-yours",
            "这份函件由{who}（{name}）签收和答复，上级不能代办。",
            who=level.label,
            name=delivery.name,
        )


class FrozenMeetings:
    """Refuses what would change a meeting whose minutes are fixed."""

    def divert(
        self, register: Register[Any], intents: list[Intent], *, asker: Asker, why: str, source: str
    ) -> None:
        if register.model is not WarningMeeting:
            return
        asked = [one.row.pk for one in intents if one.before is not None]
        fixed = WarningMeeting.objects.filter(pk__in=asked, state=MeetingState.MINUTED).first()
        if fixed is not None:
            raise Conflict(
                "meeting-minuted",
                "{meeting}已有纪要，会议内容不再改动。没有改动任何内容。",
                meeting=fixed.title,
            )

    def notes(self, register: Register[Any], row: Model | None, *, asker: Asker) -> Mapping[str, str]:
        return {}
