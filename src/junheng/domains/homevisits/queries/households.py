"""The households of one class: who was met in this school year, by whom, and what came of it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from junheng.content.rulebook import HOMEVISITS
from junheng.domains.homevisits.models import HelpTask, SharedVisit, Visit
from junheng.domains.homevisits.terms import Way
from junheng.domains.pupils.models import Household, Pupil
from junheng.domains.schools.models import SchoolClass
from junheng.kernel.values.school_term import SchoolTerm, school_year_began
from junheng.platform.spans import holds


@dataclass(slots=True)
class Line:
    """One household of a class, however many of its children are in it."""

    household: Household
    pupils: list[Pupil]
    visits: list[Visit] = field(default_factory=list)
    """Every visit and attempt up to the day, the latest first, whoever made it and for whichever child."""
    tasks: list[HelpTask] = field(default_factory=list)
    shared: bool = False
    """Whether the class took part in the visit of another."""
    since: date = date.min

    @property
    def met(self) -> Visit | None:
        """The last visit in person within the school year; ``None``: still to be visited."""
        return next(
            (one for one in self.visits if one.way == Way.IN_PERSON and one.visited_on >= self.since), None
        )

    @property
    def last(self) -> Visit | None:
        """The last visit or attempt there ever was."""
        return self.visits[0] if self.visits else None


def met_since(since: date, on: date) -> "QuerySet[Visit]":
    """The visits in person from one day to another."""
    return Visit.objects.filter(way=Way.IN_PERSON, visited_on__gte=since, visited_on__lte=on)


def met_in_term(household: Household, *, on: date) -> Visit | None:
    """The last visit in person to a household within the term of a day, on that day or before."""
    rows = met_since(SchoolTerm.containing(on).first, on).filter(household=household)
    return rows.select_related("school").order_by("-visited_on", "-pk").first()


def in_class(household: Household, room: SchoolClass, *, on: date) -> bool:
    """Whether a household has a pupil in a class on a day."""
    return Pupil.objects.filter(holds(on), household=household, school_class=room).exists()


def pupils_in(room: SchoolClass, *, on: date) -> "QuerySet[Pupil]":
    """The pupils on the roll of a class on a day."""
    return Pupil.objects.filter(holds(on), school_class=room).select_related("household").order_by("pk")


def lines_of(room: SchoolClass, *, on: date) -> list[Line]:
    """Every household of a class: those still to be visited first, then who was visited longest ago. Four questions."""
    found: dict[int, Line] = {}
    for pupil in pupils_in(room, on=on):
        line = found.setdefault(pupil.household_id, Line(pupil.household, [], since=school_year_began(on)))
        line.pupils.append(pupil)
    made = Visit.objects.filter(household__in=list(found), visited_on__lte=on).select_related("school")
    for visit in made.order_by("-visited_on", "-pk"):
        found[visit.household_id].visits.append(visit)
    shared = SharedVisit.objects.filter(school_class=room, visit__visited_on__gte=school_year_began(on))
    for household in shared.values_list("visit__household", flat=True):
        if household in found:
            found[household].shared = True
    tasks: dict[int, list[HelpTask]] = defaultdict(list)
    for task in (
        HelpTask.objects.filter(school_class=room).select_related("visit").order_by("-asked_on", "pk")
    ):
        tasks[task.visit.household_id].append(task)
    for pk, line in found.items():
        line.tasks = tasks[pk]
    return sorted(found.values(), key=in_order)


def in_order(line: Line) -> tuple[bool, date, int]:
    """Where a household stands on the page of its class."""
    return line.met is not None, line.last.visited_on if line.last else date.min, line.household.pk


def unvisited(rooms: list[int], *, on: date) -> "QuerySet[Household]":
    """The households of some classes that nobody met in the school year."""
    here = Pupil.objects.filter(holds(on), school_class__in=rooms).values("household")
    met = met_since(school_year_began(on), on).filter(household__in=here).values("household")
    return Household.objects.filter(Q(pk__in=here) & ~Q(pk__in=met))


def reminds(on: date) -> bool:
    """Whether the end of the term is so near that a class teacher is reminded, as the rule of that day says."""
    rule = HOMEVISITS.remind_autumn if SchoolTerm.containing(on).season == "A" else HOMEVISITS.remind_spring
    month, day = divmod(rule.on(on).value, 100)
    return on.month < 2 or (on.month, on.day) >= (month, day)


def pupils_of_task(task: HelpTask) -> list[Pupil]:
    """The pupils of a task's household in its class, on the day of the visit."""
    rows = pupils_in(task.school_class, on=task.visit.visited_on)
    return list(rows.filter(household=task.visit.household_id))
