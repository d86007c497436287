"""Who sees plans and planned visits: those who plan for an area, and those who go. The area that is visited is not asked."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from junheng.domains.areas.models import Area
from junheng.domains.visits.models import Errand, Inspector, SamplePlan
from junheng.kernel.errors import NotAllowed, NotFound
from junheng.platform.access.roles import Role
from junheng.platform.access.scope import roles_of
from junheng.platform.audit.append import name_of
from junheng.platform.registers import Register
from junheng.platform.registers.asker import LARGEST, Asker, asker_of
from junheng.platform.spans import holds

READERS = frozenset({Role.CITY_SECTION, Role.COUNTY_OFFICER, Role.CITY_LEADER, Role.AUDITOR})
WRITERS = frozenset({Role.CITY_SECTION, Role.COUNTY_OFFICER})


class SampleScope(Register[SamplePlan]):
    """Rights over plans of samples. They have pages of their own; the scope is asked alike."""

    slug = "samples"
    chapter = "safety"
    model = SamplePlan
    area = "area"
    readers = READERS
    writers = WRITERS


class ErrandScope(Register[Errand]):
    """Rights over planned visits, by the area for which they are planned: never by the one that is visited.

    A county does not see what the city plans in it, and no school sees anything. There is no register of these rows,
    so that no list, search, export, history or interface knows them.
    """

    slug = "errands"
    chapter = "safety"
    model = Errand
    area = "by_area"
    readers = READERS
    writers = WRITERS


SAMPLES = SampleScope()
ERRANDS = ErrandScope()


def plans_visits(request: HttpRequest) -> bool:
    """Whether the menu leads somebody to plans and planned visits."""
    return asker_of(request).may("view", ERRANDS)


def goes_on_visits(request: HttpRequest) -> bool:
    """Whether the menu leads somebody to the visits they go on: asked of rights that are known already."""
    return is_inspector(asker_of(request))


def is_inspector(asker: Asker) -> bool:
    """Whether somebody holds the role of an inspector, within what the guard of the session has left of it."""
    return asker.permits("view", ERRANDS) and Role.INSPECTOR in roles_of(asker.user, on=asker.today)


def own_row(asker: Asker) -> Inspector | None:
    """The inspector whose login this is, while in the library and in the role."""
    if not is_inspector(asker):
        return None
    login = asker.user.get_username()
    return Inspector.objects.filter(holds(asker.today), login=login).first()


def visible(asker: Asker) -> "QuerySet[Errand]":
    """The planned visits that somebody may know of: planned for their area, or they are on the team."""
    every = Errand.objects.select_related("school", "institution", "area", "by_area", "plan", "visit")
    planned = asker.within(Errand.objects.all(), ERRANDS, "view").values("pk")
    mine = own_row(asker)
    if mine is None:
        return every.filter(pk__in=planned)
    return every.filter(
        Q(pk__in=planned) | Q(pk__in=Errand.objects.filter(members__inspector=mine).values("pk"))
    )


def errand_of(pk: int, *, asker: Asker) -> Errand:
    """A planned visit within the scope; outside it looks absent."""
    found = visible(asker).filter(pk=pk).first() if pk <= LARGEST else None
    if found is None:
        raise absent()
    return found


def own_errand(pk: int, *, asker: Asker) -> Errand:
    """A visit on whose team somebody is; any other looks absent."""
    mine = own_row(asker)
    found = None
    if mine is not None and pk <= LARGEST:
        rows = Errand.objects.select_related(
            "school", "institution", "area", "by_area", "plan__round", "visit"
        )
        found = rows.filter(members__inspector=mine, pk=pk).first()
    if found is None:
        raise absent()
    return found


def plan_of_code(code: str, *, asker: Asker) -> SamplePlan:
    """A plan within the scope; outside it looks absent."""
    rows = asker.within(SamplePlan.objects.select_related("area", "round"), SAMPLES, "view")
    found = rows.filter(code=code).first()
    if found is None:
        raise absent()
    return found


def absent() -> NotFound:
    """What is outside the scope and what is not there get one answer."""
    return NotFound("no-such-visit", "没有找到这项内容，或者它不在您的权限范围内。请返回列表重新选择。")


def may_plan(area: Area | str, *, by: Any, at: datetime) -> bool:
    """Whether somebody plans visits for an area: the city's section for the city, a county's bureau for its own."""
    code = area if isinstance(area, str) else area.pk
    return any(
        code.startswith(grant.area) for grant in Asker(by, at).granting(ERRANDS, "change") if grant.area
    )


def check_plans(area: Area | str, *, by: Any, at: datetime) -> None:
    """Refuse whoever does not plan visits for an area."""
    if not may_plan(area, by=by, at=at):
        raise NotAllowed(
            "plans-no-visits",
            "您没有为这个区划安排抽查和检查的权限，没有做任何改动。能安排的是市局科室，县（市、区）教育局只能安排本县的。",
        )


def member_login(by: Any) -> str:
    """The login under which somebody is on a team."""
    return name_of(by)
