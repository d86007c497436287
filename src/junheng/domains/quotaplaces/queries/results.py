"""Runs and their results as pages ask about them, and the reasons in sentences."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from junheng.content.rulebook import DUTIES
from junheng.domains.quotaplaces.models import (
    QuotaCandidate,
    QuotaCell,
    QuotaResult,
    QuotaRound,
    QuotaRun,
)
from junheng.domains.quotaplaces.queries.values import candidates_of, rules_of, seniors_of
from junheng.domains.quotaplaces.terms import Came
from junheng.kernel.quotas import NOWHERE, Outcome, Part, Reason, Senior, Told, open_places, told


def run_in_force(one: QuotaRound) -> QuotaRun | None:
    """The newest run of a round that was released."""
    return QuotaRun.objects.filter(quota_round=one, released_at__isnull=False).order_by("-number").first()


def newest_run(one: QuotaRound) -> QuotaRun | None:
    """The newest run of a round, released or not."""
    return QuotaRun.objects.filter(quota_round=one).order_by("-number").first()


def outcome_of(run: QuotaRun, *, places: dict[str, tuple[str, Part]]) -> Outcome:
    """A run as the kernel knows it: its lines as kept, and the places that are asked about."""
    lines = run.lines
    return Outcome(
        places,
        lines["open"],
        {(row["senior"], row["junior"]): row["line"] for row in lines["quota"]},
        lines["released_places"],
        lines["released"],
    )


def differences(earlier: QuotaRun, later: QuotaRun) -> list[tuple[QuotaResult, QuotaResult]]:
    """The candidates whose place two runs say differently: before and after. The database compares, few are read."""
    same = QuotaResult.objects.filter(run=earlier, candidate=OuterRef("candidate"), came=OuterRef("came"))
    same = same.filter(Q(school=OuterRef("school")) | Q(school__isnull=True))
    after = list(results_of(later).filter(~Exists(same)))
    before = {
        row.candidate_id: row
        for row in results_of(earlier).filter(candidate__in=[row.candidate_id for row in after])
    }
    return [(before[row.candidate_id], row) for row in after]


def results_of(run: QuotaRun) -> "QuerySet[QuotaResult]":
    """The results of a run, by number."""
    return (
        QuotaResult.objects.filter(run=run)
        .select_related("candidate", "school")
        .order_by("candidate__number")
    )


def came_by(run: QuotaRun) -> dict[str, int]:
    """How many came in by each stage, and how many did not."""
    counted = dict(
        QuotaResult.objects.filter(run=run).values_list("came").annotate(number=Count("pk")).order_by("came")
    )
    return {came.value: counted.get(came.value, 0) for came in Came}


def sentences(row: QuotaCandidate, run: QuotaRun) -> list[str]:
    """Why a candidate came in where it did, choice by choice, each in one sentence."""
    (one,) = candidates_of(QuotaCandidate.objects.filter(pk=row.pk))
    result = QuotaResult.objects.select_related("school").get(run=run, candidate=row)
    place = (result.school.code if result.school else NOWHERE, Part(result.came))
    outcome = outcome_of(run, places={row.number: place})
    seniors = seniors_of(row.quota_round)
    opens = {
        each.school.code: open_places(Senior(each.school.code, each.plan, each.quota)) for each in seniors
    }
    names = {each.school.code: each.school.name for each in seniors}
    cells = {
        (senior, junior): places
        for senior, junior, places in QuotaCell.objects.filter(
            quota_round=row.quota_round, junior=row.school
        ).values_list("senior__code", "junior__code", "places")
    }
    rules = rules_of(row.quota_round)
    return [
        sentence(each, names.get(each.school, ""), one.score)
        for each in told(rules, cells, outcome, opens, one)
    ]


def sentence(one: Told, school: str, score: int | None) -> str:
    """One reason as people read it."""
    part = {
        Part.OPEN: _("统一招生"),
        Part.QUOTA: _("分配名额"),
        Part.RELEASED: _("剩余名额"),
        Part.NONE: "",
    }[one.part]
    facts = {
        "rank": one.rank,
        "school": school,
        "part": part,
        "score": score,
        "line": one.line,
        "places": one.places,
    }
    match one.reason:
        case Reason.ADMITTED:
            text = _("第%(rank)s志愿%(school)s：%(part)s录取。您 %(score)s 分，录取线 %(line)s 分。")
        case Reason.BELOW_LINE:
            text = _(
                "第%(rank)s志愿%(school)s：%(part)s未录取。名额 %(places)s 个，录取线 %(line)s 分，您 %(score)s 分。"
            )
        case Reason.NO_PLACES:
            text = _("第%(rank)s志愿%(school)s：没有%(part)s。")
        case Reason.NOT_ELIGIBLE:
            text = _("第%(rank)s志愿%(school)s：不具备分配生资格，不参加分配名额。")
        case Reason.NOT_FIRST:
            text = _("第%(rank)s志愿%(school)s：分配名额只看第一志愿。")
        case Reason.BELOW_FLOOR:
            text = _("第%(rank)s志愿%(school)s：%(part)s最低 %(line)s 分，您 %(score)s 分，未达到。")
        case _never:
            text = _("没有成绩，不能录取。")
    return str(text) % facts


def public_lines(one: QuotaRound, run: QuotaRun, *, on: date) -> dict[tuple[str, str], int | None]:
    """The line of every cell that somebody came in by; ``None`` where so few did that it would tell a pupil's score."""
    least = DUTIES.small_count.on(on).value
    counted = {
        (senior, junior): number
        for senior, junior, number in QuotaResult.objects.filter(run=run, came=Came.QUOTA)
        .values_list("school__code", "junior__code")
        .annotate(number=Count("pk"))
    }
    return {
        (row["senior"], row["junior"]): row["line"]
        if counted[row["senior"], row["junior"]] >= least
        else None
        for row in run.lines["quota"]
    }
