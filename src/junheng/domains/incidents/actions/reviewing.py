"""The review of an incident: why it could happen, measures that are findings, and the end when others saw them done."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.findings.actions import open_finding
from junheng.domains.findings.models import Finding
from junheng.domains.findings.terms import FindingState, Severity
from junheng.domains.incidents.actions.reporting import check_no_child
from junheng.domains.incidents.models import Incident
from junheng.domains.incidents.queries import SOURCE, measures_of
from junheng.domains.incidents.terms import IncidentState
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.policies import Level
from junheng.platform.spans import check_has_come


@transaction.atomic
def review(
    incident: Incident,
    *,
    on: date,
    chaired_by: str,
    causes: str,
    lessons: str,
    by: Any,
    at: datetime,
    why: str,
) -> Incident:
    """Write down why it could happen and what others should learn. A late review is taken and shown as late."""
    incident = held(incident, _("登记复盘"), IncidentState.REPORTED, by=by, at=at)
    check_has_come(on, at=at)
    if on < incident.on:
        raise Refusal("review-before-incident", "复盘日不能早于发生日 {day}。请核对日期。", day=incident.on)
    if not (chaired_by.strip() and causes.strip() and lessons.strip()):
        raise Refusal("review-half", "请写明谁主持复盘、原因是什么、别的学校该记取什么。")
    check_no_child(incident, chaired_by, causes, lessons)
    incident.state, incident.reviewed_on, incident.reviewed_by = IncidentState.REVIEWED, on, name_of(by)
    incident.chaired_by = chaired_by.strip()[:60]
    incident.causes, incident.lessons = causes.strip()[:400], lessons.strip()[:400]
    save_row(incident, by=by, at=at, why=why, verb=Verb.DEED.value)
    return incident


@transaction.atomic
def add_measure(
    incident: Incident,
    *,
    what: str,
    measures: str,
    owner: str,
    due_on: date,
    severity: str = Severity.GENERAL,
    by: Any,
    at: datetime,
    why: str,
) -> Finding:
    """A weak point that the review found, what is done about it, by whom and until when: a finding like any other."""
    incident = held(incident, _("增加措施"), IncidentState.REVIEWED, by=by, at=at)
    check_no_child(incident, what, measures, owner)
    assert incident.reviewed_on is not None
    return open_finding(
        source=SOURCE,
        source_row=incident.pk,
        what=what,
        measures=measures,
        severity=Severity(severity),
        area=incident.area,
        school=incident.school,
        kindergarten=incident.kindergarten,
        water=incident.water,
        owner=owner,
        found_on=incident.reviewed_on,
        found_by=incident.reviewed_by,
        place=incident.place,
        due=due_on,
        by=by,
        at=at,
        why=why,
    )


@transaction.atomic
def close(incident: Incident, *, on: date, by: Any, at: datetime, why: str) -> Incident:
    """End an incident of which every measure was seen done; by the county or the city, and not by who reviewed it."""
    incident = held(incident, _("办结事件"), IncidentState.REVIEWED, by=by, at=at)
    asker = Asker(by, at)
    if not (asker.stands_at(Level.COUNTY) or asker.stands_at(Level.CITY)):
        raise NotAllowed("incident-closed-above", "事件由县（市、区）教育局或市局办结。请报主管部门。")
    if incident.reviewed_by == name_of(by):
        raise NotAllowed(
            "incident-own-review", "{incident}的复盘由您登记，请由另一人办结。", incident=incident.code
        )
    check_has_come(on, at=at)
    measures = list(measures_of(incident))
    if not measures:
        raise Refusal(
            "incident-without-measures",
            "{incident}的复盘没有一项措施，不能办结。请先增加措施；确实无须措施的，也写明由谁再查一次。",
            incident=incident.code,
        )
    waiting = [one for one in measures if one.state != FindingState.CLOSED]
    if waiting:
        raise Conflict(
            "incident-measures-open",
            "{incident}还有 {count} 项措施没有销号（{first} 起），不能办结。",
            incident=incident.code,
            count=len(waiting),
            first=waiting[0].code,
        )
    last = max(one.closed_on for one in measures if one.closed_on)
    if on < last:
        raise Refusal("incident-closed-early", "办结日不能早于最后一项措施的销号日 {day}。", day=last)
    incident.state, incident.closed_on, incident.closed_by = IncidentState.CLOSED, on, name_of(by)
    save_row(incident, by=by, at=at, why=why, verb=Verb.DEED.value)
    return incident


def held(incident: Incident, deed: str, *states: IncidentState, by: Any, at: datetime) -> Incident:
    """The incident as it stands now, locked; refused to others and out of turn."""
    rows = Incident.objects.select_for_update(of=("self",))
    incident = rows.select_related("area", "school", "kindergarten", "water").get(pk=incident.pk)
    check_may(deed, incident, by=by, at=at)
    if incident.state not in states:
        raise Conflict(
            "incident-elsewhere",
            "{incident}现为“{state}”，不能{deed}。可能已由他人办理，请返回查看。",
            incident=incident.code,
            state=incident.get_state_display(),
            deed=deed,
        )
    return incident
