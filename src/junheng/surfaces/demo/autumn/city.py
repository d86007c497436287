"""The autumn of the whole city: all counties, both stages, one after the other."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from junheng.domains.intakes.models import Intake
from junheng.domains.placements.actions.replies import FAMILY
from junheng.domains.schools.models import School
from junheng.domains.schools.terms import Stage
from junheng.kernel.errors import Conflict
from junheng.platform.access.models import User
from junheng.surfaces.demo.autumn import walk
from junheng.surfaces.demo.autumn.families import families, write
from junheng.surfaces.demo.autumn.moments import Moments
from junheng.surfaces.demo.autumn.plans import make_plan
from junheng.surfaces.demo.city.pupils import arrivals, no_shows
from junheng.surfaces.demo.logins import county_login
from junheng.surfaces.demo.plan import CityPlan, load_plan
from junheng.surfaces.demo.spread import spread

LARGE = 300
"""More schools than this are the full city."""
STAGES = ((Stage.PRIMARY, 1, "entrants_primary"), (Stage.JUNIOR, 7, "entrants_junior"))
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Share:
    """One admission's part of the city: the roll that it must come to, and who comes and goes on the way."""

    roll: int
    absent: int
    arrived: int
    declining: int
    migrants: int

    @property
    def applications(self) -> int:
        """So many apply that the roll comes out after all."""
        return self.roll + self.absent - self.arrived + self.declining


def plan_here() -> CityPlan:
    """The plan of the city that stands in the tables."""
    return load_plan("full" if School.objects.count() > LARGE else "small")


def shares(plan: CityPlan) -> dict[tuple[str, Stage], Share]:
    """The parts of all counties and stages."""
    absent, arrived = no_shows(plan), arrivals(plan)
    found = {}
    for place, unit in enumerate(plan.units):
        both = [unit["entrants_primary"], unit["entrants_junior"]]
        migrants = spread(unit["migrants"], both).tolist()
        for number, (stage, grade, key) in enumerate(STAGES):
            found[unit.code, stage] = Share(
                unit[key], int(absent[grade][place]), int(arrived[grade][place]), max(1, unit[key] // 400), migrants[number]
            )  # fmt: skip
    return found


def autumn(year: int, say: Say) -> Iterator[walk.Told]:
    """Walk every admission from the plan to the first school day, and answer what came of each."""
    moments, plan = Moments(year), plan_here()
    if Intake.objects.filter(year=year).exists():
        raise Conflict(
            "autumn-walked",
            "{year} 年的招生演示已经走过，没有再走一遍：名单和派位一经产生不能重来。请用 --year 换一个年份，或重新生成演示城市。",
            year=year,
        )
    users = {
        one.username: one
        for one in User.objects.filter(
            username__in=["jijiao", "zhaoban", *(county_login(unit.code) for unit in plan.units)]
        )
    }
    parts = shares(plan)
    for place, unit in enumerate(plan.units):
        people = walk.People(users[county_login(unit.code)], users["jijiao"], users["zhaoban"])
        for stage, _grade, _key in STAGES:
            part = parts[unit.code, stage]
            say(f"{unit.name} {stage.label}：{part.applications:,} 份报名")
            made = make_plan(unit, place, stage, part.applications, moments, by=people.officer)
            every = families(made, part.applications, part.migrants, moments)
            write(made, every, moments, by=FAMILY, clerk=people.officer.username)
            walk.check(made.intake, people, moments)
            walk.draw(
                made.intake, people, moments, silent="parents" if place == 1 else "", failing=place == 2
            )
            run = walk.place(made.intake, people, moments)
            walk.answer(made.intake, run, part.declining, people, moments)
            walk.first_day(made.intake, part.absent, part.arrived, people, moments)
            yield walk.told(made.intake, part.applications)
