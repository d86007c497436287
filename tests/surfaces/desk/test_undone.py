"""The leaders' page: every broken promise with a name and a day, and what became of yesterday's."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from junheng.kernel.promises import every_promise
from junheng.kernel.values.span import Span
from junheng.platform.access.models import User
from junheng.platform.figures import workshop
from junheng.platform.registers.asker import Asker
from junheng.surfaces.desk.undone import compare
from tests.small_house import built, house

__all__ = ["built", "house"]


def as_(username: str) -> Client:
    client = Client()
    client.force_login(
        User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def asker(username: str) -> Asker:
    return Asker(User.objects.get(username=username), timezone.now())


@pytest.mark.parametrize("who", ["anquan", "xian-410803", "xiaozhang1", "shenji", "zhenbao"])
def test_it_is_there_for_leaders_and_their_office_only(house: Path, who: str) -> None:
    assert as_(who).get("/undone/").status_code == 404
    assert "/undone/" not in as_(who).get("/").content.decode()


def test_every_broken_promise_is_named_with_who_and_since_when(house: Path) -> None:
    for who in ("juzhang", "bangongshi"):
        page = as_(who).get("/undone/").content.decode()
        assert "/undone/" in as_(who).get("/").content.decode()
        for one in compare(date(2023, 12, 31), asker=asker(who)):
            assert (one.title in page) is (not one.standing.holds)
            assert all(each.who for each in (*one.new, *one.still, *one.mended))
    assert "校长" in page


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2023, 5, 15), date(2024, 1, 1), date(2024, 1, 2)])
def test_the_days_add_up(house: Path, day: date) -> None:
    """New and still open are today's, still open and mended are yesterday's, for every promise."""
    watch, before = workshop.watch(), day - timedelta(days=1)

    def against(key: str, on: date) -> set[object]:
        at = workshop.moment(on, Span(date(before.year, 1, 1), on))
        return {(row.register, row.id, row.since) for row in watch.exceptions(key, at, limit=500)}

    found = compare(day, asker=asker("juzhang"))
    assert found
    for one in found:
        today, yesterday = against(one.id, day), against(one.id, before)
        told = [
            {(x.record.register, x.record.id, x.record.since) for x in rows}
            for rows in (one.new, one.still, one.mended)
        ]
        assert told == [today - yesterday, today & yesterday, yesterday - today]
        assert one.standing.exceptions == len(today)


def test_something_is_new_and_something_is_mended_on_some_day(house: Path) -> None:
    """The page would look the same on every day if nothing were compared: over some days both kinds occur."""
    kinds: set[str] = set()
    for n in range(120):
        day = date(2023, 3, 1) + timedelta(days=2 * n)
        for one in compare(day, asker=asker("juzhang")):
            kinds |= {name for name, _rows, _count in one.parts}
        if kinds == {"new", "still", "mended"}:
            break
    assert kinds == {"new", "still", "mended"}


def test_sealed_promises_name_nobody_to_who_may_not_see(house: Path) -> None:
    sealed = {key for key, one in every_promise().items() if one.sealed}
    assert sealed
    assert sealed & {one.id for one in compare(date(2023, 12, 31), asker=asker("juzhang"))} == set()
