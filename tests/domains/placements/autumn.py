"""A whole autumn of one county, step by step, each by whoever may take it."""

from datetime import timedelta
from typing import Any

from junheng.domains.intakes.actions.publish import publish
from junheng.domains.intakes.models import Intake, PlanSchool
from junheng.domains.placements.actions.closing import close
from junheng.domains.placements.actions.computing import compute
from junheng.domains.placements.actions.drawing import draw_numbers, enter_value, reveal
from junheng.domains.placements.actions.preparing import commit, prepare
from junheng.domains.placements.actions.releasing import release
from junheng.domains.placements.models import Contributor, Draw, PublicValue, Run
from junheng.domains.schools.models import School
from junheng.kernel.lottery import Algorithm, commitment_of
from junheng.platform.access.models import User
from tests.domains.checks.applicants import application
from tests.domains.intakes.fields import BEFORE, DAYS, officer, ready

DURING = DAYS["opens_at"] + timedelta(days=1)
CLOSED = DAYS["checked_by"] + timedelta(hours=1)
DRAWN = DAYS["draw_at"] + timedelta(hours=6)
RELEASED = DAYS["release_at"]
AFTER = RELEASED + timedelta(days=1)
VALUE_DUE = DAYS["draw_at"] + timedelta(hours=1)
LATER_DUE = DAYS["draw_at"] + timedelta(hours=2)
SECRETS = {"notary": ("n1", "s1"), "parents": ("n2", "s2"), "bureau": ("n3", "s3")}
KIN = ("household", "property", "kin")


def schools() -> list[School]:
    """Two public schools and a private one, in the order in which they were made."""
    return list(School.objects.filter(planschool__version__number=1).order_by("id"))


class Autumn:
    """One county's admission with two officers."""

    def __init__(self, *, children: int = 12, size: int = 4, zone: str = "", **given: Any) -> None:
        self.one, self.two = officer(), officer()
        draft = ready(self.one, size=size, **given)
        PlanSchool.objects.filter(version=draft, school__nature="public").update(zone=zone)
        version = publish(draft, by=self.one, at=BEFORE, why="公布")
        self.intake: Intake = version.intake
        first, second, private = schools()
        self.schools = (first, second, private)
        for number in range(children):
            inside = first if number % 2 else second
            choices = [(first, second), (private, first), (second, first), (private, second)][number % 4]
            approved = KIN if number % 3 else ()
            application(self.intake, *choices, approved=approved, catchment_school=inside)

    @property
    def draw(self) -> Draw:
        return Draw.objects.select_related("intake").get(intake=self.intake)

    def fresh(self) -> Intake:
        self.intake = Intake.objects.get(pk=self.intake.pk)
        return self.intake

    def prepared(self) -> Draw:
        sources = [
            ("welfare-2024095", "福利彩票第2024095期", VALUE_DUE),
            ("sport-2024095", "体育彩票第2024095期", LATER_DUE),
        ]
        named = [(name, f"{name}代表") for name in SECRETS]
        draw = prepare(self.fresh(), named, sources, "fallback-2024", by=self.one, at=DURING, why="设定")
        for row in Contributor.objects.filter(draw=draw):
            promise = commitment_of(Algorithm(self.intake.algorithm), *SECRETS[row.name])
            commit(row, promise, by=self.one, at=DURING, why="登记")
        return draw

    def closed(self) -> Draw:
        self.prepared()
        assert close(self.fresh(), by=self.one, at=CLOSED, why="封存") is None, "one person is not enough"
        draw = close(self.fresh(), by=self.two, at=CLOSED, why="封存")
        assert draw is not None
        return draw

    def opened(self, *names: str) -> None:
        for row in Contributor.objects.filter(draw=self.draw, name__in=names or SECRETS):
            reveal(row, *SECRETS[row.name], by=self.one, at=CLOSED + timedelta(hours=1), why="揭示")

    def value(self, name: str = "welfare-2024095", value: str = "01 05 09 12 23 31 + 08") -> PublicValue:
        row = PublicValue.objects.get(draw=self.draw, name=name)
        enter_value(row, value, by=self.one, at=DRAWN, why="照录")
        return enter_value(row, value, by=self.two, at=DRAWN, why="照录")

    def drawn(self) -> Draw:
        self.closed()
        self.opened()
        self.value()
        return draw_numbers(self.fresh(), by=self.one, at=DRAWN, why="派位")

    def computed(self) -> Run:
        self.drawn()
        return compute(self.fresh(), by=self.one, at=DRAWN, why="计算")

    def released(self) -> Run:
        run = self.computed()
        assert release(run, by=self.one, at=RELEASED, why="发布") is None
        done = release(run, by=self.two, at=RELEASED, why="发布")
        assert done is not None
        self.fresh()
        return done

    def others(self) -> User:
        """An officer who had no part in anything."""
        return officer()
