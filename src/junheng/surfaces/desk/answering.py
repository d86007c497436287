"""Who answers for a record, by position: the official himself, the head of the school, the wardens of the water."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from junheng.domains.people.models import Person
from junheng.domains.schools.models import School
from junheng.domains.waters.models import Assignment
from junheng.platform.registers import Register, every_register
from junheng.platform.spans import holds

Place = tuple[str, int]


def in_charge_of(records: Iterable[Place], *, on: date) -> dict[Place, str]:
    """For each record who answers for it, as far as somebody is named; asked once for each register."""
    rows: dict[str, set[int]] = defaultdict(set)
    for slug, number in records:
        rows[slug].add(number)
    found: dict[Place, str] = {}
    for slug, numbers in rows.items():
        register = every_register().get(slug)
        if register is None:
            continue
        if register.model is Person:
            found |= {(slug, one.pk): str(one) for one in Person.objects.filter(pk__in=numbers)}
        elif slug == "waters":
            found |= {(slug, pk): names for pk, names in wardens(numbers, on=on).items()}
        elif register.school is not None:
            found |= {(slug, pk): name for pk, name in heads(register, numbers).items()}
    return found


def wardens(waters: Iterable[int], *, on: date) -> dict[int, str]:
    """The responsible persons of waters on a day."""
    names: dict[int, list[str]] = defaultdict(list)
    rows = (
        Assignment.objects.filter(holds(on), water__in=list(waters)).select_related("person").order_by("pk")
    )
    for one in rows:
        names[one.water_id].append(str(one.person))
    return {water: "、".join(several) for water, several in names.items()}


def heads(register: "Register[Any]", numbers: Iterable[int]) -> dict[int, str]:
    """The heads of the schools that records are about, by their post."""
    path = "pk" if register.school == "self" else register.school
    rows = register.model._default_manager.filter(pk__in=list(numbers))
    schools = dict(rows.values_list("pk", path))
    names = dict(School.objects.filter(pk__in=set(schools.values())).values_list("pk", "name"))
    return {
        pk: _("%(school)s校长") % {"school": names[school]}
        for pk, school in schools.items()
        if school in names
    }
