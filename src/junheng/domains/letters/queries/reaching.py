"""To whom a letter or an invitation goes, as rows with a place and a name."""

from dataclasses import dataclass
from datetime import date

from junheng.domains.areas.models import Area
from junheng.domains.institutions.models import Institution
from junheng.domains.letters.terms import Addressees
from junheng.domains.schools.models import School
from junheng.platform.access.scope import within_area
from junheng.platform.spans import holds


@dataclass(frozen=True, slots=True)
class Unit:
    """One addressee: a school, an institution, or a county's bureau."""

    name: str
    area: str
    school: int | None = None
    institution: int | None = None


def units(
    to: str,
    *,
    within: str,
    on: date,
    school: School | None = None,
    institution: Institution | None = None,
    county: Area | None = None,
) -> list[Unit]:
    """The units meant, in the order of their codes; nothing where the one meant is not named or lies elsewhere."""
    found: list[Unit] = []
    if to == Addressees.SCHOOL and school is not None:
        found = [of_school(school)]
    elif to == Addressees.INSTITUTION and institution is not None:
        found = [Unit(institution.name, institution.area_id, institution=institution.pk)]
    elif to == Addressees.COUNTY and county is not None:
        found = [of_county(county)]
    elif to == Addressees.SCHOOLS:
        rows = School.objects.filter(within_area("area", within), holds(on)).order_by("code")
        found = [of_school(one) for one in rows]
    elif to == Addressees.COUNTIES:
        rows_of = Area.objects.filter(kind="county", until=None, code__startswith=within).order_by("code")
        found = [of_county(one) for one in rows_of]
    return [one for one in found if one.area.startswith(within)]


def of_school(school: School) -> Unit:
    """A school as an addressee."""
    return Unit(school.name, school.area_id, school=school.pk)


def of_county(county: Area) -> Unit:
    """A county's bureau as an addressee."""
    return Unit(f"{county.name}教育局", county.pk)
