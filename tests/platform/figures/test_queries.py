"""Figures and traces as the doors get them: printed forms, readings, rules, pages, languages, addresses."""

from datetime import date
from pathlib import Path

import pytest
from django.db.models import ProtectedError
from django.utils import timezone, translation

from junheng.content.indicators import INDICATORS
from junheng.domains.bulletins.models import Article
from junheng.domains.bulletins.queries import latest_release, no_longer_reproduced
from junheng.domains.waters.models import Water
from junheng.kernel.errors import NotFound, Refusal
from junheng.kernel.values.span import Span
from junheng.platform.figures import queries
from junheng.platform.figures.models import KeptFigures
from junheng.platform.figures.records import Keeper
from junheng.platform.snapshots.freeze import freeze
from junheng.platform.snapshots.models import Snapshot
from tests.platform.figures.printed import PRINTED

pytestmark = pytest.mark.usefixtures("house")
ID = "waters-174"


def test_every_figure_prints_as_the_report_says_it() -> None:
    assert {one.id: one.printed for one in queries.figures()} == PRINTED


def test_what_is_missing_prints_as_missing() -> None:
    early = {one.id: one for one in queries.figures(as_of=date(1990, 1, 1))}
    assert early["kg-public-share"].printed == early["norm-primary-720"].printed == "无数据"
    assert early["one-person-one-plan-n"].printed == "无数据", "nobody disagrees where there is nobody"
    assert (early["aid-all"].holds, early["kg-inclusive-share-rising"].holds) == (None, None)
    assert (early[ID].printed, early[ID].value) == ("0处", 0)


def test_every_reading_is_its_own_figure() -> None:
    for card in INDICATORS.values():
        found = [queries.figure(card.id, reading=name) for name in card.readings]
        assert [one.reading for one in found] == list(card.readings)
        assert len({one.address for one in found}) == len(found)
    assert queries.figure("kg-coverage").value == queries.figure("kg-coverage", reading="children").value


def test_what_nobody_declared_is_refused() -> None:
    with pytest.raises(NotFound, match="没有编号为“x”的数据"):
        queries.figure("x")
    with pytest.raises(Refusal) as refused:
        queries.figure("kg-coverage", reading="x")
    assert refused.value.code == "unknown-reading"
    with pytest.raises(NotFound) as absent:
        queries.promise("x")
    assert absent.value.code == "unknown-promise"


def test_a_chapter_narrows_and_keeps_the_order() -> None:
    every = queries.figures()
    for chapter in {one.chapter for one in every}:
        assert queries.figures(chapter=chapter) == tuple(one for one in every if one.chapter == chapter)


def test_the_pages_of_a_trace_are_its_records_once_and_in_order() -> None:
    first = queries.trace("waters-174", size=5, viewer=Keeper())
    pages = [
        queries.trace("waters-174", size=5, page=number, viewer=Keeper())
        for number in range(1, first.pages + 1)
    ]
    numbers = [one.id for page in pages for one in page.records]
    assert len(numbers) == first.rows == queries.figure("waters-174").value
    assert numbers == sorted(set(numbers))
    assert [len(page.records) for page in pages[:-1]] == [5] * (first.pages - 1)
    assert queries.trace("waters-174", size=5, page=0, viewer=Keeper()).page == 1
    assert queries.trace("waters-174", size=5, page=99, viewer=Keeper()).page == first.pages


def test_a_trace_can_be_narrowed_to_one_unit() -> None:
    cells = queries.by_county(ID)
    some = next(one for one in cells if one.numerator)
    narrowed = queries.trace(ID, area=some.area, viewer=Keeper())
    assert narrowed.rows == some.numerator
    assert {one.county for one in narrowed.records} == {some.name}


def test_rules_come_with_the_place_that_sets_them() -> None:
    (rule,) = queries.trace("norm-boarder-300").rules
    assert (rule.key, rule.value, rule.unit, rule.since) == ("funding.boarder", "300", "元", date(2023, 2, 1))
    assert rule.cites.startswith("《")
    (before,) = queries.trace("norm-boarder-300", as_of=date(2023, 1, 31)).rules
    assert (before.value, before.since < date(2023, 1, 31)) == ("200", True)


def test_what_is_not_confirmed_yet_is_marked() -> None:
    rules = [rule for id in INDICATORS for rule in queries.trace(id, size=1).rules]
    assert {rule.to_be_confirmed for rule in rules} == {True, False}
    assert all(rule.to_be_confirmed == (rule.certainty in "KUD") for rule in rules)


def test_titles_and_definitions_are_in_the_language_of_the_reader() -> None:
    card = INDICATORS[ID]
    with translation.override("en"):
        english = queries.trace(ID)
        assert (english.figure.title, english.definition) == (card.title_en, card.definition_en)
        assert all(one.title.isascii() for one in queries.promises())
    assert queries.figure(ID).title == card.title


def test_an_address_stays_while_nothing_moves() -> None:
    first = {one.id: one.address for one in queries.figures()}
    queries.workshop.all_figures.cache_clear()
    assert {one.id: one.address for one in queries.figures()} == first
    window = Span(date(2022, 1, 1), date(2023, 12, 31))
    told = {one.id: one.address for one in queries.figures(as_of=date(2023, 12, 31), window=window)}
    same = {key for key in first if first[key] == told[key]}
    assert "kg-public-70" in same, "the same window, derived or told, is the same question"


def test_an_edit_moves_the_figures_that_stand_on_it_and_no_other(own_house: Path) -> None:
    before = {one.id: one for one in queries.figures()}
    release = latest_release(Article.objects.get(state="published", releases__isnull=False))
    assert release is not None
    assert no_longer_reproduced(release) == ()
    frozen = Snapshot.objects.order_by("-id")[0]
    some = Water.objects.filter(risk="high", until=None)[0]
    Water.objects.filter(pk=some.pk).update(risk="low")
    freeze(by="test", at=timezone.now(), home=own_house)
    after = {one.id: one for one in queries.figures()}
    assert (
        {one.snapshot for one in before.values()}
        == {frozen.digest}
        != {one.snapshot for one in after.values()}
    )
    moved = {key for key in before if before[key].address != after[key].address}
    reading = {key for key, card in INDICATORS.items() if "waters" in {table.table for table in card.reads}}
    assert moved == reading
    changed = {key for key in before if before[key].value != after[key].value}
    assert changed == {ID} | (changed & reading)
    assert after[ID].value == before[ID].value - 1
    gone = no_longer_reproduced(release)
    assert {one.id for one in gone} == changed & set(release.figures)
    assert next(one for one in gone if one.id == ID).printed == after[ID].printed


def test_without_a_frozen_day_it_says_what_to_do(own_house: Path) -> None:
    with pytest.raises(ProtectedError):
        Snapshot.objects.all().delete()  # what was told from it is kept, and holds it
    KeptFigures.objects.all().delete()
    Snapshot.objects.all().delete()
    assert queries.current() is None
    with pytest.raises(NotFound) as refused:
        queries.figures()
    assert refused.value.code == "nothing-frozen"


def test_the_frozen_day_says_what_it_holds() -> None:
    frozen = queries.current()
    assert frozen is not None
    newest = Snapshot.objects.order_by("-id")[0]
    assert (frozen.digest, frozen.rows, frozen.audit_head) == (
        newest.digest,
        newest.rows,
        newest.audit_head_id,
    )
    assert frozen.tables == 49
