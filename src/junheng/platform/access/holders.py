"""Who could see a row on a day: the scope asked the other way round, by the scope's own words."""

from collections.abc import Sequence
from datetime import date

from django.db.models import BooleanField, ExpressionWrapper, Model, Q

from junheng.platform.access.models import Grant
from junheng.platform.access.roles import RULES, Verb
from junheng.platform.access.scope import Scoped, held, reach, role_may

AT_ONCE = 200
"""Reaches that one question to the database compares: a table of results has at most so many columns."""


def holders(row: Model, register: Scoped, verb: Verb, *, on: date) -> list[Grant]:
    """The grants in force on a day by which somebody could do this to this row, with their users.

    A grant of an account that was closed since is among them: what it could see that day it could. The row is judged
    by where it lies now.
    """
    roles = [role for role in RULES if role_may(role, register, verb)]
    grants = Grant.objects.filter(held(on), role__in=roles).select_related("user")
    return reaching(row, register, list(grants.order_by("role", "area", "user__username", "id")))


def reaching(row: Model, register: Scoped, grants: Sequence[Grant]) -> list[Grant]:
    """Those of the grants that reach a row. Equal reaches are asked once, many in one question."""
    asked: dict[Q, bool] = {}
    places = {grant.pk: reach(grant, register) for grant in grants}
    for place in places.values():
        if place is not None:
            asked[place] = not place
    open_ones = [place for place, known in asked.items() if not known]
    for start in range(0, len(open_ones), AT_ONCE):
        some = open_ones[start : start + AT_ONCE]
        names = [f"reach_{number}" for number in range(len(some))]
        columns = {
            name: ExpressionWrapper(place, output_field=BooleanField())
            for name, place in zip(names, some, strict=True)
        }
        here = type(row)._default_manager.filter(pk=row.pk).annotate(**columns)
        for answer in here.values_list(*names):
            for place, yes in zip(some, answer, strict=True):
                asked[place] = asked[place] or bool(yes)
    return [grant for grant in grants if (place := places[grant.pk]) is not None and asked[place]]
