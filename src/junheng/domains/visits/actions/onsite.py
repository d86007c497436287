"""On the spot: arriving, from which moment the unit sees the visit; writing down; confirming; closing."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from junheng.domains.findings.actions import open_finding
from junheng.domains.findings.terms import Severity
from junheng.domains.institutions.terms import InstitutionKind
from junheng.domains.visits.actions.teams import check_team
from junheng.domains.visits.models import Errand, Inspector, SiteVisit, TeamMember, VisitNote
from junheng.domains.visits.queries.hours import breaches_of
from junheng.domains.visits.queries.ties import Unit, least_team
from junheng.domains.visits.terms import ErrandState, Mode, NoteKind, SiteState
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.registers.actions import require_nameless

SOURCE = "sitevisits"
"""The register of which a finding says that it came from there."""


@transaction.atomic
def arrive(errand: Errand, *, place: str = "", by: Any, at: datetime, why: str) -> SiteVisit:
    """Stand at the gate. The visit becomes a row that the unit and its county see; time and place are kept."""
    row = Errand.objects.select_for_update(of=("self",)).select_related(*UNITS).get(pk=errand.pk)
    people = team_of(row, by=by)
    if row.state == ErrandState.WITHDRAWN:
        raise Conflict("visit-withdrawn", "这次检查已经撤销，不能再出发。请与安排的科室联系。")
    if row.state == ErrandState.CLOSED:
        raise Conflict("visit-closed", "这次检查已经结束，记录不能再增加或更改。有新情况请另行安排检查。")
    if row.state != ErrandState.PLANNED:
        raise Conflict("arrived-already", "这次检查已由检查组登记到达。请刷新页面继续。")
    on = timezone.localdate(at)
    if on < row.day:
        raise Refusal(
            "arrives-too-early",
            "检查安排在 {day}，今天还不能登记到达：提前到达会使检查提前公开。",
            day=str(row.day),
        )
    if on > row.until:
        raise Refusal(
            "errand-over", "检查安排到 {day} 为止，已经过期。请由安排的科室重新安排。", day=str(row.until)
        )
    check_team(people, Unit.of(row), by_area=row.by_area_id, kind=row.kind, least=least_team(on))
    visit = SiteVisit(
        code=code_of(row, at), kind=row.kind, unit=str(row)[:80], school=row.school, institution=row.institution,
        area_id=row.area_id, by_area_id=row.by_area_id, purpose=row.purpose,
        team="、".join(one.name for one in people)[:200], arrived_on=on, arrived_at=at, place=place.strip()[:120],
    )  # fmt: skip
    save_row(visit, by=by, at=at, why=why, verb=Verb.DEED.value)
    row.visit, row.state = visit, ErrandState.ARRIVED
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
    return visit


UNITS = ("school", "institution", "area", "by_area", "visit")


def code_of(errand: Errand, at: datetime) -> str:
    """The number of a visit: its day and a hash. Counted numbers would tell how many are still hidden."""
    content = f"{errand.pk}|{at.isoformat()}|{errand.made_by}"
    return f"XC{timezone.localdate(at):%Y%m%d}-{hashlib.sha256(content.encode()).hexdigest()[:8]}"


def team_of(errand: Errand, *, by: Any) -> list[Inspector]:
    """The team, if the person is on it."""
    members = TeamMember.objects.filter(errand=errand).select_related("inspector").order_by("rank")
    people = [one.inspector for one in members]
    if name_of(by) not in {one.login for one in people if one.login}:
        raise NotAllowed(
            "not-on-team", "您不在这次检查的检查组里，不能办理。请由检查组成员用自己的账号办理。"
        )
    return people


def open_visit(visit: SiteVisit, *, by: Any) -> tuple[SiteVisit, Errand, list[Inspector]]:
    """A visit that goes on, held; its errand and its team, of which the person is one."""
    row = (
        SiteVisit.objects.select_for_update(of=("self",))
        .select_related("school", "institution", "area")
        .get(pk=visit.pk)
    )
    errand = Errand.objects.select_related(*UNITS).get(visit=row)
    people = team_of(errand, by=by)
    if row.state == SiteState.CLOSED:
        raise Conflict("visit-closed", "这次检查已经结束，记录不能再增加或更改。有新情况请另行安排检查。")
    return row, errand, people


@transaction.atomic
def write_down(visit: SiteVisit, words: str, *, by: Any, at: datetime, why: str) -> VisitNote:
    """Keep what was seen, in words."""
    row, errand, _people = open_visit(visit, by=by)
    return add_note(row, errand, NoteKind.EVIDENCE, words, by=by, at=at, why=why)


@transaction.atomic
def find(
    visit: SiteVisit,
    what: str,
    severity: Severity,
    *,
    owner: str = "",
    cites: str = "",
    by: Any,
    at: datetime,
    why: str,
) -> VisitNote:
    """Write down a problem: it becomes a finding with an owner and a limit."""
    row, errand, _people = open_visit(visit, by=by)
    return add_finding(row, errand, what, severity, owner=owner, cites=cites, by=by, at=at, why=why)


@transaction.atomic
def see_lesson(
    visit: SiteVisit,
    words: str,
    *,
    seen_at: datetime,
    mode: Mode,
    subject: bool,
    pupils: int | None = None,
    by: Any,
    at: datetime,
    why: str,
) -> VisitNote:
    """Write down a lesson that was going on. Whether it breaks a rule follows from its hour and day, not from anybody.

    Whether it is a school subject is told by the licence where there is one, by the inspectors where there is none.
    """
    row, errand, _people = open_visit(visit, by=by)
    if row.school is not None:
        raise Refusal("lesson-at-a-school", "这次检查的是学校，不登记校外培训课。请按检查表或问题登记。")
    if seen_at > at or timezone.localdate(seen_at) != row.arrived_on:
        raise Refusal("lesson-at-another-time", "发现培训的时间须在到达当天，且不晚于现在。请核对时间。")
    if row.institution is not None:
        subject = row.institution.kind == InstitutionKind.SUBJECT
    broken = breaches_of(seen_at, Mode(mode), subject=subject)
    note = add_note(
        row, errand, NoteKind.LESSON, words, by=by, at=at, why=why, seen_at=seen_at, mode=Mode(mode), pupils=pupils,
        breaches=[one.stored() for one in broken],
    )  # fmt: skip
    if broken and not row.breach:
        row.breach = True
        save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
    if broken and row.institution is not None:
        said = "；".join(f"{one.breach.label}：{one.sentence}" for one in broken)
        cites = "；".join(dict.fromkeys(one.cites for one in broken))
        add_finding(row, errand, said, Severity.SERIOUS, cites=cites, by=by, at=at, why=why)
    return note


def add_finding(
    row: SiteVisit,
    errand: Errand,
    what: str,
    severity: Severity,
    *,
    owner: str = "",
    cites: str = "",
    by: Any,
    at: datetime,
    why: str,
) -> VisitNote:
    """A finding about the unit, and the note that leads to it."""
    finding = open_finding(
        source=SOURCE, source_row=row.pk, what=what[:300], severity=severity, area=row.area, school=row.school,
        owner=(owner.strip() or row.unit)[:80], found_on=row.arrived_on, found_by=name_of(by)[:60], cites=cites[:120],
        by=by, at=at, why=why,
    )  # fmt: skip
    row.findings += 1
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
    return add_note(row, errand, NoteKind.FINDING, what, by=by, at=at, why=why, finding=finding.pk)


def add_note(
    row: SiteVisit,
    errand: Errand,
    kind: NoteKind,
    words: str,
    *,
    by: Any,
    at: datetime,
    why: str,
    **facts: Any,
) -> VisitNote:
    """Write a note. What the team had confirmed until now it confirms again."""
    if not words.strip():
        raise Refusal("note-without-words", "请写明看到了什么。")
    require_nameless(words)
    note = VisitNote(visit=row, kind=kind, at=at, who=name_of(by), words=words.strip()[:400], **facts)
    save_row(note, by=by, at=at, why=why, verb=Verb.DEED.value)
    for member in TeamMember.objects.filter(errand=errand, confirmed_at__isnull=False):
        member.confirmed_at = None
        save_row(member, by=by, at=at, why=why, verb=Verb.DEED.value)
    return note


@transaction.atomic
def confirm(visit: SiteVisit, *, by: Any, at: datetime, why: str) -> TeamMember:
    """Say that the notes are what one saw oneself."""
    row, errand, _people = open_visit(visit, by=by)
    member = TeamMember.objects.select_for_update(of=("self",)).get(
        errand=errand, inspector__login=name_of(by)
    )
    if member.confirmed_at:
        raise Conflict("confirmed-already", "您已经确认过这次检查的记录。")
    if not row.notes.exists():
        raise Refusal("nothing-written", "还没有任何现场记录，不能确认。没有发现问题也请写明看了什么。")
    member.confirmed_at = at
    save_row(member, by=by, at=at, why=why, verb=Verb.DEED.value)
    return member


@transaction.atomic
def close(visit: SiteVisit, note: str, *, by: Any, at: datetime, why: str) -> SiteVisit:
    """End the visit with one sentence, when everybody of the team has confirmed."""
    row, errand, _people = open_visit(visit, by=by)
    if not note.strip():
        raise Refusal("visit-without-result", "请用一句话写明检查结论。")
    require_nameless(note)
    waiting = unconfirmed(errand)
    if waiting:
        raise Refusal(
            "team-not-confirmed",
            "{who} 还没有确认记录。检查组每个人都确认之后才能结束检查。",
            who="、".join(waiting),
        )
    row.state, row.note, row.closed_at = SiteState.CLOSED, note.strip()[:300], at
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
    errand.state = ErrandState.CLOSED
    save_row(errand, by=by, at=at, why=why, verb=Verb.DEED.value)
    return row


def unconfirmed(errand: Errand) -> Sequence[str]:
    """The names of those who have not confirmed yet."""
    members = TeamMember.objects.filter(errand=errand, confirmed_at=None).select_related("inspector")
    return [one.inspector.name for one in members.order_by("rank")]
