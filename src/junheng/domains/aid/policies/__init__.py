"""Who may do what: aid officers in their place. Tables without a register of their own are asked about here."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from junheng.domains.areas.models import Area
from junheng.kernel.errors import NotAllowed
from junheng.platform.access.roles import Role
from junheng.platform.access.scope import roles_of
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker, absent, asker_of


def sees_aid(request: HttpRequest) -> bool:
    """Whether the menu offers the pages of aid."""
    return bool(asker_of(request).granting(register_called("eligibilities"), "view"))


def sees_requests(request: HttpRequest) -> bool:
    """Whether the menu offers a school its part in it."""
    asker = asker_of(request)
    return Role.PRINCIPAL in roles_of(asker.user, on=asker.today)


def officer_of(request: HttpRequest) -> Asker:
    """The aid officer behind a request; for everybody else these pages are not there."""
    asker = asker_of(request)
    if not asker.granting(register_called("eligibilities"), "view"):
        raise absent()
    return asker


def looks_after(asker: Asker, area: str) -> bool:
    """Whether somebody is the aid officer of a place."""
    grants = asker.granting(register_called("eligibilities"), "change")
    return any(area.startswith(grant.area) for grant in grants)


def areas_of(asker: Asker) -> list[Area]:
    """The counties that an officer looks after."""
    counties = Area.objects.filter(kind="county").order_by("code")
    return [one for one in counties if looks_after(asker, one.code)]


def area_seen(asker: Asker, code: str) -> Area:
    """One of these counties; another one is absent."""
    found = next((one for one in areas_of(asker) if one.code == code), None)
    if found is None:
        raise absent()
    return found


def check_officer(deed: str, area: str, *, by: Any, at: datetime) -> None:
    """Refuse whoever is not the aid officer of a place. Asked inside the transaction, so nothing half stays."""
    if not looks_after(Asker(by, at), area):
        raise NotAllowed(
            "aid-not-yours",
            "“{deed}”只能由这一区划的资助专员办理，没有做任何改动。",
            deed=deed,
        )
