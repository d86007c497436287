"""What an acceptance leaves behind: its record, the step that is reached, and the places of a kindergarten."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from junheng.domains.kindergartens.models import Kindergarten
from junheng.domains.projects.actions.checks import check_turn, unplanned
from junheng.domains.projects.models import Project, ProjectAcceptance
from junheng.domains.projects.queries.standing import steps_of
from junheng.domains.projects.terms import PLACE_GIVING, Step
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.registers import register_called
from junheng.platform.registers.actions import write
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.policies import Source


@dataclass(frozen=True, slots=True)
class Record:
    """What the record of an acceptance says."""

    on: date
    places_after: int
    number: str
    acceptors: str
    classes: int = 0
    per_class: int = 0
    difference: str = ""
    report_number: str = ""
    report_verdict: str = ""


def record_acceptance(project: Project, record: Record, *, by: Any, at: datetime, why: str) -> None:
    """Keep the record, reach the step, and hand the places on to the register of kindergartens."""
    step = next((one for one in steps_of(project) if one.step == Step.ACCEPTED), None)
    if step is None:
        raise unplanned(project)
    check_turn(step, record.on)
    kept = ProjectAcceptance(
        project=project,
        area_id=project.area_id,
        number=record.number.strip(),
        accepted_on=record.on,
        acceptors=record.acceptors.strip(),
        classes=record.classes,
        per_class=record.per_class,
        places=record.places_after,
        difference=record.difference.strip(),
        report_number=record.report_number.strip(),
        report_verdict=record.report_verdict,
    )
    save_row(kept, by=by, at=at, why=why, verb=Verb.DEED.value)
    step.reached_on, step.number, step.reached_by = record.on, kept.number, name_of(by)
    save_row(step, by=by, at=at, why=why, verb=Verb.DEED.value)
    if project.kindergarten_id is not None and project.kind in PLACE_GIVING:
        hand_places_on(project.kindergarten_id, record.places_after, by=by, at=at, why=why)


def hand_places_on(kindergarten: int, places: int, *, by: Any, at: datetime, why: str) -> None:
    """Write the places into the register of kindergartens; of somebody who may not decide them they wait there."""
    row = Kindergarten.objects.get(pk=kindergarten)
    row.capacity = places
    asker = Asker(by, at)
    write(
        register_called("kindergartens"),
        row,
        asker=asker,
        why=why,
        source=Source.REGISTER,
        verb=Verb.DEED.value,
    )
