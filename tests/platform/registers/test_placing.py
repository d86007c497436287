"""The rows of an area stand in the order in which its index has them; whatever else is asked stays as it was."""

import pytest
from django.db import connection
from django.db.models import QuerySet

from junheng.domains.areas.models import Area
from junheng.domains.schools.models import School, SchoolClass
from junheng.platform.access.scope import within_area
from junheng.platform.registers.placing import by_place_first
from tests.makers import make
from tests.makers.rows import CITY, HERE, THERE

pytestmark = pytest.mark.django_db


def is_by_place(rows: "QuerySet[School] | QuerySet[Area]") -> bool:
    return by_place_first(rows).query.order_by != rows.query.order_by


def test_the_rows_of_an_area_stand_by_area_and_then_as_they_were_entered() -> None:
    for where in (THERE, HERE, THERE, HERE):
        make(School, where=where)
    rows = School.objects.filter(within_area("area", CITY)).order_by("pk")
    found = list(by_place_first(rows))
    assert {row.pk for row in found} == {row.pk for row in rows}
    assert [row.pk for row in found] == [
        row.pk for row in sorted(rows, key=lambda one: (one.area_id, one.pk))
    ]
    assert [row.area_id for row in found] == [HERE, HERE, THERE, THERE]
    assert is_by_place(
        School.objects.filter(within_area("area", HERE) | within_area("area", THERE)).order_by("pk")
    )


def test_a_page_of_an_area_is_read_from_its_index() -> None:
    rows = School.objects.filter(within_area("area", HERE)).order_by("pk")
    assert "pk" in rows.query.order_by
    plan = by_place_first(rows).values_list("pk", flat=True)[:25].explain()
    if connection.vendor == "sqlite":
        assert "TEMP B-TREE" not in plan
        assert "TEMP B-TREE" in rows.values_list("pk", flat=True)[:25].explain()


@pytest.mark.parametrize(
    "rows",
    [
        School.objects.order_by("pk"),
        School.objects.filter(code__gte="2").order_by("pk"),
        School.objects.filter(within_area("area", HERE)).order_by("name", "pk"),
        School.objects.filter(within_area("area", HERE)).order_by("-pk"),
        Area.objects.filter(pk__gte="41").order_by("pk"),
        SchoolClass.objects.filter(within_area("school__area", HERE)).order_by("pk"),
    ],
    ids=[
        "everywhere",
        "by its own column",
        "sorted by a column",
        "backwards",
        "a key that is a text",
        "the area of another row",
    ],
)
def test_what_is_no_plain_list_of_an_area_is_left_alone(rows: "QuerySet[School]") -> None:
    assert not is_by_place(rows)
