"""Who sees which records behind a number: first there is something to see, then it is not shown."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone

from junheng.domains.guidance.models import CarePlan
from junheng.kernel.promises import every_promise
from junheng.platform.access.models import User
from junheng.platform.figures import queries, withholding
from junheng.platform.figures.records import Keeper
from junheng.platform.registers.asker import Asker
from junheng.platform.snapshots.freeze import freeze

pytestmark = pytest.mark.usefixtures("house")
SCHOOLS, SEALED, PROMISE = "psy-schools-871", "one-person-one-plan-n", "one-person-one-plan"
LARGE = 100_000


def asker(username: str) -> Asker:
    return Asker(User.objects.get(username=username), timezone.now())


def test_the_keeper_sees_every_record_by_name() -> None:
    records = queries.trace(SCHOOLS, size=LARGE, viewer=Keeper()).records
    assert len(records) == queries.figure(SCHOOLS).value
    assert all(one.url and "号记录" not in one.label for one in records)


def test_a_county_officer_sees_the_names_of_that_county_only() -> None:
    # children are nobody else's business, unlike the public names of schools
    figure = "kg-public-share"
    every = {one.id: one for one in queries.trace(figure, size=LARGE, viewer=Keeper()).records}
    seen = queries.trace(figure, size=LARGE, viewer=asker("xian-410802")).records
    assert {one.county for one in seen} == {one.county for one in every.values()} > {"解放区"}
    for one in seen:
        if one.county == "解放区":
            assert (one.label, one.url) == (every[one.id].label, every[one.id].url)
        else:
            assert (one.label, one.url) == (f"第 {one.id} 号记录", "")


def test_the_public_sees_records_of_public_registers_only() -> None:
    shown = queries.trace(SCHOOLS, size=LARGE).records
    assert len(shown) == queries.figure(SCHOOLS).value
    hidden = queries.trace("kg-public-share", size=LARGE, page=3)
    assert (hidden.records, hidden.pages, hidden.page) == ((), 1, 1)
    assert hidden.rows > 0, "how many were counted is no secret here"


@pytest.mark.parametrize("username", ["banzhuren", "xian-410802", "juzhang", None])
def test_how_many_sealed_records_there_are_is_told_to_nobody_else(username: str | None) -> None:
    assert queries.trace(SEALED, viewer=Keeper()).rows > 0
    viewer = asker(username) if username else None
    seen = queries.trace(SEALED, viewer=viewer)
    assert (seen.rows, seen.figure.rows, seen.records, seen.pages) == (0, 0, (), 1)
    assert {one.value for one in queries.by_county(SEALED)} <= {1, None}
    assert {one.numerator for one in queries.by_county(SEALED)} <= {0, 1}


def test_who_may_see_sealed_records_sees_how_many() -> None:
    assert queries.trace(SEALED, viewer=asker("fengcun")).rows == queries.trace(SEALED, viewer=Keeper()).rows


def test_a_sealed_promise_names_nothing_but_to_who_may_see_it(own_house: Path) -> None:
    assert CarePlan.objects.filter(until=None).exists()
    CarePlan.objects.all().delete()
    freeze(by="test", at=timezone.now(), home=own_house)
    told = queries.promise(PROMISE, viewer=Keeper())
    assert told.records
    assert not told.state.holds
    assert queries.promise(PROMISE, viewer=asker("fengcun")).records
    for viewer in (None, asker("xian-410802"), asker("banzhuren"), asker("juzhang")):
        page = queries.promise(PROMISE, viewer=viewer)
        assert page.records == ()
        assert str(told.state.exceptions) not in page.state.wording


def test_counter_examples_have_an_owner_and_a_day(own_house: Path) -> None:
    from junheng.domains.care.models import CommitteeMember

    first = CommitteeMember.objects.filter(until=None).order_by("id")[0]
    CommitteeMember.objects.filter(school_class=first.school_class_id).delete()
    freeze(by="test", at=timezone.now(), home=own_house)
    page = queries.promise("class-has-member", viewer=Keeper())
    (record,) = page.records
    assert (record.id, record.register) == (first.school_class_id, "classes")
    assert record.owner == record.county
    assert record.since == page.state.since
    assert record.url
    every = queries.promises()
    assert [one.holds for one in every] == sorted(one.holds for one in every), "the broken ones come first"
    (broken,) = [one for one in every if one.id == "class-has-member"]
    assert (broken.holds, broken.exceptions) == (False, 1)
    assert broken in queries.promises(chapter=broken.chapter)
    assert queries.promise("class-has-member", area="410899").state.holds


def test_every_unit_is_told_and_together_they_are_the_city() -> None:
    cells = queries.by_county("psy-members-20600")
    assert [one.area for one in cells] == sorted(one.area for one in cells)
    assert len(cells) == 11
    assert sum(one.numerator for one in cells) == queries.figure("psy-members-20600").value
    assert queries.by_county("norm-primary-720") == ()


def test_a_unit_without_rows_counts_nothing(own_house: Path) -> None:
    from junheng.domains.waters.models import Water

    Water.objects.filter(area__code__startswith="410802").update(risk="low")
    freeze(by="test", at=timezone.now(), home=own_house)
    (cell,) = [one for one in queries.by_county("waters-174") if one.area == "410802"]
    assert (cell.value, cell.numerator, cell.printed, cell.withheld) == (0, 0, "0处", False)


@pytest.fixture
def sensitive(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make a figure one of those whose small numbers are not public."""
    from dataclasses import replace

    def seal(id: str) -> None:
        cards = {**queries.definitions(), id: replace(queries.definitions()[id], sensitive=True)}
        monkeypatch.setattr(queries, "definitions", lambda: cards)

    return seal


def test_small_cells_are_withheld_from_the_public_only(sensitive: Callable[[str], None]) -> None:
    id = "waters-174"  # the small city has a few in each unit
    open_ = queries.by_county(id, public=True)
    small = {one.area for one in open_ if 0 < one.numerator < 5}
    assert small, "there must be something to hide"
    sensitive(id)
    shown = queries.by_county(id, public=True)
    hidden = {one.area for one in shown if one.withheld}
    assert small <= hidden
    for one in shown:
        if one.withheld:
            assert (one.printed, one.value, one.numerator, one.denominator) == ("", None, 0, None)
    assert queries.by_county(id) == open_, "officials see them"


def test_a_lone_small_cell_is_not_found_by_subtraction() -> None:
    counts = {"a": 3, "b": 90, "c": 40, "d": 0}
    hidden = withholding.withheld(counts, 5)
    assert hidden == {"a", "c"}
    total = sum(counts.values())
    shown = sum(counts[one] for one in counts if one not in hidden)
    assert total - shown >= 5
    assert withholding.withheld({"a": 1, "b": 1}, 5) == {"a", "b"}
    assert withholding.withheld({"a": 1, "b": 1, "c": 9}, 5) == {"a", "b", "c"}


def test_the_wording_of_a_sealed_promise_has_no_number() -> None:
    sealed = [card for card in every_promise().values() if card.sealed]
    assert sealed
    assert [card.id for card in sealed if "{" in card.otherwise] == []
