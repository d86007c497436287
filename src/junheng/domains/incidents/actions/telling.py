"""Telling other schools what is to be learned: a letter in the office's own series, whose copies are signed for."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.content.bulletins.lessons import LESSONS
from junheng.domains.incidents.actions.reviewing import held
from junheng.domains.incidents.models import Incident
from junheng.domains.incidents.queries import SOURCE
from junheng.domains.incidents.terms import IncidentState
from junheng.domains.letters.actions import draft_letter
from junheng.domains.letters.models import Letter, LetterSeries
from junheng.kernel.errors import NotAllowed
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.policies import Level


@transaction.atomic
def tell(
    incident: Incident, *, series: LetterSeries, wants_reply: bool, by: Any, at: datetime, why: str
) -> Letter:
    """Draft the notice from the review; it is read over and issued like any letter. It names neither place nor person."""
    incident = held(incident, _("通报教训"), IncidentState.REVIEWED, IncidentState.CLOSED, by=by, at=at)
    asker = Asker(by, at)
    if not (asker.stands_at(Level.COUNTY) or asker.stands_at(Level.CITY)):
        raise NotAllowed("lessons-told-above", "教训由县（市、区）教育局或市局通报。请报主管部门。")
    return draft_letter(
        series,
        title=LESSONS.title,
        body=LESSONS.body if wants_reply else LESSONS.body_without_reply,
        source=SOURCE,
        source_row=incident.pk,
        wants_reply=wants_reply,
        by=by,
        at=at,
        why=why,
    )
