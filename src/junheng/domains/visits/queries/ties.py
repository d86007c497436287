"""回避: what keeps somebody from a unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from junheng.content.rulebook.inspection import INSPECTING
from junheng.domains.visits.models import Errand, Inspector, Recusal

CITY = 4
"""Figures of a city's code: what is planned for a code of this length is planned by the city."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What is visited, as ties see it."""

    county: str
    school: int | None = None
    institution: int | None = None

    @classmethod
    def of(cls, errand: Errand) -> "Unit":
        """The unit of a planned visit."""
        return cls(errand.area_id[:6], errand.school_id, errand.institution_id)


def is_barred(recusal: Recusal, unit: Unit) -> bool:
    """Whether a tie keeps somebody from a unit."""
    if recusal.school_id is not None:
        return recusal.school_id == unit.school
    if recusal.institution_id is not None:
        return recusal.institution_id == unit.institution
    return recusal.county_id is not None and unit.county.startswith(recusal.county_id[:6])


def ties_of(inspectors: Iterable[Inspector]) -> dict[int, list[Recusal]]:
    """The ties of many inspectors, by number."""
    found: dict[int, list[Recusal]] = {one.pk: [] for one in inspectors}
    for tie in Recusal.objects.filter(inspector__in=found):
        found[tie.inspector_id].append(tie)
    return found


def least_team(on: date) -> int:
    """Inspectors of one visit at least, by the rules of a day."""
    return INSPECTING.team_least.on(on).value
