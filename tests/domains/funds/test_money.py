"""Rolls, calculations, differences and payments: to the fen, and refused with a sentence where they cannot be."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from junheng.domains.areas.models import Area
from junheng.domains.funds.actions import Stated, derive_subsidies, pay
from junheng.domains.funds.models import (
    Derivation,
    DifferenceNote,
    Entitlement,
    EntitlementLine,
    FundPayment,
    FundUse,
    Instalment,
    Subsidy,
)
from junheng.domains.funds.quality import entitlement_boarders, over_rate
from junheng.domains.funds.queries import account_of, accounts, changes, rates_of, read_lines
from junheng.domains.kindergartens.models import Census
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School
from junheng.kernel.entitlements import About, Reading, Row, faults
from junheng.kernel.errors import NotAllowed, Refusal
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.audit.history import verify
from junheng.platform.audit.models import Entry
from junheng.platform.spans import holds
from tests.domains import makers
from tests.domains.funds import term as begun
from tests.domains.funds.term import AT, AUTUMN_2022, AUTUMN_2023, DAY, SPRING_2023, WHY

AUTUMN_2019 = SchoolTerm.parse("2019A")
"""Before anybody of these tests was on a roll."""


def lines() -> list[tuple[int, str, str, int, int]]:
    """The lines of the newest calculation."""
    newest = Derivation.objects.order_by("-pk")[0]
    rows = EntitlementLine.objects.filter(derivation=newest).order_by("pk")
    return list(rows.values_list("school", "stage", "rule", "count", "amount_fen"))


def refused(code: str, deed: Any) -> None:
    """A deed is refused with this code, and nothing of it stays."""
    before = (Entry.objects.count(), Instalment.objects.count(), Derivation.objects.count())
    with pytest.raises(Refusal) as found:
        deed()
    assert found.value.code == code
    assert str(found.value)
    assert (Entry.objects.count(), Instalment.objects.count(), Derivation.objects.count()) == before


def paid(county: str = "410802", **given: Any) -> Instalment:
    facts: dict[str, Any] = {
        "term": SPRING_2023, "document": "示财〔2023〕1号", "total": 100, "paid_on": date(2023, 4, 1),
        "by": begun.county_officer(county), "at": AT, "why": WHY,
    }  # fmt: skip
    return pay(Area.objects.get(pk=county), **facts | given)


def test_a_term_is_reckoned_from_its_roll_and_every_line_is_what_its_rows_make() -> None:
    """A town school, a small rural one, a boarding school with a bed too few, a special school, a pupil on two rolls."""
    town, rural = begun.town(11), begun.town(7, location="rural")
    boards = begun.boarding(boarders=3, beds=2)
    special = makers.school(kind="special", location="rural")
    begun.pupils(special, 2)
    twin = Pupil.objects.filter(school=town).first()
    assert twin is not None
    makers.pupil(
        begun.pupils(boards, 0, stage="junior"), code=twin.code, since=makers.BEGUN + timedelta(days=1)
    )
    roll = begun.frozen()
    assert (roll.heads, roll.held, roll.without_bed) == (10 + 7 + 3 + 2, 2, 1)
    derivation = begun.derived(roll)
    assert lines() == [
        (town.pk, "primary", "base", 10, 10 * 36_000),
        (rural.pk, "primary", "base", 7, 7 * 36_000),
        (rural.pk, "primary", "small", 93, 93 * 36_000),
        (boards.pk, "junior", "base", 3, 3 * 47_000),
        (boards.pk, "junior", "boarder", 2, 2 * 15_000),
        (special.pk, "primary", "care", 2, 2 * 300_000),
    ]
    beds = {boards.pk: 2}
    rows = []
    for one in Pupil.objects.filter(holds(DAY)).order_by("pk"):
        bed = one.boarder and beds.get(one.school_id, 0) > 0
        beds[one.school_id] = beds.get(one.school_id, 0) - bed
        care = one.school_id == special.pk
        key = twin.pk if one.code == twin.code else one.pk
        rows.append(Row(key, one.school_id, one.stage, one.boarder, bed, care))
    about = {
        one.pk: About(one.location == "rural" and one.kind != "special", one.boarding)
        for one in School.objects.all()
    }
    assert faults(read_lines(derivation), rows, about, Reading()) == []
    due = dict(Entitlement.objects.filter(term="2023S").values_list("school", "amount_fen"))
    assert sum(due.values()) == derivation.total_fen
    assert due[rural.pk] == 100 * 36_000
    assert verify() is None
    every = Entitlement.objects.all()
    assert (
        list(over_rate(every, DAY)) == []
    )  # topped up, and at a rate of its own: neither is more than is due
    assert boards.pk not in entitlement_boarders(every, DAY).values_list("school", flat=True)
    boards.fundbasis_set.update(beds=3)
    assert boards.pk in entitlement_boarders(every, DAY).values_list("school", flat=True)


def test_a_rate_that_came_late_reckons_again_and_explains_each_fen() -> None:
    """Spring 2023 by 650/850/200, then by 720/940/300: by the closed form, due with the autumn."""
    town, boards = begun.town(5), begun.boarding(boarders=3, beds=3)
    roll = begun.frozen()
    old = rates_of(AUTUMN_2022)
    late = replace(rates_of(SPRING_2023), base=tuple(replace(one, until=None) for one in old.base), boarder=replace(old.boarder, until=None))  # fmt: skip
    first = begun.derived(roll, rates=late)
    again = begun.derived(roll)
    expected = {town.pk: 5 * 7_000 // 2, boards.pk: 3 * 9_000 // 2 + 3 * 10_000 // 2}
    notes = DifferenceNote.objects.filter(derivation=again)
    assert dict(notes.values_list("school", "amount_fen")) == expected
    assert set(notes.values_list("by_count_fen", "settle_term")) == {(0, "2023A")}
    assert again.difference_fen == sum(expected.values()) == again.total_fen - first.total_fen
    found = changes(again, School.objects.all())
    assert sum(one.difference for one in found) == again.difference_fen
    assert [one.rate for one in found if one.school == town] == [(65_000, 72_000)]
    spring, autumn = (dict(account_of(town, ["2023S", "2023A"]))[one] for one in ("2023S", "2023A"))
    assert (spring.due, spring.owed, autumn.due, autumn.settled) == (5 * 32_500, 5 * 32_500, 0, 17_500)
    refused("nothing-to-derive", lambda: begun.derived(roll))


def test_a_corrected_roll_is_a_difference_of_the_next_term_and_may_be_a_deduction() -> None:
    town = begun.town(5)
    begun.derived()
    gone = Pupil.objects.filter(school=town).first()
    assert gone is not None
    gone.until = DAY
    gone.save()
    again = begun.derived(begun.frozen())
    note = DifferenceNote.objects.get()
    assert (note.amount_fen, note.by_count_fen, note.by_rate_fen) == (-36_000, -36_000, 0)
    assert (again.number, again.previous_id is not None, again.roll.number) == (2, True, 2)
    assert Entitlement.objects.get(school=town).heads == 4
    refused("roll-unchanged", begun.frozen)


def test_an_instalment_is_shared_out_to_the_fen_and_arrears_are_seen() -> None:
    """Three schools, a sum that does not divide; then the rest, and then nothing more."""
    schools = [begun.town(number) for number in (1, 2, 4)]
    begun.derived()
    whole = 7 * 36_000
    row = paid(total=100_001)
    shares = dict(FundPayment.objects.values_list("school", "amount_fen"))
    assert sum(shares.values()) == row.total_fen == 100_001
    assert [shares[one.pk] for one in schools] == [14_286, 28_572, 57_143]
    found = accounts("2023S", School.objects.all())
    assert sum(one.arrears for one in found.values()) == whole - 100_001
    paid(document="示财〔2023〕2号", total=whole - 100_001)
    assert {one.arrears for one in accounts("2023S", School.objects.all()).values()} == {0}
    refused("more-than-owed", lambda: paid(document="示财〔2023〕3号", total=1))


def test_what_cannot_be_paid_is_refused_and_nothing_half_stays() -> None:
    town = begun.town(2, until=date(2023, 3, 20))
    refused("nothing-derived", paid)
    begun.derived()
    elsewhere = begun.boarding()
    for code, given in {
        "school-closed": {"school": town},
        "school-elsewhere": {"school": elsewhere},
        "more-than-owed": {"total": 10**9},
        "rate-at-wrong-term": {"stated": Stated(primary=65_000)},
        "day-to-come": {"paid_on": AT.date() + timedelta(days=1)},
        "deed-not-yours": {"by": begun.county_officer("410811"), "paid_on": date(2023, 3, 10)},
    }.items():
        refused(code, lambda given=given: paid(**given))
    paid(paid_on=date(2023, 3, 19), stated=Stated(72_000, 94_000))
    refused("document-paid", lambda: paid(paid_on=date(2023, 3, 19)))


def test_a_roll_of_no_day_of_the_term_and_rates_of_another_term_are_refused() -> None:
    begun.town(1)
    refused("day-outside-term", lambda: begun.frozen(AUTUMN_2023))
    refused("roll-of-a-day-to-come", lambda: begun.frozen(day=AT.date() + timedelta(days=1)))
    refused("nobody-on-roll", lambda: begun.frozen(AUTUMN_2019, day=date(2019, 9, 2)))
    roll = begun.frozen()
    refused("rates-of-another-term", lambda: begun.derived(roll, rates=rates_of(AUTUMN_2022)))
    with pytest.raises(NotAllowed):
        begun.frozen(day=date(2023, 3, 2), by=begun.county_officer())


def test_more_pupils_in_special_education_than_on_the_roll_stop_the_freeze() -> None:
    boards = begun.boarding(boarders=1, beds=1)
    boards.fundbasis_set.update(care_junior=2)
    refused("more-care-than-heads", begun.frozen)
    boards.fundbasis_set.update(care_junior=1)
    begun.derived()
    assert [(rule, count) for _s, _t, rule, count, _a in lines()] == [("care", 1), ("boarder", 1)]


def test_no_more_is_published_as_used_than_came_in() -> None:
    town = begun.town(2)
    begun.derived()
    paid(total=50_000)
    facts: dict[str, Any] = {"school": town, "area_id": town.area_id, "year": 2023, "published_on": DAY}
    first = FundUse(kind="teaching", amount_fen=50_000, **facts)
    first.clean()
    first.save()
    with pytest.raises(ValidationError, match=r"超过收到的 500\.00 元"):
        FundUse(kind="office", amount_fen=1, **facts).clean()


def test_a_kindergarten_is_due_its_subsidy_until_the_day_of_its_withdrawal() -> None:
    """Recognised in time, withdrawn on 1 July, overpaid by then, and a public one that gets none."""
    held, gone, over, public = (
        makers.kindergarten(nature="public" if n == 3 else "private") for n in range(4)
    )
    for one in (held, gone, over):
        facts = {"decision": "recognised", "decided_on": makers.BEGUN, "since": makers.BEGUN}
        until = {} if one == held else {"until": date(2023, 7, 1), "ended_by": "withdrawn"}
        makers.application(one, **facts, **until)
    for one in (held, gone, over, public):
        private = one != public
        Census.objects.create(
            kindergarten=one, area_id=one.area_id, year=2023, counted_on=date(2023, 9, 30), children=50,
            nature="private" if private else "public", inclusive=one == held,
        )  # fmt: skip
    full, half = 50 * 20_000, 50 * 20_000 * 181 // 365
    Subsidy.objects.create(
        kindergarten=over, area_id=over.area_id, year=2023, heads=50, owed_fen=full, paid_fen=full
    )
    written = derive_subsidies(2023, by=begun.officer(), at=AT, why=WHY)
    assert (written.new, written.changed, written.overpaid) == (2, 0, 1)
    due = dict(Subsidy.objects.filter(year=2023).values_list("kindergarten", "owed_fen"))
    assert due == {held.pk: full, gone.pk: half, over.pk: full}
    refused("subsidies-unchanged", lambda: derive_subsidies(2023, by=begun.officer(), at=AT, why=WHY))
    refused("no-census-of-year", lambda: derive_subsidies(2022, by=begun.officer(), at=AT, why=WHY))
