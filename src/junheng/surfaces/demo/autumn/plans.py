"""Plans of the demonstration: schools with classes, groups, catchments and places on the map, then published."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db.models import Count, Q

from junheng.domains.intakes.actions.begin import begin
from junheng.domains.intakes.actions.publish import publish
from junheng.domains.intakes.actions.rows import write_rows
from junheng.domains.intakes.models import Catchment, Intake, PlaceGroup, PlanSchool, PlanVersion
from junheng.domains.intakes.terms import Parity, Ties, Who
from junheng.domains.schools.models import School
from junheng.domains.schools.terms import Stage
from junheng.surfaces.demo.autumn.moments import Moments
from junheng.surfaces.demo.dice import Dice
from junheng.surfaces.demo.plan import Unit
from junheng.surfaces.demo.spread import spread

KINDS = {
    Stage.PRIMARY: ("primary", "nine_year", "twelve_year"),
    Stage.JUNIOR: ("junior", "nine_year", "twelve_year"),
}
SIZE = {Stage.PRIMARY: 45, Stage.JUNIOR: 50}
LETTER = {Stage.PRIMARY: "P", Stage.JUNIOR: "J"}
LEFT, TOP = 112_750_000, 35_480_000
"""Where the counties of the drawing begin, in millionths of a degree; what stands there is invented."""
COUNTY, CELL = 160_000, 12_000
SHARING, ZONE = 1, "示例一二校片区"
"""The county in which two schools share a catchment, and how that is called."""


@dataclass(frozen=True, slots=True)
class Made:
    """One published plan and what the families choose from."""

    intake: Intake
    version: PlanVersion
    rows: list[PlanSchool]


def county_schools(unit: Unit, stage: Stage) -> list[Any]:
    """The schools of a county with that stage, each with its classes of the stage."""
    rows = School.objects.filter(
        area__gte=unit.code, area__lt=str(int(unit.code) + 1), until=None, kind__in=KINDS[stage]
    )
    counted = Count("schoolclass", filter=Q(schoolclass__stage=stage, schoolclass__until=None))
    return list(rows.annotate(rooms=counted).order_by("code"))


def make_plan(unit: Unit, place: int, stage: Stage, applicants: int, moments: Moments, *, by: Any) -> Made:
    """Write and publish the plan of one county and stage: public schools alone have a place for every child."""
    word = "小学" if stage == Stage.PRIMARY else "初中"
    intake = Intake(
        code=f"{unit.code}-{moments.year}-{LETTER[stage]}", title=f"{unit.name}{moments.year}年{word}招生（演示数据）",
        area_id=unit.code, year=moments.year, stage=stage, address_limit=3,
        born_by=date(moments.year - 6, 8, 31) if stage == Stage.PRIMARY else None, **moments.days(),
    )  # fmt: skip
    at, why = moments.planned, "编制招生计划（演示数据）"
    version = begin(intake, by=by, at=at, why=why)
    schools = county_schools(unit, stage)
    public = [one for one in schools if one.nature != "private"] or schools[:1]
    chosen = [one for one in schools if one in public or one.nature == "private"]
    classes = classes_of(chosen, public, applicants, SIZE[stage])
    dice = Dice(moments.year, f"plan-{intake.code}")
    rows = [
        PlanSchool(
            version=version, school=school, area_id=unit.code, classes=int(number), class_size=SIZE[stage],
            longitude=x, latitude=y,
        )
        for school, number, (x, y) in zip(chosen, classes, places(place, len(chosen), dice), strict=True)
    ]  # fmt: skip
    near = [one for one in rows if one.school.nature != "private"][:2]
    if place == SHARING and len(near) > 1:
        for row in near:
            row.zone = ZONE
    write_rows(version, keep=rows, by=by, at=at, why=why)
    write_rows(version, keep=everybody(rows), by=by, at=at, why=why)
    write_rows(version, keep=[one for row in rows for one in reserve(row, stage)], by=by, at=at, why=why)
    write_rows(
        version,
        keep=[one for number, row in enumerate(rows) for one in pieces(row, number)],
        by=by,
        at=at,
        why=why,
    )
    return Made(intake, publish(version, by=by, at=moments.at(6, 25), why="公布招生计划（演示数据）"), rows)


def classes_of(schools: list[Any], public: list[Any], applicants: int, size: int) -> list[int]:
    """Classes by the size of the schools, so that the public ones hold every child and a little more."""
    needed = -(-applicants * 103 // 100 // size) + 1
    shares = spread(max(needed, len(public)), [max(1, one.rooms) for one in public], least=1)
    found = dict(zip((one.pk for one in public), shares.tolist(), strict=True))
    return [found.get(one.pk, max(1, one.rooms // 9)) for one in schools]


def places(county: int, count: int, dice: Dice) -> list[tuple[int, int]]:
    """Places of schools on a drawing: one in each cell of the county's square, somewhat beside its middle."""
    left, top = LEFT + county % 4 * COUNTY, TOP - county // 4 * COUNTY
    wide = max(1, int(np.ceil(np.sqrt(count))))
    shift = dice.between(-CELL // 4, CELL // 4, 2 * count).tolist()
    return [
        (left + number % wide * CELL + shift[2 * number], top - number // wide * CELL + shift[2 * number + 1])
        for number in range(count)
    ]


def everybody(rows: list[PlanSchool]) -> list[PlaceGroup]:
    """The group of all places; where some are reserved it has the rest."""
    return [
        PlaceGroup(
            plan_school=row, area_id=row.area_id, code="ALL", label="全部学位", precedence=2,
            capacity=row.places - reserved(row), who=Who.ANYBODY, ties=Ties.ADMIT,
        )
        for row in rows
    ]  # fmt: skip


def reserved(row: PlanSchool) -> int:
    """Places kept for migrant workers' children at every large public school; what stays empty goes back."""
    return 0 if row.school.nature == "private" or row.classes < 4 else row.places // 20


def reserve(row: PlanSchool, stage: Stage) -> list[PlaceGroup]:
    """The group of reserved places, filled first."""
    if not reserved(row):
        return []
    pool = PlaceGroup.objects.get(plan_school=row, code="ALL")
    return [
        PlaceGroup(
            plan_school=row, area_id=row.area_id, code="MIG", label="随迁子女", precedence=1, capacity=reserved(row),
            who=Who.MIGRANT, ties=Ties.ADMIT, release_to=pool,
        )
    ]  # fmt: skip


def pieces(row: PlanSchool, number: int) -> list[Catchment]:
    """A catchment: half a street, a community, and an outline round the school."""
    if row.school.nature == "private":
        return []
    assert row.longitude is not None
    assert row.latitude is not None
    half, x, y = CELL // 5, row.longitude, row.latitude
    ring = [[x - half, y - half], [x + half, y - half], [x + half, y + half], [x - half, y + half]]
    street = {"street": street_of(number), "parity": Parity.ODD if number % 2 else Parity.EVEN}
    return [
        Catchment(plan_school=row, area_id=row.area_id, **street),
        Catchment(plan_school=row, area_id=row.area_id, community=community_of(row)),
        Catchment(plan_school=row, area_id=row.area_id, outline=ring),
    ]


def street_of(number: int) -> str:
    """An invented street; two schools share one, each with its side."""
    return f"示例{number // 2 + 1}路"


def community_of(row: PlanSchool) -> str:
    """An invented community."""
    return f"示例{row.school.code[-4:]}小区"
