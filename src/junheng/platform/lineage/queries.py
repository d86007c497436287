"""Questions about lineage: what a unit was, what became of it, and who carries on for it today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Q, QuerySet

from junheng.platform.lineage.models import Kind, Succession
from junheng.platform.registers import Register, register_of

LONGEST = 20
"""Steps of a line that are followed: no unit was merged more often, and a ring would be a mistake."""


@dataclass(frozen=True, slots=True)
class Heir:
    """Who carries on for a unit: the key of the successor, and the steps that led there."""

    key: str
    steps: tuple[Succession, ...]


def slug_of(row: Model) -> str:
    """The register in which a unit stands."""
    register = register_of(type(row))
    if register is None:
        raise LookupError(f"no register of {type(row).__name__}")
    return register.slug


def standing() -> QuerySet[Succession]:
    """What was not withdrawn."""
    return Succession.objects.filter(withdrawn_on=None)


def about(row: Model) -> list[Succession]:
    """What a unit itself went through, in the order of days."""
    key = str(row.pk)
    either = Q(predecessor=key) | Q(successor=key)
    return list(standing().filter(either, register=slug_of(row)).order_by("on", "id"))


def family(row: Model) -> list[Succession]:
    """The whole line of a unit, before and after, in the order of days. One question a generation."""
    slug, keys, found = slug_of(row), {str(row.pk)}, dict[int, Succession]()
    for _generation in range(LONGEST):
        either = Q(predecessor__in=keys) | Q(successor__in=keys)
        fresh = [one for one in standing().filter(either, register=slug) if one.pk not in found]
        if not fresh:
            break
        found |= {one.pk: one for one in fresh}
        keys = {key for one in fresh for key in (one.predecessor, one.successor) if key} - keys
    return sorted(found.values(), key=lambda one: (one.on, one.pk))


def heir_of(register: str, key: str) -> Heir | None:
    """Who carries on for a unit that was merged, split off or recoded; ``None`` where it is still itself, or closed.

    Of a split the part that is larger carries on.
    """
    steps: list[Succession] = []
    while len(steps) < LONGEST:
        after = (
            standing()
            .filter(register=register, predecessor=key, kind__in=[Kind.MERGE, Kind.RECODE])
            .exclude(successor=key)
            .order_by("-on", "-id")
            .first()
        )
        if after is None:
            break
        steps.append(after)
        key = after.successor
    return Heir(key, tuple(steps)) if steps else None


def former_names(register: Register[Any], numbers: Sequence[Any]) -> Mapping[Any, Sequence[str]]:
    """The names and codes that units had, and those of the units they carry on for."""
    by_key = {str(number): number for number in numbers}
    found: dict[Any, list[str]] = {}
    rows = standing().filter(register=register.slug, successor__in=list(by_key)).order_by("on", "id")
    for key, name, code in rows.values_list("successor", "predecessor_name", "predecessor_code"):
        found.setdefault(by_key[key], []).extend([name, code])
    return found


def parts_of(register: str, *, since: date) -> dict[str, list[Succession]]:
    """What became of the units of a register after a day, by predecessor: for figures that are told anew."""
    found: dict[str, list[Succession]] = {}
    rows = standing().filter(register=register, on__gt=since).exclude(kind=Kind.RENAME).order_by("on", "id")
    for one in rows:
        found.setdefault(one.predecessor, []).append(one)
    return found
