"""Who writes projects: the bureaus of city and county; a school or kindergarten reports about its own."""

from datetime import datetime
from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from junheng.domains.areas.policies import check_may
from junheng.kernel.errors import NotAllowed
from junheng.platform.access.roles import Role
from junheng.platform.registers import Level, register_called
from junheng.platform.registers.asker import Asker, asker_of

OFFICES = frozenset({Role.CITY_SECTION, Role.COUNTY_OFFICER})
WITH_PLACES = OFFICES | {Role.PRINCIPAL, Role.KINDERGARTEN}
"""Who writes about the steps of a project: its school and its kindergarten report, the bureau registers."""


def is_office(asker: Asker) -> bool:
    """Whether somebody stands in the county's or the city's bureau."""
    return asker.stands_at(Level.COUNTY) or asker.stands_at(Level.CITY)


def check_office(deed: str, row: Model, *, by: Any, at: datetime) -> None:
    """Refuse whoever may not write about the row, and a school or a kindergarten, which reports and does not decide."""
    check_may(deed, row, by=by, at=at)
    if not is_office(Asker(by, at)):
        raise NotAllowed(
            "project-is-the-bureaus",
            "“{deed}”由县（市、区）教育局办理，学校和幼儿园用「上报进展」报告。没有做任何改动。",
            deed=deed,
        )


def sees_projects(request: HttpRequest) -> bool:
    """Whether the menu offers the page of projects."""
    return bool(asker_of(request).granting(register_called("projects"), "view"))
