"""The saved views that somebody sees, and which of them the page in front of him is."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from junheng.platform.access.scope import grants_of
from junheng.platform.registers import Register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.listing import COLUMN, filter_names
from junheng.platform.savedviews.models import SavedView

KEPT = frozenset({"q", "on", "sort", COLUMN})
"""Parameters of a list that a view keeps, besides the filters. The page number is not one."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A view on the page of its register: ``current`` when the list is just that, ``own`` when it may be removed."""

    view: SavedView
    own: bool
    current: bool


def visible(asker: Asker) -> "QuerySet[SavedView]":
    """One's own views, and those shared with an office one belongs to today."""
    condition = Q(owner=asker.user)
    for grant in grants_of(asker.user, on=asker.today):
        if (
            grant.kindergarten is None
        ):  # each kindergarten is an office of its own, and its people share an account's views
            condition |= Q(office_role=grant.role, office_area=grant.area, office_school=grant.school)
    return SavedView.objects.filter(condition)


def offered(register: Register[Any], asker: Asker, now: str) -> list[Offered]:
    """The views of a register; ``now`` is the query of the page, as a view would keep it."""
    views = visible(asker).filter(register=register.slug).order_by("name", "id").select_related("owner")
    return [Offered(one, one.owner_id == asker.user.pk, one.query == now) for one in views]


def kept_query(register: Register[Any], query: QueryDict) -> str:
    """What of a query string a view keeps, always in the same order."""
    names = KEPT | filter_names(register)
    pairs = [(name, value) for name in sorted(names & set(query)) for value in query.getlist(name) if value]
    kept = QueryDict(mutable=True)
    for name, value in pairs:
        kept.appendlist(name, value)
    return kept.urlencode()
