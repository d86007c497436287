"""Deeds about schools that only schools know: which part a new school takes along, and what a new kind begins with."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from junheng.domains.areas.models import Area
from junheng.domains.schools.models import School, SchoolClass
from junheng.domains.schools.queries import classes_named, classes_of
from junheng.kernel.errors import Conflict
from junheng.platform.lineage import actions
from junheng.platform.lineage.moving import relations_to


@transaction.atomic
def split_school(
    school: School, *, code: str, name: str, area: Area, classes: str, on: date, number: str, by: Any,
    at: datetime, why: str,
) -> School:  # fmt: skip
    """Found a school with some classes of another: their pupils and teachers go along, the rest stays."""
    taken = classes_named(school, classes, on=on)
    keys = [one.pk for one in taken]
    fresh = like(school, code=code, name=name, area=area)
    only: dict[Any, Q] = {SchoolClass: Q(pk__in=keys)}
    for column in relations_to(School):
        if any(one.name == "school_class" for one in column.model._meta.concrete_fields):
            only[column.model] = Q(school_class__in=keys)
    counted = (len(keys), classes_of(school, on=on).count())
    actions.split(school, fresh, only=only, counted=counted, on=on, number=number, by=by, at=at, why=why)
    return fresh


@transaction.atomic
def recode_school(
    school: School, *, code: str, name: str, kind: str, on: date, number: str, by: Any, at: datetime, why: str
) -> School:  # fmt: skip
    """Let a school of another kind, which needs a code of its own, carry on for this one."""
    fresh = like(school, code=code, name=name or school.name, area=school.area)
    fresh.kind = kind
    actions.recode(school, fresh, on=on, number=number, by=by, at=at, why=why)
    return fresh


def like(school: School, *, code: str, name: str, area: Area) -> School:
    """A school that is not there yet, with what it has in common with another. A code is given once."""
    if School.objects.filter(code=code.strip()).exists():
        raise Conflict(
            "code-taken", "学校标识码 {given} 已经使用。标识码不得重复使用，请填写新码。", given=code
        )
    return School(
        code=code.strip(), name=name.strip(), area=area, kind=school.kind, nature=school.nature,
        location=school.location, boarding=school.boarding, principal=school.principal, phone=school.phone,
        address=school.address,
    )  # fmt: skip
