"""Who sees and who works on an admission: the office of the county, the city's section, and those who oversee them."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from junheng.domains.intakes.models import Intake
from junheng.kernel.errors import NotAllowed, NotFound
from junheng.platform.access.roles import Role
from junheng.platform.registers import Register
from junheng.platform.registers.asker import Asker, asker_of

READERS = frozenset(
    {Role.COUNTY_OFFICER, Role.CITY_SECTION, Role.CITY_OFFICE, Role.CITY_LEADER, Role.AUDITOR}
)
WRITERS = frozenset({Role.COUNTY_OFFICER, Role.CITY_SECTION})


class IntakeScope(Register[Intake]):
    """Rights over admissions. It has pages of its own, so it is no register of the house; the scope is asked alike."""

    slug = "intakes"
    chapter = "compulsory"
    model = Intake
    area = "area"
    readers = READERS
    writers = WRITERS


INTAKES = IntakeScope()


def sees_intakes(request: HttpRequest) -> bool:
    """Whether the menu leads somebody to admissions."""
    return asker_of(request).may("view", INTAKES)


def intake_of(code: str, *, asker: Asker, change: bool = False) -> Intake:
    """An admission within the scope; outside it looks absent."""
    found = asker.within(Intake.objects.select_related("area"), INTAKES, "view").filter(code=code).first()
    if found is None:
        raise NotFound(
            "no-such-intake", "没有找到这个招生批次，或者它不在您的权限范围内。请返回列表重新选择。"
        )
    if change:
        check_office(found, by=asker.user, at=asker.at)
    return found


def may_office(intake: Intake, *, by: Any, at: datetime) -> bool:
    """Whether somebody does the work of the office of an admission."""
    return Asker(by, at).within(Intake.objects.filter(pk=intake.pk), INTAKES, "change").exists()


def check_office(intake: Intake, *, by: Any, at: datetime) -> None:
    """Refuse whoever is not of the office."""
    if not may_office(intake, by=by, at=at):
        raise NotAllowed(
            "intake-not-yours",
            "您没有办理「{intake}」的权限，没有做任何改动。能办理的是本县（市、区）教育局招生人员和市局科室。",
            intake=intake.title,
        )
