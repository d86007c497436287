"""Who works with partner lists: officers of student aid in their place. For everybody else there is nothing here."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from junheng.domains.partnerlists.models import PartnerList, PartnerPair
from junheng.kernel.errors import NotAllowed
from junheng.platform.access.refusals import nothing_here
from junheng.platform.access.roles import Role
from junheng.platform.registers import Register
from junheng.platform.registers.asker import Asker, asker_of

OFFICERS = frozenset({Role.AID_OFFICER})


class ListScope(Register[PartnerList]):
    """Rights over lists. It is no register: nothing lists, exports, searches or hands out their lines."""

    slug = "partnerlists"
    chapter = "layout"
    model = PartnerList
    area = "area"
    readers = OFFICERS
    writers = OFFICERS


class PairScope(Register[PartnerPair]):
    """Rights over pairs: whoever has the list has its pairs."""

    slug = "partnerlists"
    chapter = "layout"
    model = PartnerPair
    area = "row__partner_list__area"
    readers = OFFICERS
    writers = OFFICERS


LISTS, PAIRS = ListScope(), PairScope()


def sees_partner_lists(request: HttpRequest) -> bool:
    """Whether the menu leads somebody here."""
    return asker_of(request).may("view", LISTS)


def officer_of(request: HttpRequest) -> Asker:
    """The officer behind a request; for everybody else the page is not there, whatever its number."""
    asker = asker_of(request)
    if not asker.may("view", LISTS):
        raise nothing_here()
    return asker


def list_of(number: int, *, asker: Asker) -> PartnerList:
    """A list within the scope."""
    rows = PartnerList.objects.select_related("area", "former")
    found = asker.within(rows, LISTS, "view").filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise nothing_here()
    return found


def pair_of(number: int, *, asker: Asker) -> PartnerPair:
    """A pair of a list within the scope."""
    rows = PartnerPair.objects.select_related(
        "row__partner_list__area", "pupil__area", "pupil__school", "settled_with"
    )
    found = asker.within(rows, PAIRS, "view").filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise nothing_here()
    return found


def looks_after(asker: Asker, area: str) -> bool:
    """Whether somebody is the aid officer of a place."""
    return any(area.startswith(grant.area) for grant in asker.granting(LISTS, "change"))


def check_officer(area: str, *, by: Any, at: datetime) -> None:
    """Refuse whoever is not the aid officer of a place."""
    if not looks_after(Asker(by, at), area):
        raise NotAllowed("partner-list-not-yours", "只有这一区划的资助专员能这样做，没有做任何改动。")
