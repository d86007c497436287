"""What is unusual about home visits: counted by school, never by family."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from junheng.domains.homevisits.models import Visit
from junheng.platform.quality import measure


@measure(
    "school-visits",
    "schools",
    title=_("家访次数"),
    unit=_("次"),
    why=_("与本校往年相比变化远大于其他学校，多为重复导入或漏登。"),
    fields=("code",),
    touches=("visits",),
    least=100,
    least_share=Fraction(1),
    acts=_("学校核对家访登记"),
)
def visits_by_year(on: date) -> Iterator[tuple[int, str, int]]:
    """Visits by school and calendar year, up to the day."""
    made = Visit.objects.filter(visited_on__lte=on).order_by()
    rows = made.annotate(year=ExtractYear("visited_on")).values_list("school", "year").annotate(Count("pk"))
    for school, year, visits in rows:
        yield school, str(year), visits
