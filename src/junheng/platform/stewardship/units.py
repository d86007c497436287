"""Who keeps a register: each school, each county, or the city; and how the rows of one unit are found."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Length, Substr

from junheng.platform.access.models import Grant
from junheng.platform.access.once import once_a_page
from junheng.platform.access.roles import RULES, Role
from junheng.platform.access.scope import at_path, role_may, within_area
from junheng.platform.registers import Level, Owner, Register, every_register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.policies import level_of
from junheng.platform.stewardship.deciding import grants_for

COUNTY = len("410802")
"""Signs of a county's code; a school belongs to the county with which the code of its area begins."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The school, county or city that keeps one register."""

    area: str
    school: int | None = None
    name: str = ""

    @property
    def key(self) -> tuple[str, int | None]:
        """What the unit is known by."""
        return (self.area, self.school)


@cache
def level_of_units(register: Register[Any]) -> Level:
    """At which level a register is kept: where its facts are from, if it knows the school of a row."""
    if register.policy.owner in {Owner.CLASS, Owner.SCHOOL} and register.school is not None:
        return Level.SCHOOL
    return Level.CITY if register.policy.owner is Owner.CITY else Level.COUNTY


def kept_registers() -> list[Register[Any]]:
    """The registers that somebody keeps: those that are written by deeds alone need no confirming."""
    return [one for one in every_register().values() if is_kept(one)]


@cache
def is_kept(register: Register[Any]) -> bool:
    """Whether some role changes a register; the rules of roles do not change while a process lives."""
    return any(role_may(role, register, "change") for role in Role)


def rows_of_unit(register: Register[Any], unit: Unit) -> "QuerySet[Any]":
    """All rows of a unit, whenever they held."""
    rows: QuerySet[Any] = register.model._default_manager.order_by()
    if unit.school is not None:
        place = at_path(register.school, unit.school) or Q()
        return rows.filter(pk__in=rows.filter(place).values("pk"))
    if unit.area == settings.JUNHENG_CITY or register.area is None:
        return rows
    return rows.filter(within_area(register.area, unit.area))


@once_a_page
def counties() -> dict[str, str]:
    """The counties by their code, as the register of areas has them."""
    areas = every_register()["areas"].model._default_manager
    return {
        str(area.pk): str(area) for area in areas.alias(size=Length("pk")).filter(size=COUNTY).order_by("pk")
    }


def city() -> Unit:
    """The bureau of the city."""
    area = every_register()["areas"].model._default_manager.filter(pk=settings.JUNHENG_CITY).first()
    return Unit(settings.JUNHENG_CITY, None, str(area or settings.JUNHENG_CITY))


def schools(on: date, condition: Q | None = None) -> list[Unit]:
    """The schools open on a day, as units."""
    register = every_register()["schools"]
    rows = register.model._default_manager.filter(register.holds(on)).order_by("pk")
    rows = rows if condition is None else rows.filter(condition)
    return [Unit(str(row.area_id)[:COUNTY], row.pk, str(row)) for row in rows]


def number_of_schools(on: date) -> dict[str, int]:
    """How many schools are open on a day in each county that has any: counted where they are, none is read."""
    register = every_register()["schools"]
    rows = register.model._default_manager.filter(register.holds(on)).order_by()
    return dict(rows.values_list(Substr("area_id", 1, COUNTY)).annotate(Count("pk")))


def units_of(grant: Grant, *, on: date) -> list[Unit]:
    """The unit that a grant speaks for: its school, its county, the city; none for a class or a township."""
    level = level_of(grant)
    if level is Level.SCHOOL and grant.school is not None and RULES[Role(grant.role)].level == "school":
        return schools(on, Q(pk=grant.school))
    if level is Level.COUNTY and len(grant.area) == COUNTY:
        return [Unit(grant.area, None, counties().get(grant.area, grant.area))]
    return [city()] if level is Level.CITY and grant.area == settings.JUNHENG_CITY else []


def own_units(asker: Asker, *, on: date) -> list[tuple[Register[Any], Unit]]:
    """The registers that somebody may confirm by role, each with the unit it is confirmed for."""
    found: dict[tuple[str, tuple[str, int | None]], tuple[Register[Any], Unit]] = {}
    known: dict[int, list[Unit]] = {}
    for register in kept_registers():
        for grant in grants_for(register, asker, "change"):
            if level_of(grant) != level_of_units(register):
                continue
            if grant.pk not in known:
                known[grant.pk] = units_of(grant, on=on)
            for unit in known[grant.pk]:
                found.setdefault((register.slug, unit.key), (register, unit))
    return list(found.values())


def unit_called(register: Register[Any], text: str, *, on: date) -> Unit | None:
    """The unit that an address names: a school's number or an area's code; ``None`` if it keeps no such register."""
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        return None
    level = level_of_units(register)
    if level is Level.SCHOOL:
        return next(iter(schools(on, Q(pk=int(text)))), None)
    if level is Level.CITY:
        return city() if text == settings.JUNHENG_CITY else None
    name = counties().get(text)
    return None if name is None else Unit(text, None, name)


def word_of(unit: Unit) -> str:
    """What an address calls a unit."""
    return str(unit.school) if unit.school is not None else unit.area


def by_county(units: Iterable[Unit]) -> dict[str, int]:
    """How many units there are in each county."""
    found: dict[str, int] = {}
    for one in units:
        found[one.area] = found.get(one.area, 0) + 1
    return found
