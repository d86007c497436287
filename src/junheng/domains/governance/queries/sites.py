"""Which other cases may be about the same place and operator, with the reasons; nobody is merged by a suggestion."""

from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Q

from junheng.domains.governance.models import Case, CaseFile, SiteMatch
from junheng.kernel.quality import likeness, plain

ENOUGH = Fraction(3, 4)
SHOWN = 5
NEAR = 400
"""Files of a county that are compared; a county has fewer in ten years."""


@dataclass(frozen=True, slots=True)
class Likely:
    """Another case with the ways in which it is like this one."""

    case: Case
    place: Fraction
    operator: Fraction
    title: Fraction

    @property
    def reasons(self) -> dict[str, int]:
        """How alike in whole per cent, rounded down."""
        shares = {"place": self.place, "operator": self.operator, "title": self.title}
        return {name: int(100 * share) for name, share in shares.items()}


def suggestions(case: Case, file: CaseFile) -> list[Likely]:
    """Cases of the county under another number that are alike in place, or in operator and name; the likest first."""
    known = SiteMatch.objects.filter(Q(case=case) | Q(other=case)).values_list("case_id", "other_id")
    judged = {number for pair in known for number in pair}
    others = (
        CaseFile.objects.filter(area__code__startswith=case.area_id[:6])
        .exclude(case__site=case.site)
        .exclude(case__in=judged)
        .select_related("case")
        .order_by("-pk")[:NEAR]
    )
    found = [one for one in (compared(case, file, other) for other in others) if one is not None]
    return sorted(found, key=lambda one: (-one.place, -one.operator, -one.title, one.case.pk))[:SHOWN]


def compared(case: Case, file: CaseFile, other: CaseFile) -> Likely | None:
    """How alike two files are; ``None`` where not enough."""
    place = likeness(plain(file.place), plain(other.place))
    operator = likeness(plain(file.operator), plain(other.operator))
    title = likeness(plain(case.title), plain(other.case.title))
    same_place = place == 1 and (operator >= ENOUGH or title >= ENOUGH or not file.operator)
    alike = same_place or (place >= ENOUGH and operator >= ENOUGH)
    return Likely(other.case, place, operator, title) if alike else None


def site_of(place: str, operator: str, area: str) -> str:
    """The number of a known site with this very place and operator in the county; empty where there is none."""
    if not place or not operator:
        return ""
    found = CaseFile.objects.filter(area__code__startswith=area[:6], place=place, operator=operator).order_by(
        "pk"
    )
    return found.values_list("case__site", flat=True).first() or ""
