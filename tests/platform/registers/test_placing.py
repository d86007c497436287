"""The rows of an area are found by the area and then sorted; whatever else is asked stays as it was."""

import pytest
from django.db import connection
from django.db.models import QuerySet

from junheng.domains.areas.models import Area
from junheng.domains.schools.models import School
from junheng.platform.access.scope import within_area
from junheng.platform.registers.placing import by_place_first
from tests.makers import make
from tests.makers.rows import HERE, THERE

pytestmark = pytest.mark.django_db


def is_sorted_afterwards(rows: "QuerySet[School] | QuerySet[Area]") -> bool:
    return by_place_first(rows).query.order_by != rows.query.order_by


def test_the_rows_of_an_area_are_the_same_in_the_same_order() -> None:
    for where in (HERE, THERE, HERE):
        make(School, where=where)
    rows = School.objects.filter(within_area("area", HERE)).order_by("pk")
    assert [row.pk for row in by_place_first(rows)] == [row.pk for row in rows]
    assert rows.count() == 2
    assert is_sorted_afterwards(rows) == (connection.vendor == "postgresql")
    either = School.objects.filter(within_area("area", HERE) | within_area("area", THERE)).order_by("pk")
    assert is_sorted_afterwards(either) == (connection.vendor == "postgresql")


@pytest.mark.parametrize(
    "rows",
    [
        School.objects.order_by("pk"),
        School.objects.filter(code__gte="2").order_by("pk"),
        School.objects.filter(within_area("area", HERE)).order_by("name", "pk"),
        School.objects.filter(within_area("area", HERE)).order_by("-pk"),
        Area.objects.filter(pk__gte="41").order_by("pk"),
    ],
    ids=["everywhere", "by its own column", "sorted by a column", "backwards", "a key that is a text"],
)
def test_what_is_no_plain_list_of_an_area_is_left_alone(rows: "QuerySet[School]") -> None:
    assert not is_sorted_afterwards(rows)
