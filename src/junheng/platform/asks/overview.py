"""What one term costs: each school's load within somebody's scope, and totals that anybody may know."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Sum

from junheng.platform.asks.minutes import Load, given_back, spent
from junheng.platform.asks.models import Collection, Response
from junheng.platform.asks.parameters import parameters_on
from junheng.platform.asks.scopes import RESPONSES
from junheng.platform.asks.terms import COUNTED, UnitKind
from junheng.platform.registers import every_register
from junheng.platform.registers.asker import Asker


@dataclass(frozen=True, slots=True)
class Totals:
    """Minutes of a whole term in the whole city, and how many surveys."""

    minutes: int
    of_schools: int
    of_kindergartens: int
    given_back: int
    surveys: int
    sections: int


def loads_of(asker: Asker, term: str, *, day: date) -> list[Load]:
    """The load of every school and kindergarten in somebody's scope, the most burdened first: three questions."""
    budget = parameters_on(day).budget
    rows = asker.within(
        Response.objects.filter(collection__term=term, collection__state__in=COUNTED), RESPONSES, "view"
    ).order_by()
    found = []
    for payer, kinds in (
        ("school", (UnitKind.SCHOOLS, UnitKind.CLASSES)),
        ("unit", (UnitKind.KINDERGARTENS,)),
    ):
        counted = (
            rows.filter(collection__unit_kind__in=kinds)
            .values_list(payer)
            .annotate(Sum("collection__seconds"), Count("collection", distinct=True), Max("unit_name"))
        )
        lines = list(counted)
        names = names_of(str(kinds[0]), [line[0] for line in lines])
        found += [
            Load(unit, names.get(unit, name), seconds or 0, budget[kinds[0]], surveys)
            for unit, seconds, surveys, name in lines
            if unit is not None
        ]
    return sorted(found, key=lambda one: (-one.seconds, one.name))


def names_of(unit_kind: str, units: list[int]) -> dict[int, str]:
    """What units are called now."""
    register = every_register().get(unit_kind)
    if register is None or not units:
        return {}
    return {row.pk: str(row) for row in register.model._default_manager.filter(pk__in=units)}


def totals_of(term: str) -> Totals:
    """What a term asks of all: sums over the whole city, which name nobody."""
    by_kind = spent(term)
    surveys = Collection.objects.filter(term=term, state__in=COUNTED).order_by()
    kindergartens = by_kind.get(UnitKind.KINDERGARTENS, 0)
    everything = sum(by_kind.values())
    return Totals(
        minutes=-(-everything // 60),
        of_schools=-(-(everything - kindergartens) // 60),
        of_kindergartens=-(-kindergartens // 60),
        given_back=given_back(term) // 60,
        surveys=surveys.count(),
        sections=surveys.values("author").distinct().count(),
    )
