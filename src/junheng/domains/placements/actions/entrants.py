"""The first school day: who was admitted goes onto the list of entrants; schools say who came and who moved in."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from junheng.domains.admissions.models import Entrant
from junheng.domains.admissions.terms import EntrantKind, LawfulException
from junheng.domains.intakes.actions.attempts import attempt
from junheng.domains.intakes.models import Intake
from junheng.domains.intakes.policies.scope import check_office
from junheng.domains.intakes.terms import Circumstance, IntakeState
from junheng.domains.placements.actions.replies import last_run
from junheng.domains.placements.models import Placement, Reply, Run
from junheng.domains.placements.queries.names import child_name
from junheng.domains.registrations.models import StatedCircumstance
from junheng.domains.registrations.terms import FoundState
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.append import record_batch
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row

GRADES = {"primary": 1, "junior": 7, "senior": 10}
WORKING_HERE = {Circumstance.PERMIT, Circumstance.WORK}
LIVES_HERE = {Circumstance.HOUSEHOLD, Circumstance.PROPERTY, Circumstance.NO_TRANSFER, Circumstance.RESIDENCE}


def term_of(intake: Intake) -> str:
    """The autumn term of an admission."""
    return f"{intake.year}A"


def hand_over(intake: Intake, *, by: Any, at: datetime, why: str) -> int:
    """Write everybody who holds a place into the list of entrants, once, after families have answered."""
    return attempt(
        intake, "转入新生录取名册", lambda: _hand_over(intake.pk, by=by, at=at, why=why), by=by, at=at
    )


@transaction.atomic
def _hand_over(pk: int, *, by: Any, at: datetime, why: str) -> int:
    intake = Intake.objects.select_for_update().get(pk=pk)
    check_office(intake, by=by, at=at)
    one = last_run(intake)
    if one is None or intake.state != IntakeState.RELEASED:
        raise Refusal("not-released", "结果还没有发布，没有可以重算的。")
    if at < intake.reply_by:
        raise Refusal("replies-open", "家长确认还没有截止，录取名单还会变化。请在确认截止之后办理。")
    if handed_over(intake):
        raise Conflict(
            "handed-over", "「{intake}」的录取名单已经转入新生名册，不能重复转入。", intake=intake.title
        )
    out = set(Reply.objects.filter(listed__draw=one.draw_id, accepted=False).values_list("listed", flat=True))
    found = (
        Placement.objects.filter(run=one, school__isnull=False)
        .exclude(listed__in=out)
        .select_related("listed__application", "school")
        .defer("reasons", "tail", "listed__record", "listed__facts", "listed__number")
        .order_by("listed__rank")
    )
    rows = list(found)
    true = found_true(rows)
    entrants = [entrant(intake, row, true[row.listed.application_id], at) for row in rows]
    if not entrants:
        return 0
    insert_rows(Entrant, entrants)
    lines = "\n".join(f"{each.code}|{each.school_id}" for each in entrants)
    record_batch(
        Entrant, first_row=entrants[0].pk, last_row=entrants[-1].pk, count=len(entrants), source=f"{intake.code} run {one.number}",
        digest=hashlib.sha256(lines.encode()).hexdigest(), by=by, at=at, why=why,
    )  # fmt: skip
    return len(entrants)


def follow(one: Run, *, by: Any, at: datetime, why: str) -> int:
    """Carry a further run into the list of entrants, where that was written before it; how many rows changed.

    Who gave a place back stays there and does not come; who has another place now has yet to come there.
    """
    intake = one.draw.intake
    pids = [each["pid"] for each in one.changes[1:]]
    if not pids or not handed_over(intake):
        return 0
    rows = list(
        Placement.objects.filter(run=one, listed__pid__in=pids, school__isnull=False)
        .select_related("listed__application", "school")
        .order_by("listed__rank")
    )
    known = {
        each.code: each
        for each in Entrant.objects.filter(code__in=[row.listed.application.code for row in rows])
    }
    true = found_true(rows)
    for row in rows:
        fresh = entrant(intake, row, true[row.listed.application_id], at)
        held = known.get(fresh.code, fresh)
        held.school, held.area_id, held.exception = fresh.school, fresh.area_id, fresh.exception
        held.migrant, held.arrived = fresh.migrant, False
        save_row(held, by=by, at=at, why=why, verb=Verb.DEED.value)
    return len(rows)


def found_true(rows: Sequence[Placement]) -> Mapping[int, set[str]]:
    """By application, what was stated and found true; what a family only ticked counts for nothing."""
    true: dict[int, set[str]] = defaultdict(set)
    applications = [row.listed.application_id for row in rows]
    stated = StatedCircumstance.objects.filter(application__in=applications, state=FoundState.APPROVED)
    for application, kind in stated.values_list("application", "kind"):
        true[application].add(kind)
    return true


def entrant(intake: Intake, row: Placement, true: set[str], at: datetime) -> Entrant:
    """One child as it enters; nobody has come yet.

    A child whose home lies in another county has a lawful reason only where one was found true. Every other waits for
    the watch over county lines (``admissions.queries.admitted_away``): the county says why, with evidence.
    """
    application, school = row.listed.application, row.school
    assert school is not None
    home = application.home_area_id or intake.area_id  # from outside the city: counted where it is admitted
    away = not str(school.area_id).startswith(str(home)[:6])
    migrant = true >= WORKING_HERE and Circumstance.HOUSEHOLD not in true
    return Entrant(
        code=application.code, name=child_name(application), school=school, area_id=school.area_id,
        home_area_id=home, stage=intake.stage, grade=GRADES[intake.stage], term=term_of(intake),
        kind=EntrantKind.NEW, migrant=migrant, admitted_on=at.date(), arrived=False,
        exception=lawful(migrant, true) if away else None,
    )  # fmt: skip


def lawful(migrant: bool, true: set[str]) -> LawfulException | None:
    """Why a child of another county may be admitted here, as far as its application was found true."""
    if migrant:
        return LawfulException.MIGRANT
    return LawfulException.MOVED if LIVES_HERE & true else None


def handed_over(intake: Intake) -> bool:
    """Whether the entrants of this admission are written already."""
    codes = Placement.objects.filter(run__draw__intake=intake, school__isnull=False).values(
        "listed__application__code"
    )
    return Entrant.objects.filter(code__in=codes, term=term_of(intake), stage=intake.stage).exists()
