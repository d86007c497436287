"""Questions about one responsible person: who could stand in, which waters were neglected longest, what is open."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from junheng.domains.patrols.models import Check, Leave, Miss
from junheng.domains.patrols.queries.weeks import COUNTY
from junheng.domains.people.models import Person
from junheng.domains.waters.models import Assignment, Water
from junheng.platform.access.scope import within_area
from junheng.platform.spans import held_from, holds


def deputies_for(person: Person, *, on: date) -> "QuerySet[Person]":
    """Who may stand in for somebody: in office, with waters, of the same level and county."""
    charged = Assignment.objects.filter(holds(on), person=OuterRef("pk"))
    here = Person.objects.filter(holds(on), within_area("area", person.area_id[:COUNTY]))
    return (
        here.filter(Exists(charged), area__kind=person.area.kind).exclude(pk=person.pk).order_by("area", "pk")
    )


@dataclass(frozen=True, slots=True)
class Neglect:
    """One water of a person, and when it was last looked at: by the person, by anybody."""

    water: Water
    level: str
    mine_on: date | None
    days: int | None
    """Days since the person's last check; ``None`` where there was none."""


def neglected(person: Person, *, on: date) -> list[Neglect]:
    """The waters of a person on a day, those that waited longest first."""
    rows = Assignment.objects.filter(
        holds(on), holds(on, since="water__since", until="water__until"), person=person
    )
    rows = rows.select_related("water", "water__area").order_by("pk")
    seen = Check.objects.filter(person=person, checked_at__date__lte=on).order_by()
    last = dict(seen.values_list("water").annotate(last=Max("checked_at")))
    found = []
    for row in rows:
        moment = last.get(row.water_id)
        day = timezone.localdate(moment) if moment else None
        found.append(Neglect(row.water, row.level, day, (on - day).days if day else None))
    return sorted(found, key=lambda one: (one.days is not None, -(one.days or 0), one.water.pk))


def leaves_about(person: Person, *, on: date) -> list[Leave]:
    """Leaves in which somebody is away or stands in, from this week on."""
    rows = Leave.objects.filter(
        Q(person=person) | Q(deputy=person), held_from(on - timedelta(days=7)), cancelled=False
    )
    return list(rows.select_related("person", "deputy").order_by("since", "pk"))


def misses_of(person: Person) -> list[Miss]:
    """The missed weeks of somebody with who was told, the newest first."""
    return list(Miss.objects.filter(person=person).prefetch_related("escalations").order_by("-monday", "-pk"))
