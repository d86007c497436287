"""How every register stands in every county, on one page; and whether all of them are confirmed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Q

from junheng.platform.access.scope import areas_for
from junheng.platform.registers import Level, Register
from junheng.platform.registers.asker import Asker
from junheng.platform.stewardship.confirming import MARKS, cutoffs
from junheng.platform.stewardship.models import Confirmation
from junheng.platform.stewardship.units import (
    counties,
    kept_registers,
    level_of_units,
    number_of_schools,
)


@dataclass(frozen=True, slots=True)
class Square:
    """One county and register on the map of the city: how many units, how many are fresh, how it stands."""

    register: Register[Any]
    area: str
    units: int
    fresh: int
    tone: str

    @property
    def mark(self) -> str:
        """The sign that goes with the colour."""
        return MARKS[self.tone]


def squares(registers: Iterable[Register[Any]], *, on: date) -> dict[tuple[str, str], Square]:
    """How every register stands in every county: at most three questions, however many schools there are."""
    wanted = list(registers)
    fresh, red = cutoffs(on)
    rows = Confirmation.objects.filter(at__gte=red, register__in=[one.slug for one in wanted])
    in_time = Q(at__gte=fresh)
    counted: dict[tuple[str, str], tuple[int, int]] = {
        (slug, area): (done + bool(done_alone), alive + bool(alone))
        for slug, area, done, done_alone, alive, alone in rows.values_list("register", "area").annotate(
            done=Count("school", distinct=True, filter=in_time),
            done_alone=Count("pk", filter=in_time & Q(school=None)),
            alive=Count("school", distinct=True),
            alone=Count("pk", filter=Q(school=None)),
        )
    }
    by_schools = any(level_of_units(one) is Level.SCHOOL for one in wanted)
    in_county: dict[str, int] = dict.fromkeys(counties(), 0) | (number_of_schools(on) if by_schools else {})
    found = {}
    for register in wanted:
        level = level_of_units(register)
        if level is Level.CITY:
            continue
        for area, number in in_county.items():
            units = number if level is Level.SCHOOL else 1
            done, alive = (min(units, one) for one in counted.get((register.slug, area), (0, 0)))
            tone = "good" if done >= units else "warn" if alive >= units else "bad"
            found[(register.slug, area)] = Square(register, area, units, done, tone)
    return found


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Whether every unit has confirmed a register in time: a claim that can be watched."""

    units: int
    fresh: int

    @property
    def holds(self) -> bool:
        """Whether all have."""
        return self.fresh >= self.units


def all_confirmed(register: Register[Any], *, on: date) -> Confirmed:
    """How many units keep a register, and how many of them confirmed it in time."""
    if level_of_units(register) is Level.CITY:
        done = Confirmation.objects.filter(register=register.slug, at__gte=cutoffs(on)[0]).exists()
        return Confirmed(1, int(done))
    own = squares([register], on=on).values()
    return Confirmed(sum(one.units for one in own), sum(one.fresh for one in own))


def registers_seen(asker: Asker) -> list[Register[Any]]:
    """The registers of the overview: kept by somebody, and seen by this person."""
    return [one for one in kept_registers() if asker.may("view", one)]


def seen_counts(register: Register[Any], asker: Asker, *, on: date) -> Confirmed | None:
    """How many of the units that somebody sees confirmed a register in time; ``None`` for who sees no whole county."""
    areas = areas_for(asker.user, register, "view", on=asker.today)
    if level_of_units(register) is Level.CITY:
        return all_confirmed(register, on=on) if settings.JUNHENG_CITY in areas else None
    own = [one for one in squares([register], on=on).values() if any(one.area.startswith(a) for a in areas)]
    return Confirmed(sum(one.units for one in own), sum(one.fresh for one in own)) if own else None
