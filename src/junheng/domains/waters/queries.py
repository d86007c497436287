"""Questions about waters: who else has charge."""

from datetime import date

from django.db.models import QuerySet

from junheng.domains.waters.models import Assignment, Water
from junheng.platform.spans import holds


def in_charge(water: Water, *, level: str, on: date) -> QuerySet[Assignment]:
    """The assignments of one level that hold for a water on a day."""
    return Assignment.objects.filter(holds(on), water=water, level=level)
