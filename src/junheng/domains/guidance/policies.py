"""Who works on sealed cases: the team of the pupil's own school; and who watches over them: the officer of the place."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from junheng.domains.guidance.models import CareCase
from junheng.domains.schools.models import SchoolClass
from junheng.kernel.errors import NotAllowed
from junheng.platform.access.refusals import nothing_here
from junheng.platform.access.roles import Role
from junheng.platform.registers import Register, register_called
from junheng.platform.registers.asker import LARGEST, Asker, asker_of

TEAM = frozenset({Role.PSYCHOLOGIST})


def case_register() -> Register[Any]:
    """The register of cases."""
    return register_called("carecases")


class ClassScope(Register[SchoolClass]):
    """The classes from whose rolls a team opens a case. It is no register."""

    slug = "carecases"
    chapter = "moral"
    model = SchoolClass
    school = "school"
    readers = TEAM
    writers = TEAM


CLASSES = ClassScope()


def sees_cases(request: HttpRequest) -> bool:
    """Whether the menu leads somebody to the page."""
    return asker_of(request).may("view", case_register())


def insider_of(request: HttpRequest) -> Asker:
    """Somebody who sees cases; for everybody else the page is not there."""
    asker = asker_of(request)
    if not asker.may("view", case_register()):
        raise nothing_here()
    return asker


def teams_of(asker: Asker) -> set[int]:
    """The schools on whose team somebody is."""
    granted = asker.granting(case_register(), "change")
    return {one.school for one in granted if one.role in TEAM and one.school is not None}


def check_team(school: int, deed: str, *, by: Any, at: datetime) -> None:
    """Refuse whoever is not on the team of a school."""
    if school not in teams_of(Asker(by, at)):
        raise NotAllowed(
            "care-not-your-team", "“{deed}”只由学生所在学校的专班办理，没有做任何改动。", deed=deed
        )


def team_of(request: HttpRequest) -> tuple[Asker, set[int]]:
    """Somebody of a school's team, and whose; for everybody else the page is not there."""
    asker = insider_of(request)
    schools = teams_of(asker)
    if not schools:
        raise nothing_here()
    return asker, schools


def own_case(number: int, *, schools: set[int]) -> CareCase:
    """A case of one's own team."""
    found = CareCase.objects.filter(pk=number, team__in=schools).first() if number <= LARGEST else None
    if found is None:
        raise nothing_here()
    return found
