"""新生人数: the roll of each school is admission − no-shows + arrivals, and the check of it against the roll itself."""

from dataclasses import dataclass

from django.db.models import Count, Q

from junheng.domains.admissions.models import Entrant
from junheng.domains.admissions.terms import EntrantKind
from junheng.domains.intakes.models import Intake, PlanSchool
from junheng.domains.intakes.terms import VersionState
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School
from junheng.platform.spans import holds

GRADES = {"primary": 1, "junior": 7, "senior": 10}


@dataclass(frozen=True, slots=True)
class RollLine:
    """One school: admitted, did not come, moved in, and how many pupils its roll has (none: not set up yet)."""

    school: School
    places: int
    admitted: int
    absent: int
    arrived: int
    pupils: int

    @property
    def roll(self) -> int:
        """The equation."""
        return self.admitted - self.absent + self.arrived

    @property
    def differs(self) -> bool:
        """Whether the roll that was set up is another one."""
        return self.pupils > 0 and self.pupils != self.roll


def roll(intake: Intake) -> list[RollLine]:
    """Every school of the plan, in a number of questions that does not depend on how many there are."""
    plan = PlanSchool.objects.filter(version__intake=intake, version__state=VersionState.PUBLISHED)
    rows = list(plan.select_related("school").order_by("school__code"))
    schools = [one.school_id for one in rows]
    new, came = Q(kind=EntrantKind.NEW), Q(arrived=True)
    counted = (
        Entrant.objects.filter(school__in=schools, term=f"{intake.year}A", stage=intake.stage)
        .values("school")
        .annotate(
            admitted=Count("id", filter=new),
            absent=Count("id", filter=new & ~came),
            moved=Count("id", filter=~new & came),
        )
    )
    of_school = {one["school"]: one for one in counted}
    day = intake.starts_on
    enrolled = Pupil.objects.filter(
        holds(day), school__in=schools, grade=GRADES[intake.stage], since__gte=day.replace(month=8, day=1)
    )
    pupils = dict(enrolled.values_list("school").annotate(number=Count("id")).order_by("school"))
    nothing = {"admitted": 0, "absent": 0, "moved": 0}
    return [
        RollLine(
            one.school,
            one.places,
            found["admitted"],
            found["absent"],
            found["moved"],
            pupils.get(one.school_id, 0),
        )
        for one in rows
        for found in (of_school.get(one.school_id, nothing),)
    ]
