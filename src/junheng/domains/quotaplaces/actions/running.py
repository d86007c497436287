"""The computation in three stages, its release by somebody else, and what a corrected score changes."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.quotaplaces.actions.stepping import advance, locked, write_rows
from junheng.domains.quotaplaces.models import (
    QuotaCandidate,
    QuotaResult,
    QuotaRound,
    QuotaRun,
)
from junheng.domains.quotaplaces.queries import (
    newest_run,
    outcome_of,
    seniors_of,
    values_of,
)
from junheng.domains.quotaplaces.terms import Came, RoundState
from junheng.kernel import quotas
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.audit.append import name_of
from junheng.platform.audit.chain import digest_of_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row


@transaction.atomic
def compute(one: QuotaRound, *, by: Any, at: datetime, why: str) -> QuotaRun:
    """Run the three stages. A result that the independent check does not accept is not kept."""
    one = locked(one, {RoundState.CONFIRMED}, _("录取计算"), by=by, at=at)
    made = compute_again(one, by=by, at=at, why=why)
    advance(one, RoundState.COMPUTED, by=by, at=at, why=why)
    return made


def compute_again(one: QuotaRound, *, by: Any, at: datetime, why: str) -> QuotaRun:
    """One more run of a round, with its results; inside the transaction of the deed that asks for it."""
    values = values_of(one)
    outcome = quotas.run(*values)
    if wrong := quotas.faults(*values, outcome):
        raise Refusal(
            "result-faulty", "结果未通过独立核验：{faults}。没有保存。", faults="；".join(wrong[:5])
        )
    if not any(part is not quotas.Part.NONE for _school, part in outcome.places.values()):
        raise Refusal("nobody-admitted", "没有一名考生录取：成绩和志愿似乎还没有导入。请先导入。")
    schools = {row.school.code: row.school_id for row in seniors_of(one)}
    last = newest_run(one)
    made = QuotaRun(
        quota_round=one,
        area_id=one.area_id,
        number=last.number + 1 if last else 1,
        reason=why,
        computed_at=at,
        computed_by=name_of(by),
        digest=digest_of_rows(
            [number, school, part.value] for number, (school, part) in sorted(outcome.places.items())
        ),
        lines={
            "open": outcome.lines,
            "quota": [
                {"senior": senior, "junior": junior, "line": line}
                for (senior, junior), line in sorted(outcome.cell_lines.items())
            ],
            "released_places": outcome.released,
            "released": outcome.released_lines,
        },
    )
    save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    listed = QuotaCandidate.objects.filter(quota_round=one).order_by("number")
    rows = [
        QuotaResult(
            run=made,
            candidate_id=pk,
            junior_id=junior,
            area_id=area,
            school_id=schools.get(outcome.places[number][0]),
            came=Came(outcome.places[number][1].value),
        )
        for pk, number, junior, area in listed.values_list("pk", "number", "school", "area")
    ]
    write_rows(QuotaResult, rows, by=by, at=at, why=why)
    return made


@transaction.atomic
def release(one: QuotaRound, *, by: Any, at: datetime, why: str) -> QuotaRun:
    """Release the newest run: checked once more, and by somebody else than who computed it."""
    one = locked(one, {RoundState.COMPUTED, RoundState.RELEASED}, _("发布录取结果"), by=by, at=at)
    run = newest_run(one)
    if run is None or run.released_at is not None:
        raise Conflict("nothing-to-release", "没有待发布的结果。没有改动。")
    if run.computed_by == name_of(by):
        raise NotAllowed("releases-own-run", "计算的人不能自己发布。请由另一名有权限的人员复核后发布。")
    values = values_of(one)
    came = QuotaResult.objects.filter(run=run).values_list("candidate__number", "school__code", "came")
    places = {number: (code or quotas.NOWHERE, quotas.Part(part)) for number, code, part in came}
    wrong = quotas.faults(*values, outcome_of(run, places=places))
    if wrong:
        raise Refusal(
            "result-faulty", "结果未通过独立核验：{faults}。没有发布。", faults="；".join(wrong[:5])
        )
    run.released_at, run.released_by = at, name_of(by)
    save_row(run, by=by, at=at, why=why, verb=Verb.DEED.value)
    if one.state != RoundState.RELEASED:
        advance(one, RoundState.RELEASED, by=by, at=at, why=why)
    return run


@transaction.atomic
def correct_score(
    candidate: QuotaCandidate, *, score: int | None, subjects: int, by: Any, at: datetime, why: str
) -> QuotaRun:
    """Correct a score after the result was computed (an appeal that was right) and run the round again.

    The released result holds until somebody else releases the new one; the difference is shown before that.
    """
    one = QuotaRound.objects.get(pk=candidate.quota_round_id)
    one = locked(one, {RoundState.COMPUTED, RoundState.RELEASED}, _("更正成绩后重算"), by=by, at=at)
    candidate = QuotaCandidate.objects.select_for_update().get(pk=candidate.pk)
    if (candidate.score, candidate.subjects) == (score, subjects):
        raise Conflict("score-is-so", "成绩没有变化，没有重算。")
    candidate.score, candidate.subjects = score, subjects
    save_row(candidate, by=by, at=at, why=why, verb=Verb.DEED.value)
    return compute_again(one, by=by, at=at, why=why)
