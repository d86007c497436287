"""What waits is counted for all mechanisms in one statement, and each gets its own number and day back."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Max
from django.db.models.functions import Coalesce
from django.utils import timezone

from junheng.domains.schools.models import School
from junheng.domains.waters.models import Water
from junheng.platform.registers import todo as waiting
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import Todo, Waiting, lines, todo_of
from tests.makers import make

pytestmark = pytest.mark.django_db


def said(rows: Any, due: Any = None, *, label: str = "待办") -> Waiting:
    """What a mechanism says of rows: late before the first of 2024."""

    def line(count: int, first: date | None) -> Todo:
        return Todo(label, "/", count, "clock", first, first is not None and first < date(2024, 1, 1))

    return Waiting(rows, line, due)


def test_many_kinds_are_one_statement(django_assert_num_queries: Any) -> None:
    for day in (date(2023, 9, 1), date(2024, 3, 1)):
        make(School, since=day)
    make(Water)
    schools = School.objects.select_related("area").order_by("name")
    with django_assert_num_queries(1):
        found = lines(
            [
                said(schools.none(), "since", label="outside the scope"),
                said(Water.objects.all(), label="no day"),
                said(schools, "since", label="first day"),
                Todo("counted already", "/", 4, "clock"),
                said(
                    schools.filter(since__gt=date(2024, 1, 1)), Coalesce("until", "since"), label="computed"
                ),
                said(schools.filter(pk__in=[]), label="none"),
                Todo("nothing", "/", 0, "clock"),
            ]
        )
    assert [(one.label, one.count, one.due, one.late) for one in found] == [
        ("no day", Water.objects.count(), None, False),
        ("first day", 2, date(2023, 9, 1), True),
        ("counted already", 4, None, False),
        ("computed", 1, date(2024, 3, 1), False),
    ]


def test_nothing_that_waits_asks_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert lines([]) == []
        assert lines([said(School.objects.none(), "since"), said(Water.objects.none())]) == []


def test_what_is_late_comes_first_then_the_nearer_day(monkeypatch: pytest.MonkeyPatch) -> None:
    make(School, since=date(2023, 9, 1))
    make(School, since=date(2024, 3, 1))
    rows = School.objects.all()
    last = rows.aggregate(last=Max("since"))["last"]
    monkeypatch.setattr(
        waiting,
        "_SOURCES",
        {
            "a": lambda asker: [said(rows, label="without a day")],
            "b": lambda asker: [
                said(rows.filter(since=last), "since", label="later"),
                Todo("soon", "/", 1, "clock", last - timedelta(days=1)),
                said(rows, "since", label="past"),
            ],
        },
    )
    found = todo_of(Asker(AnonymousUser(), timezone.now()))
    assert [one.label for one in found] == ["past", "soon", "later", "without a day"]
