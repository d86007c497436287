"""Whom a citizen means: the one school or licensed institution of a county that is called as was typed."""

from datetime import date

from django.db.models import Q

from junheng.domains.institutions.models import Institution
from junheng.domains.schools.models import School
from junheng.kernel.quality import plain


def found_called(name: str, area: str, *, on: date) -> tuple[School | None, Institution | None]:
    """The school or institution of that name, where there is exactly one; blanks, width and brackets do not count."""
    words = plain(name)
    if len(words) < 3:
        return None, None
    here = Q(area__gte=area[:6], area__lt=f"{area[:6]}~")
    holds = Q(until=None) | Q(until__gt=on)
    begins = Q(name__startswith=name.strip()[:1])
    schools = [one for one in School.objects.filter(here, holds, begins) if plain(one.name) == words]
    if len(schools) == 1:
        return schools[0], None
    found = [one for one in Institution.objects.filter(here, begins) if plain(one.name) == words]
    return None, found[0] if len(found) == 1 else None
