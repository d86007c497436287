"""Entering a recognition that no scheme of the house led to: what was decided on paper, from when two people enter it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.content.rulebook import SCHEMES
from junheng.domains.kindergartens.actions.recognising import (
    check_can_be_recognised,
    open_application,
    recognise,
)
from junheng.domains.kindergartens.models import Recognition, RecognitionSign
from junheng.domains.kindergartens.terms import PaperStep
from junheng.kernel.errors import Conflict
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.seeds.two import agreed


@transaction.atomic
def enter_on_paper(
    recognition: Recognition,
    *,
    decided_on: date,
    since: date,
    number: str,
    by: Any,
    at: datetime,
    why: str,
) -> Recognition:
    """Enter a decision that stands on paper.

    Since recognitions are decided by schemes with publicity, one person alone cannot enter any other: the first asks
    for it, a second one who has the paper before them enters the same day, day of effect and number.
    """
    facts: dict[str, Any] = {"decided_on": decided_on, "since": since, "number": number.strip()}
    if not decided_by_scheme(decided_on):
        return recognise(recognition, **facts, by=by, at=at, why=why)
    held = open_application(recognition, deed=_("补登书面认定"), decided_on=decided_on, by=by, at=at)
    check_can_be_recognised(held.kindergarten, since=since)
    asked = open_sign(held)
    if asked is not None and any(getattr(asked, name) != value for name, value in facts.items()):
        if asked.asked_by != name_of(by):
            raise Conflict(
                "paper-differs",
                "与提请的不一致：提请的是 {decided_on} 决定、{since} 生效、文号“{number}”。没有登记；请对照书面决定核实后再办。",
                decided_on=asked.decided_on,
                since=asked.since,
                number=asked.number,
            )
        asked.decided_on, asked.since, asked.number = decided_on, since, facts["number"]
        asked.why, asked.asked_at = why[:200], at
        save_row(asked, by=by, at=at, why=why, verb=Verb.DEED.value)
        return held
    if not agreed(RecognitionSign, PaperStep.ENTER, by=by, at=at, why=why, recognition=held, **facts):
        return held
    return recognise(held, **facts, by=by, at=at, why=why)


def decided_by_scheme(on: date) -> bool:
    """Whether recognitions of a day are decided by a scheme with publicity, so that any other is an exception."""
    return bool(SCHEMES.recognition_by_scheme.on(on).value)


def open_sign(recognition: Recognition) -> RecognitionSign | None:
    """What one person asked to have entered and nobody agreed to yet."""
    return RecognitionSign.objects.filter(recognition=recognition, agreed_by="").first()
