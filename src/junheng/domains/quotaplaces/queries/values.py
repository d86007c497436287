"""Rounds as values for the kernel."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Count, QuerySet

from junheng.domains.pupils.models import Pupil
from junheng.domains.quotaplaces.models import (
    CHOICES,
    QuotaCandidate,
    QuotaCell,
    QuotaJunior,
    QuotaRound,
    QuotaSenior,
)
from junheng.domains.quotaplaces.terms import Found
from junheng.domains.schools.models import School
from junheng.domains.schools.terms import Stage
from junheng.kernel.apportionment import Shares
from junheng.kernel.quotas import Candidate, Equal, QuotaRules, Senior, Span
from junheng.platform.spans import holds

LAST_GRADE = 9


def rules_of(one: QuotaRound) -> QuotaRules:
    """The rules of a round."""
    return QuotaRules(
        share=one.share,
        less=one.less,
        control=one.control,
        first_only=one.first_only,
        equal=Equal(one.equals),
    )


def graduates_on(one: QuotaRound) -> dict[int, int]:
    """The graduates of every junior school on the day of the round, by the number of the school."""
    rows = (
        graduating(one)
        .values("school")
        .annotate(number=Count("pk"))
        .order_by("school__code")
        .values_list("school", "number")
    )
    return dict(rows)


def graduating(one: QuotaRound) -> "QuerySet[Pupil]":
    """The pupils in the last grade of junior school within the round's area, on its day."""
    return Pupil.objects.filter(
        holds(one.roll_on), stage=Stage.JUNIOR, grade=LAST_GRADE, area__code__startswith=one.area_id
    )


def stays_of(pupils: Iterable[Pupil], *, on: date) -> dict[int, list[Span]]:
    """Every stay on a roll, in any school, of each of these pupils, by the pupil's row number.

    Rows of one person are found by the blind index of the identity number; who has none is known by that row alone.
    """
    rows = list(pupils)
    blinds = {row.id_number_blind for row in rows if row.id_number_blind}
    stays: dict[str, list[Span]] = defaultdict(list)
    earlier = Pupil.objects.filter(stage=Stage.JUNIOR, since__lte=on).exclude(id_number_blind="")
    for blind, school, since, until in earlier.values_list(
        "id_number_blind", "school", "since", "until"
    ).iterator():
        if blind in blinds:
            stays[blind].append(Span(str(school), since, until))
    return {
        row.pk: stays[row.id_number_blind]
        if row.id_number_blind
        else [Span(str(row.school_id), row.since, row.until)]
        for row in rows
    }


def seniors_of(one: QuotaRound) -> list[QuotaSenior]:
    """The senior schools of a round, by code."""
    return list(QuotaSenior.objects.filter(quota_round=one).select_related("school").order_by("school__code"))


def juniors_of(one: QuotaRound) -> list[QuotaJunior]:
    """The junior schools of a round, by code."""
    return list(QuotaJunior.objects.filter(quota_round=one).select_related("school").order_by("school__code"))


def shares_of(seniors: list[QuotaSenior], juniors: list[QuotaJunior]) -> Shares:
    """What is to be shared out, by the codes of the schools."""
    return Shares(
        tuple(one.school.code for one in seniors),
        tuple(one.quota for one in seniors),
        tuple(one.school.code for one in juniors),
        tuple(one.graduates for one in juniors),
    )


def cells_of(one: QuotaRound) -> dict[tuple[str, str], int]:
    """The table by codes of schools."""
    rows = QuotaCell.objects.filter(quota_round=one).values_list("senior__code", "junior__code", "places")
    return {(senior, junior): places for senior, junior, places in rows}


def values_of(
    one: QuotaRound,
) -> tuple[QuotaRules, list[Senior], dict[tuple[str, str], int], list[Candidate]]:
    """A round as the kernel takes it."""
    seniors = [Senior(row.school.code, row.plan, row.quota) for row in seniors_of(one)]
    return (
        rules_of(one),
        seniors,
        cells_of(one),
        candidates_of(QuotaCandidate.objects.filter(quota_round=one)),
    )


def candidates_of(rows: "QuerySet[QuotaCandidate]") -> list[Candidate]:
    """Candidates as the kernel takes them, in the order of numbers. Tens of thousands: no model is made of them."""
    codes = dict(School.objects.values_list("pk", "code"))
    return [
        Candidate(
            number,
            codes[junior],
            found == Found.ELIGIBLE,
            score,
            tuple([codes[school] for school in chosen if school is not None]),
            subjects,
        )
        for number, junior, found, score, subjects, *chosen in rows.order_by("number").values_list(
            "number", "school", "found", "score", "subjects", *CHOICES
        )
    ]
