"""The deeds about a county line: find, answer, return, close. Who answers does not close."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.content.rulebook import DUTIES
from junheng.domains.admissions.models import Crossing
from junheng.domains.admissions.queries import admitted_away, came_later
from junheng.domains.admissions.terms import Came, CrossingAnswer, CrossingState, LawfulException
from junheng.domains.areas.policies import check_may
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.audit.append import append_many, name_of
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import drafts_of, save_row
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.policies import Level
from junheng.platform.spans import check_has_come
from junheng.platform.stewardship.limits import due_on


@transaction.atomic
def find_crossings(*, on: date, by: Any, at: datetime, why: str) -> list[Crossing]:
    """Open a case about every child in question that has none. Doing it twice finds nothing the second time."""
    due = due_on(on, DUTIES.crossing_within.on(on).value).day
    number = Crossing.objects.filter(code__startswith=f"KX{on.year}-").count()
    made = []
    for came, rows in ((Came.ADMITTED, admitted_away()), (Came.LATER, came_later(on))):
        for row in rows:
            number += 1
            made.append(
                Crossing(
                    code=f"KX{on.year}-{number:05d}",
                    entrant_id=row.pk if came is Came.ADMITTED else None,
                    pupil_id=row.pk if came is Came.LATER else None,
                    school_id=row.school_id,
                    area_id=row.area_id,
                    home_area_id=row.home_area_id,
                    came=came,
                    found_on=on,
                    due_on=due,
                )
            )
    insert_rows(Crossing, made)
    pairs = ((row, None) for row in made)
    append_many(list(drafts_of(pairs, by=by, at=at, why=why, verb=Verb.DEED.value)))
    return made


@transaction.atomic
def answer_crossing(
    case: Crossing,
    *,
    answer: str,
    exception: str = "",
    evidence: str = "",
    corrected_on: date | None = None,
    by: Any,
    at: datetime,
    why: str,
) -> Crossing:
    """Say why a child of another county is lawfully here, with what shows it; or that it was corrected, and when."""
    case = Crossing.objects.select_for_update().get(pk=case.pk)
    check_may(_("说明跨县域就读"), case, by=by, at=at)
    if case.state != CrossingState.OPEN:
        raise Conflict(
            "crossing-answered",
            "{case} 已经说明过，现为“{state}”。",
            case=case,
            state=case.get_state_display(),
        )
    if answer == CrossingAnswer.LAWFUL:
        if not exception or not evidence.strip():
            raise Refusal(
                "crossing-without-grounds",
                "有合法情形的，须写明是哪一种和依据的材料（如居住证编号、部队证明文号）。",
            )
        corrected_on = None
    else:
        if corrected_on is None:
            raise Refusal("crossing-without-day", "已纠正的，须写明纠正的日期（转回户籍所在县的日期）。")
        check_has_come(corrected_on, at=at)
        exception = evidence = ""
    case.answer, case.exception, case.evidence = CrossingAnswer(answer), exception, evidence.strip()
    case.corrected_on, case.state, case.returned = corrected_on, CrossingState.ANSWERED, ""
    case.answered_by, case.answered_on = name_of(by), timezone.localdate(at)
    save_row(case, by=by, at=at, why=why, verb=Verb.DEED.value)
    return case


@transaction.atomic
def close_crossing(case: Crossing, *, by: Any, at: datetime, why: str) -> Crossing:
    """Accept the answer: the reason, or the day of correction, is written to the admission as well."""
    case = reviewed(case, _("办结跨县域核查"), by=by, at=at)
    case.state, case.closed_by, case.closed_on = CrossingState.CLOSED, name_of(by), timezone.localdate(at)
    save_row(case, by=by, at=at, why=why, verb=Verb.DEED.value)
    if case.entrant is not None:
        if case.answer == CrossingAnswer.LAWFUL:
            case.entrant.exception = LawfulException(case.exception)
        else:
            case.entrant.corrected_on = case.corrected_on
        save_row(case.entrant, by=by, at=at, why=why, verb=Verb.DEED.value)
    return case


@transaction.atomic
def return_crossing(case: Crossing, *, reason: str, by: Any, at: datetime, why: str) -> Crossing:
    """Send an answer back: it does not hold, and the county answers again within the same limit."""
    case = reviewed(case, _("退回说明"), by=by, at=at)
    case.state, case.answer, case.returned = CrossingState.OPEN, "", reason.strip()
    case.exception, case.evidence, case.corrected_on = "", "", None
    save_row(case, by=by, at=at, why=why, verb=Verb.DEED.value)
    return case


def reviewed(case: Crossing, deed: str, *, by: Any, at: datetime) -> Crossing:
    """The case, held, if it waits for review and this person may review it: of the city, and not who answered."""
    case = Crossing.objects.select_for_update(of=("self",)).select_related("entrant").get(pk=case.pk)
    check_may(deed, case, by=by, at=at)
    if case.state != CrossingState.ANSWERED:
        raise Conflict(
            "crossing-not-answered",
            "{case} 现为“{state}”，还不能复核。",
            case=case,
            state=case.get_state_display(),
        )
    if case.answered_by == name_of(by):
        raise NotAllowed("crossing-own-answer", "说明的人不能自己复核。请由市局未经手的人员办理。")
    if not Asker(by, at).stands_at(Level.CITY):
        raise NotAllowed("crossing-city-reviews", "跨县域招生由市局复核办结，县（市、区）和学校只作说明。")
    return case
