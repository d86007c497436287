"""The roll of a day by school and stage: who counts, who is held aside, and which boarders have a bed."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from junheng.domains.areas.terms import Location
from junheng.domains.funds.models import FundBasis, RollFreeze, RollLine
from junheng.domains.funds.queries.beds import bedded_on, schools_with_beds
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School
from junheng.domains.schools.terms import SchoolKind, Stage
from junheng.kernel.errors import Refusal
from junheng.platform.spans import holds

PAID = (Stage.PRIMARY, Stage.JUNIOR)
"""Stages for whose pupils there is money per head."""


def on_roll(day: date) -> "QuerySet[Pupil]":
    """The pupils of the stages that are paid for, on a day."""
    return Pupil.objects.filter(holds(day), stage__in=PAID).order_by()


def on_two_rolls(day: date) -> "QuerySet[Any, Any]":
    """The blind numbers of pupils who stand on the roll more than once that day."""
    numbers = on_roll(day).exclude(code_blind=None).values("code_blind")
    return numbers.annotate(rolls=Count("pk")).filter(rolls__gt=1).values_list("code_blind", flat=True)


def doubtful(roll: RollFreeze) -> "QuerySet[Pupil]":
    """The rows of the roll that still wait for a decision, among the schools where the freeze held somebody aside."""
    schools = list(roll.lines.filter(held__gt=0).values_list("school", flat=True).distinct())
    if not schools:
        return Pupil.objects.none()
    here = on_roll(roll.day).filter(school__in=schools)
    again = here.exclude(code_blind=None).values("code_blind").annotate(rolls=Count("pk")).filter(rolls__gt=1)
    return here.filter(code_blind__in=list(again.values_list("code_blind", flat=True)))


def roll_on(day: date) -> Iterator[RollLine]:
    """The lines of a roll as it stands, in the order of schools and stages; they belong to no freeze yet."""
    twice_there = list(on_two_rolls(day))
    twice = Q(code_blind__in=twice_there)
    counted = (
        on_roll(day)
        .values("school", "stage")
        .annotate(
            every=Count("pk"), beds=Count("pk", filter=Q(boarder=True)), held=Count("pk", filter=twice),
            held_boarders=Count("pk", filter=twice & Q(boarder=True)),
        )
    )  # fmt: skip
    found = {(one["school"], one["stage"]): one for one in counted}
    bases = {one.school_id: one for one in FundBasis.objects.filter(holds(day))}
    schools = School.objects.in_bulk({school for school, _stage in found})
    given_out, bedded = schools_with_beds(day), bedded_on(day, Q(pupil__code_blind__in=twice_there))
    for pk in sorted(schools):
        beds = bases[pk].beds if pk in bases else 0
        for stage in PAID:
            if (pk, stage) in found:
                one = line(schools[pk], stage, found[pk, stage], bases.get(pk), beds, day)
                beds -= one.bedded
                if pk in given_out:
                    one.bedded, one.by_beds = bedded.get((pk, stage), 0), True
                yield one


def line(
    school: School, stage: Stage, counts: Mapping[str, Any], basis: FundBasis | None, beds: int, day: date
) -> RollLine:
    """One stage of one school. Beds are given to the lower stage first: the supplement is the same for both."""
    heads = counts["every"] - counts["held"]
    boarders = counts["beds"] - counts["held_boarders"]
    special = school.kind == SchoolKind.SPECIAL
    care = heads if special else int(getattr(basis, f"care_{stage}", 0))
    if care > heads:
        raise Refusal(
            "more-care-than-heads",
            "{school}登记的{stage}随班就读 {care} 人，多于在籍的 {heads} 人。请学校先改正“经费基础数据”。",
            school=school.name,
            stage=stage.label,
            care=care,
            heads=heads,
        )
    return RollLine(
        school=school, area_id=school.area_id, stage=stage, heads=heads, care=care, boarders=boarders,
        bedded=min(boarders, beds), held=counts["held"], boarding=school.boarding,
        small=school.location == Location.RURAL and not special,
        closed=school.until is not None and school.until <= day,
    )  # fmt: skip


def latest_roll(term: str) -> RollFreeze | None:
    """The newest frozen roll of a term."""
    return RollFreeze.objects.filter(term=term).order_by("-number").first()
