"""How projects stand: what is late on a day, what comes next, how far each is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from junheng.content.rulebook import BUILDING
from junheng.domains.projects.models import Milestone, Project
from junheng.domains.projects.terms import ORDER, ProjectState, Step
from junheng.domains.schools.terms import SchoolKind
from junheng.kernel.rulebook import InForce


@dataclass(frozen=True, slots=True)
class Progress:
    """The steps of one project as they stand on a day."""

    project: Project
    steps: tuple[Milestone, ...]
    on: date

    @property
    def reached(self) -> int:
        """How many steps are reached."""
        return sum(one.reached_on is not None for one in self.steps)

    @property
    def next(self) -> Milestone | None:
        """The first step that is not reached; none of a project that was given up."""
        if self.project.cancelled_on is not None:
            return None
        return next((one for one in self.steps if one.reached_on is None), None)

    @property
    def late(self) -> list[Milestone]:
        """The steps whose planned day passed without their being reached."""
        if self.project.cancelled_on is not None:
            return []
        return [one for one in self.steps if is_late(one, on=self.on)]


def is_late(milestone: Milestone, *, on: date) -> bool:
    """Whether the planned day of a step passed without its being reached; on the day itself it is not late yet."""
    return milestone.reached_on is None and milestone.planned_on < on


def in_order(steps: Iterable[Milestone]) -> list[Milestone]:
    """Steps as a project goes through them."""
    return sorted(steps, key=lambda one: ORDER[Step(one.step)])


def steps_of(project: Project) -> list[Milestone]:
    """The steps of one project, in their order."""
    return in_order(Milestone.objects.filter(project=project))


def progress_of(projects: Iterable[Project], *, on: date) -> list[Progress]:
    """How far each is; the steps of all are read at once."""
    rows = list(projects)
    steps: dict[int, list[Milestone]] = {one.pk: [] for one in rows}
    for milestone in Milestone.objects.filter(project__in=rows):
        steps[milestone.project_id].append(milestone)
    return [Progress(one, tuple(in_order(steps[one.pk])), on) for one in rows]


def late_steps(on: date) -> "QuerySet[Milestone]":
    """Every step that is late on a day."""
    return Milestone.objects.filter(reached_on=None, planned_on__lt=on, project__cancelled_on=None)


def standing(state: ProjectState, *, on: date) -> Q:
    """The projects in a state, as a condition."""
    steps = Milestone.objects.filter(project=OuterRef("pk"))
    running = Q(accepted_on=None, cancelled_on=None)
    return {
        ProjectState.LATE: Q(Exists(steps.filter(reached_on=None, planned_on__lt=on))) & Q(cancelled_on=None),
        ProjectState.UNPLANNED: running & ~Q(Exists(steps)),
        ProjectState.OPEN: running,
        ProjectState.ACCEPTED: Q(accepted_on__isnull=False),
        ProjectState.CANCELLED: Q(cancelled_on__isnull=False),
    }[state]


def class_limit(project: Project, *, on: date) -> InForce[int] | None:
    """How many places a class of the unit is built for at most; ``None`` where the project names no unit."""
    if project.kindergarten_id is not None:
        return BUILDING.kindergarten_class.on(on)
    if project.school is None:
        return None
    primary = project.school.kind == SchoolKind.PRIMARY
    return (BUILDING.primary_class if primary else BUILDING.secondary_class).on(on)
