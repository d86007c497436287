"""As published and restated: after two counties merged the published series stands, and the restated one adds up."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from junheng.domains.areas.actions import merge_area, recode_area
from junheng.domains.areas.models import Area
from junheng.domains.schools.models import School
from junheng.kernel.errors import NotAllowed
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from junheng.platform.audit.save import save_row
from junheng.platform.figures import queries, workshop
from junheng.platform.figures.keeping import keep_figures
from junheng.platform.figures.models import KeptFigures
from junheng.platform.figures.restating import by_unit, heirs_of_areas, puts, unit_column
from junheng.platform.figures.series import Series, series
from junheng.platform.lineage.actions import move
from junheng.platform.lineage.models import Succession
from junheng.platform.registers import every_register
from junheng.platform.snapshots.freeze import freeze
from tests import cast
from tests.small_house import built, own_house  # noqa: F401

pytestmark = pytest.mark.once
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


def cells(found: Series, year: int = -1) -> dict[str, Any]:
    """The restated part of each county in one year."""
    return {one.area: one.years[year].restated.value for one in found.units}


def of_schools() -> list[str]:
    """Counts whose rows name a school, with parts by county."""
    asked = []
    for one in queries.figures():
        register = every_register().get(queries.trace(one.id).register)
        if (
            one.kind == "count"
            and register
            and unit_column(register, "schools")
            and len(queries.by_county(one.id)) > 1
        ):
            asked.append(one.id)
    return asked


def test_what_was_recorded_at_a_school_goes_with_it_into_another_county(own_house: Path) -> None:  # noqa: F811
    """Of a moved school earlier pupils, ended classes and what happened there are told where it lies today."""
    here, there = list(Area.objects.filter(kind="county").order_by("code")[:2])
    city = cast.somebody(Role.CITY_SECTION, area="4108")
    asked = [id for id in of_schools() if not queries.card_of(id).sensitive]
    assert len(asked) >= 2
    before = {id: series(id) for id in asked}
    engine, moment = workshop.engine(), workshop.moment()
    moved = (
        School.objects.filter(until=None, area__code__startswith=here.code, kind="primary")
        .order_by("pk")
        .first()
    )
    assert moved is not None
    own: dict[str, int] = {}
    for id in asked:
        card, register = queries.card_of(id), every_register()[queries.trace(id).register]
        column = unit_column(register, "schools")
        assert register.fulfils is not None
        found = by_unit(engine, card, moment, register.fulfils.table, column, [moved.pk])
        own[id] = sum(one.numerator for one in found.values())
    assert any(own.values())
    now = timezone.now()
    facts = {
        "on": timezone.localdate(now) - timedelta(days=1),
        "number": "示例〔2026〕2号",
        "by": city,
        "at": now,
        "why": "划转",
    }
    move(moved, area=there, **facts)
    freeze(by="dongjie", at=now, home=own_house)
    changed = 0
    for id in asked:
        after = series(id)
        was, is_now = cells(before[id]), cells(after)
        assert (is_now.get(here.code) or 0) == (was.get(here.code) or 0) - own[id], id
        assert (is_now.get(there.code) or 0) == (was.get(there.code) or 0) + own[id], id
        assert after.rows[-1].restated.value == before[id].rows[-1].restated.value
        published = {one.area: one.years[-1].published.value for one in after.units}
        assert published == {one.area: one.years[-1].published.value for one in before[id].units}
        if own[id]:
            changed += 1
            unit = next(one for one in after.units if one.area == there.code)
            assert any(f"{moved.name}划转至{moved.name}" in one for one in unit.years[-1].why)
    assert changed


def test_a_split_shares_out_what_was_recorded_before_and_parts_add_up(own_house: Path) -> None:  # noqa: F811
    here, there = list(Area.objects.filter(kind="county").order_by("code")[:2])
    city = cast.somebody(Role.CITY_SECTION, area="4108")
    school = max(
        School.objects.filter(until=None, area__code__startswith=here.code, kind="primary").order_by("pk"),
        key=lambda one: one.pk,
    )
    asked = [id for id in of_schools() if not queries.card_of(id).sensitive]
    before = {id: cells(series(id)) for id in asked}
    now = timezone.now()
    event = Succession(
        register="schools", kind="split", on=date(2024, 9, 1), predecessor=str(school.pk), predecessor_code=school.code,
        predecessor_name=school.name, predecessor_area=school.area_id, successor_code="2141999001",
        successor_name="新分校", area=there.code, part=3, whole=7, number="示例〔2024〕9号", reason="分设",
    )  # fmt: skip
    School.objects.filter(pk=school.pk).update(name="老校")
    school.pk, school.code, school.name, school.area, school.since = (
        None,
        "2141999001",
        "新分校",
        there,
        date(2024, 9, 1),
    )
    save_row(school, by=city, at=now, why="分设")
    event.successor = str(school.pk)
    save_row(event, by=city, at=now, why="分设")
    old = int(event.predecessor)
    put = puts("schools", date(2023, 12, 31))
    assert [(one.unit, one.county, one.part, one.whole) for one in put] == [(old, there.code, 3, 7)]
    assert puts("schools", date(2024, 12, 31)) == [], "what was recorded since is the old school's own"
    engine, moment, moved = workshop.engine(), workshop.moment(), 0
    for id in asked:
        card, register = queries.card_of(id), every_register()[queries.trace(id).register]
        assert register.fulfils is not None
        found = by_unit(engine, card, moment, register.fulfils.table, unit_column(register, "schools"), [old])
        taken = sum(one.numerator * 3 // 7 for one in found.values())
        after = series(id)
        assert (cells(after).get(there.code) or 0) - (before[id].get(there.code) or 0) == taken
        assert sum(one or 0 for one in cells(after).values()) == sum(one or 0 for one in before[id].values())
        if taken:
            moved += 1
            unit = next(one for one in after.units if one.area == there.code)
            assert any("按 3/7 分摊" in one for one in unit.years[-1].why)
    assert moved


def test_a_recoded_county_is_told_under_its_new_code(own_house: Path) -> None:  # noqa: F811
    gone = Area.objects.filter(kind="county").order_by("code")[1]
    city = cast.somebody(Role.CITY_SECTION, area="4108")
    asked = counts()[:3]
    before = {id: {one.area: one for one in queries.by_county(id)} for id in asked}
    now = timezone.now()
    recode_area(
        gone,
        code="410899",
        on=timezone.localdate(now) - timedelta(days=1),
        number="示例〔2026〕3号",
        by=city,
        at=now,
        why="换码",
    )
    freeze(by="dongjie", at=now, home=own_house)
    for id in asked:
        after = {one.area: one for one in queries.by_county(id)}
        assert gone.code not in after
        assert (after["410899"].numerator, after["410899"].name) == (
            before[id][gone.code].numerator,
            gone.name,
        )
        units = {one.area: one for one in series(id).units}
        assert units["410899"].years[-1].restated.value == before[id][gone.code].value
        if gone.code in units:
            assert units[gone.code].became == "代码已改为 410899"
            assert not units[gone.code].years[-1].restated.printed


def test_what_was_published_is_kept_when_the_definition_changes(
    own_house: Path,  # noqa: F811
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = KeptFigures.objects.get(day=DAY)
    entry = Entry.objects.get(table="figures.keptfigures", row=kept.pk)
    assert entry.after is not None
    assert entry.after["digest"] == kept.digest
    assert keep_figures(by="dongjie", at=timezone.now()) == [], "what was kept once stays"
    asked = [one.id for one in queries.figures()]
    rows = {id: series(id).rows[-1] for id in asked}
    assert {id for id, row in rows.items() if not row.kept or row.recomputed.printed or row.why} == set()

    id = next(one for one in counts() if queries.card_of(one).kind == "count")
    other = next(one for one in counts() if one != id and queries.card_of(one).kind == "count")
    library = workshop.library()
    card = library.indicators[id]
    another = replace(
        library.indicators[other], id=id, title=card.title, version=card.version + 1, word=card.word
    )
    monkeypatch.setattr(library, "indicators", {**library.indicators, id: another})
    workshop.all_figures.cache_clear()
    row = series(id).rows[-1]
    assert row.published.value == rows[id].published.value, "what was published does not move"
    assert row.published.address == rows[id].published.address
    assert row.recomputed.value == rows[other].published.value
    assert row.recomputed.value != row.published.value
    assert any(
        f"公布时为第 {card.version} 版（{card.definition}），现为第 {card.version + 1} 版" in one
        for one in row.why
    )
    client.force_login(cast.somebody(Role.CITY_SECTION, area="4108"))
    page = client.get(reverse("portal:series", args=[id])).content.decode()
    assert "定义已修订" in page
    assert row.published.printed in page
    assert row.recomputed.printed in page

    figures = kept.figures
    figures[id]["value"] = 1
    KeptFigures.objects.filter(pk=kept.pk).update(figures=figures)
    assert not series(id).rows[-1].kept, "what was changed behind its digest is not what was kept"
