"""As published and restated: after two counties merged the published series stands, and the restated one adds up."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from junheng.domains.areas.actions import merge_area
from junheng.domains.areas.models import Area
from junheng.domains.schools.models import School
from junheng.kernel.errors import NotAllowed
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from junheng.platform.audit.save import save_row
from junheng.platform.figures import queries
from junheng.platform.figures.series import heirs_of_areas, series
from junheng.platform.snapshots.freeze import freeze
from tests import cast
from tests.small_house import built, own_house  # noqa: F401

DAY = date(2023, 12, 31)


def merged_city(home: Path) -> tuple[str, str, User]:
    """Two counties of the small city go up in one, and one figure's records are corrected afterwards."""
    heir, gone = list(Area.objects.filter(kind="county").order_by("code")[:2])
    city = cast.somebody(Role.CITY_SECTION, area="4108")
    now = timezone.now()
    merge_area(
        gone,
        heir,
        on=timezone.localdate(now) - timedelta(days=1),
        number="示例〔2026〕1号",
        by=city,
        at=now,
        why="区划调整",
    )
    return heir.code, gone.code, city


def counts() -> list[str]:
    """Figures that are counts or shares with parts by county, of no person."""
    return [
        one.id
        for one in queries.figures()
        if one.kind in {"count", "share"} and not one.sensitive and len(queries.by_county(one.id)) > 1
    ][:8]


def test_published_stands_and_restated_adds_up(own_house: Path) -> None:  # noqa: F811
    asked = counts()
    assert len(asked) >= 4
    before = {id: series(id) for id in asked}
    heir, gone, _city = merged_city(own_house)
    freeze(by="dongjie", at=timezone.now(), home=own_house)
    assert heirs_of_areas() == {gone: heir}
    added = 0
    for id in asked:
        after = series(id)
        assert [row.published for row in after.rows] == [row.published for row in before[id].rows]
        assert after.rows[-1].published.value == after.rows[-1].restated.value
        parts = {one.area: one for one in queries.by_county(id)}
        units = {one.area: one for one in after.units}
        for code, unit in units.items():
            old = next((one for one in before[id].units if one.area == code), None)
            if old is not None:
                assert [one.published.value for one in unit.years] == [
                    one.published.value for one in old.years
                ]
        whole = units[heir].years[-1]
        if parts[heir].denominator is None:
            assert whole.restated.value == parts[heir].numerator + parts[gone].numerator
            shown = [one.years[-1].restated.value for one in after.units if one.area != gone]
            assert sum(one for one in shown if one is not None) == sum(
                one.numerator for one in parts.values()
            )
            added += 1
        if gone in units:
            assert units[gone].into == Area.objects.get(pk=heir).name
            assert not units[gone].years[-1].restated.printed
        if whole.differs:
            assert any("今辖区含已并入的" in one for one in whole.why)
    assert added >= 2


def test_every_difference_has_its_reason(own_house: Path, client: Client) -> None:  # noqa: F811
    """A school entered late for a day that is published already: the figure moves, and the page says why."""
    asked = [one.id for one in queries.figures() if queries.trace(one.id).register == "schools"]
    assert not any(series(id).rows[-1].differs for id in asked)
    for kind in ("primary", "nine_year"):
        school = School.objects.filter(until=None, kind=kind, nature="public").order_by("pk").first()
        assert school is not None
        school.pk, school.code, school.name = None, f"21418888{kind[:2]}", f"补录{kind}"
        school.since = date(2020, 9, 1)
        save_row(school, by="bulu", at=timezone.now(), why="补录")
    freeze(by="dongjie", at=timezone.now(), home=own_house)
    moved = {id: row for id in asked if (row := series(id).rows[-1]).differs}
    assert moved
    for row in moved.values():
        assert any("「学校」有 2 条补录或更正" in one for one in row.why)
    id = next(iter(moved))
    page = client.get(reverse("portal:series", args=[id]))
    assert page.status_code == 200
    client.force_login(cast.somebody(Role.CITY_SECTION, area="4108"))
    assert (
        reverse("portal:series", args=[id]) in client.get(reverse("desk:figure", args=[id])).content.decode()
    )
    assert client.get(reverse("portal:series", args=[id])).status_code == 200


def test_the_public_is_not_told_small_numbers_by_going_back(own_house: Path) -> None:  # noqa: F811
    id = next(one.id for one in queries.figures() if one.sensitive)
    with pytest.raises(NotAllowed, match="历年对照不公开"):
        series(id, public=True)
    assert series(id).rows
