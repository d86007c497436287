"""For how long: each room says after which day the years of one of its registers begin; the years are the bureau's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db.models import Model, Q

from junheng.kernel.errors import NotFound
from junheng.kernel.rulebook import InForce
from junheng.platform.registers import Register, register_called


@dataclass(frozen=True, slots=True)
class Keep:
    """One rule: the register, the parameter with the years, and the rows whose last day was on or before a day.

    ``after`` names that day for people; ``duty`` is why nobody may have a value destroyed before.
    """

    slug: str
    years: str
    after: Any
    ended: Callable[[date], Q]
    duty: Any

    @property
    def register(self) -> Register[Any]:
        """The register whose sealed values are kept."""
        return register_called(self.slug)

    def in_force(self, on: date) -> InForce[int]:
        """The years, as the rule of a day says, with their source."""
        rule: InForce[int] = import_module(f"{settings.JUNHENG_CONTENT}.rulebook").RULEBOOK[self.years].on(on)
        return rule

    def cutoff(self, on: date) -> date:
        """Who left on or before this day is due on ``on``."""
        return years_before(on, self.in_force(on).value)


_KEPT: dict[str, Keep] = {}


def keep(slug: str, *, years: str, after: Any, ended: Callable[[date], Q], duty: Any) -> Keep:
    """Have the sealed values of a register destroyed some years after a day."""
    return _KEPT.setdefault(slug, Keep(slug, years, after, ended, duty))


@dataclass(frozen=True, slots=True)
class Companion:
    """Rows of another mechanism that keep sealed values of the same people: their keys go with those of the rows.

    ``rows`` says which they are, by the register and the numbers of its rows.
    """

    model: type[Model]
    rows: Callable[[str, list[int]], Q]


_COMPANIONS: list[Companion] = []


def also_destroy(model: type[Model], rows: Callable[[str, list[int]], Q]) -> None:
    """Have the keys of another table's rows destroyed with those of a register."""
    if all(one.model is not model for one in _COMPANIONS):
        _COMPANIONS.append(Companion(model, rows))


def every_companion() -> list[Companion]:
    """All tables whose keys go with those of registers."""
    return list(_COMPANIONS)


_BY_ROOMS: list[type[Model]] = []


def forgotten_by_their_room(*models: type[Model]) -> None:
    """Have it known that a room itself destroys what these tables hold, by a rule of its own, at night."""
    _BY_ROOMS.extend(one for one in models if one not in _BY_ROOMS)


def every_forgotten() -> list[type[Model]]:
    """All tables that their rooms look after."""
    return list(_BY_ROOMS)


def every_rule() -> list[Keep]:
    """All rules, in the order of declaration."""
    return list(_KEPT.values())


def rule_for(slug: str) -> Keep:
    """The rule of a register."""
    if slug not in _KEPT:
        raise NotFound("no-retention-rule", "这个名录没有保存期限的规定。请从“保存与销毁”页面进入。")
    return _KEPT[slug]


def years_before(on: date, years: int) -> date:
    """The same day some years before; the last of February where there is none.

    >>> years_before(date(2024, 2, 29), 3), years_before(date(2024, 3, 1), 10)
    (datetime.date(2021, 2, 28), datetime.date(2014, 3, 1))
    """
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=28)
