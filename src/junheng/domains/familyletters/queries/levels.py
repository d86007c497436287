"""Letters seen from above: counties and schools with their numbers, small ones withheld; nobody's name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet, Sum

from junheng.content.rulebook import DUTIES
from junheng.domains.areas.models import Area
from junheng.domains.familyletters.models import LetterSchool
from junheng.platform.figures.withholding import withheld


@dataclass(frozen=True, slots=True)
class Line:
    """One place: how many are asked and have answered. Where few are missing, how many is not told, only that some are."""

    key: str
    name: str
    asked: int
    answered: int
    hidden: bool

    @property
    def missing(self) -> int:
        """How many have not answered."""
        return max(self.asked - self.answered, 0)


def county_lines(reached: "QuerySet[LetterSchool]", day: date) -> list[Line]:
    """The counties that a letter reaches, those with most missing first."""
    found: dict[str, tuple[int, int]] = {}
    rows = reached.order_by("area").values_list("area").annotate(Sum("asked"), Sum("answered"))
    for area, asked, answered in rows:
        before = found.get(area[:6], (0, 0))
        found[area[:6]] = (before[0] + asked, before[1] + answered)
    names = dict(Area.objects.filter(pk__in=list(found)).values_list("pk", "name"))
    return lines([(code, names[code], *sums) for code, sums in found.items()], day)


def school_lines(reached: "QuerySet[LetterSchool]", day: date) -> list[Line]:
    """The schools that a letter reaches, those that are not complete first."""
    rows = reached.order_by("school").values_list("school", "school__name", "asked", "answered")
    return lines([(str(pk), name, asked, answered) for pk, name, asked, answered in rows], day)


def lines(found: Sequence[tuple[str, str, int, int]], day: date) -> list[Line]:
    """Lines with what is too small withheld, and as much more as would give it away."""
    missing = {key: max(asked - answered, 0) for key, _name, asked, answered in found}
    hidden = withheld(missing, least_on(day))
    every = [Line(key, name, asked, answered, key in hidden) for key, name, asked, answered in found]
    # what is hidden stands in the order of names: a place in the order of numbers would tell the number
    return sorted(every, key=lambda one: (one.missing == 0, one.hidden, 0 if one.hidden else -one.missing, one.name))  # fmt: skip


def least_on(day: date) -> int:
    """The smallest count that is shown."""
    return DUTIES.small_count.on(day).value


def incomplete(reached: "QuerySet[LetterSchool]") -> "QuerySet[LetterSchool]":
    """The schools in which somebody is missing."""
    return reached.filter(asked__gt=F("answered"))
