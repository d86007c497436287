"""Exact ones are linked, doubtful ones wait for people, the others are counted; a new version is compared with the last."""

from datetime import date
from typing import Any

import pytest

from junheng.domains.partnerlists.actions.deciding import decide
from junheng.domains.partnerlists.actions.keeping import match
from junheng.domains.partnerlists.models import PartnerList, PartnerPair, PartnerRow
from junheng.domains.partnerlists.queries.found import found
from junheng.domains.partnerlists.queries.standing import standings
from junheng.domains.partnerlists.terms import PairState
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.audit.models import Entry
from tests.domains import makers
from tests.domains.partnerlists.made import (
    AT,
    HERE,
    ON,
    THERE,
    WHY,
    line,
    matched,
    number,
    officer,
    pairs,
    pupil,
    taken,
)

LATER = {"as_of": date(2024, 3, 1), "valid_until": date(2024, 12, 31)}


def test_number_and_name_link_a_slip_waits_and_who_is_not_here_is_a_number() -> None:
    sure, slip, namesake = pupil("张安宁", 1), pupil("李明轩", 3), pupil("王之远", 5)
    source = matched(
        line(sure),
        line(slip, name="李铭轩"),
        line(namesake, number=""),
        ("不在册", number(77, born="20130506"), "2013-05-06", "男", "解放区"),
    )
    told = standings([source])[source.pk]
    assert (told.exact, told.doubtful, told.not_here) == (1, 2, 1)
    assert [(one.pupil_id, one.name_differs, one.state) for one in pairs(source)] == [
        (slip.pk, True, PairState.OPEN),
        (namesake.pk, False, PairState.OPEN),
    ]
    assert all(one.reasons for one in pairs(source))
    assert not any(word in str(pairs(source)[0].reasons) for word in ("李明轩", "李铭轩", slip.id_number))
    assert [(one.pupil, one.category, one.exact, one.owner) for one in found(ON)] == [
        (sure.pk, "A3", True, "解放区民政局")
    ], "nobody is found by a pair that is open"


def test_who_is_on_two_rolls_and_twins_are_asked_never_guessed() -> None:
    one = pupil("张安宁", 1)
    again = pupil("张安宁", 1, at=makers.school(area_id=THERE), code=f"L{number(1)[:14]}0000")
    left, right = pupil("赵子安", 3, sex=1), pupil("赵子安", 5, sex=1)
    source = matched(line(one), line(left, number=""))
    offered = {pair.pupil_id for pair in pairs(source)}
    assert offered == {one.pk, again.pk, left.pk, right.pk}
    assert found(ON) == []


def test_a_pupil_without_an_identity_number_is_known_by_the_pupil_number_that_holds_it() -> None:
    one = pupil("张安宁", 1)
    pupil_number = one.id_number
    one.id_number = ""
    one.save()
    source = matched(("张安宁", pupil_number, "2014-03-01", "男", "解放区"))
    assert standings([source])[source.pk].exact == 1


def test_lines_are_sealed_and_the_entry_says_only_how_many() -> None:
    one = pupil("张安宁", 1)
    source = matched(line(one))
    row = PartnerRow.objects.values().get()
    assert not any(word in str(row) for word in ("张安宁", one.id_number, "2014-03-01"))
    entries = str(
        list(Entry.objects.filter(table__startswith="partnerlists").values("why", "before", "after"))
    )
    assert "exact" in entries
    assert not any(word in entries for word in ("张安宁", one.id_number, row["number_blind"]))
    assert PartnerList.objects.get() == source


def test_a_new_version_says_who_came_and_left_keeps_decisions_and_ends_the_old_one() -> None:
    stays, leaves, comes, slip = (
        pupil(f"示例{x}", n) for x, n in (("甲", 1), ("乙", 3), ("丙", 5), ("丁", 7))
    )
    changed = pupil("示例戊", 9)
    by = officer()
    old = matched(line(stays), line(leaves), line(slip, number=""), line(changed), by=by)
    decide(pairs(old)[0], "same", by=by, at=AT, words="户口簿一致")
    new = matched(
        line(stays), line(comes), line(slip, number=""), line(changed, born="2014-03-02"), by=by, **LATER
    )
    assert (new.came, new.left, new.changed) == (1, 1, 1)
    old.refresh_from_db()
    assert old.replaced_on == LATER["as_of"]
    assert {one.pupil for one in found(date(2024, 2, 29))} == {stays.pk, leaves.pk, slip.pk, changed.pk}
    after = {one.pupil: one for one in found(date(2024, 3, 1))}
    assert set(after) == {stays.pk, comes.pk, slip.pk, changed.pk}
    assert after[slip.pk].decided_by == by.username
    assert PartnerPair.objects.get(row__partner_list=new, exact=False).carried
    with pytest.raises(Conflict) as refusal:
        match(old, on=ON, by=by, at=AT, why=WHY)
    assert refusal.value.code == "partner-list-replaced"


def test_compared_again_nothing_that_people_decided_is_undone() -> None:
    slip, other = pupil("李明轩", 3), pupil("王之远", 5)
    by = officer()
    source = matched(line(slip, number=""), line(other, number=""), by=by)
    decide(pairs(source)[0], "not_same", by=by, at=AT, words="同名同日")
    pupil("张安宁", 1)
    match(source, on=ON, by=by, at=AT, why=WHY)
    assert [one.state for one in pairs(source)] == [PairState.NOT_SAME, PairState.OPEN]


def test_a_pupil_who_changes_schools_takes_the_link_and_the_decision_along() -> None:
    sure, slip = pupil("张安宁", 1), pupil("李明轩", 3)
    by = officer()
    source = matched(line(sure), line(slip, number=""), by=by)
    decide(pairs(source)[0], "same", by=by, at=AT, words="户口簿一致")
    moved = []
    for one in (sure, slip):
        one.until = date(2023, 9, 25)
        one.save()
        facts = {"id_number": one.id_number, "code": one.code, "since": one.until, "sex": one.sex}
        moved.append(makers.pupil(makers.school_class(makers.school()), name=one.name, **facts))
    match(source, on=date(2023, 9, 30), by=by, at=AT, why=WHY)
    assert {(one.pupil, one.exact) for one in found(ON)} == {(moved[0].pk, True), (moved[1].pk, False)}
    assert PartnerPair.objects.count() == 2


def test_who_was_on_two_rolls_is_linked_when_one_of_them_ends() -> None:
    one = pupil("张安宁", 1)
    again = pupil("张安宁", 1, at=makers.school(area_id=THERE), code=f"L{number(1)[:14]}0000")
    by = officer()
    source = matched(line(one), by=by)
    assert len(pairs(source)) == 2
    again.until = date(2023, 9, 25)
    again.save()
    match(source, on=date(2023, 9, 30), by=by, at=AT, why=WHY)
    assert pairs(source) == []
    assert [each.pupil for each in found(ON)] == [one.pk]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"category": "A11"}, "partner-list-category"),
        ({"owner": " "}, "partner-list-source"),
        ({"valid_until": date(2023, 9, 9)}, "partner-list-validity"),
        ({"valid_until": date(2025, 9, 10)}, "partner-list-validity"),
        ({"area": THERE}, "partner-list-not-yours"),
    ],
)
def test_a_list_without_source_end_or_right_is_refused(given: dict[str, Any], code: str) -> None:
    one = pupil("张安宁", 1)
    with pytest.raises((Refusal, NotAllowed)) as refusal:
        taken(line(one), **given)
    assert refusal.value.code == code
    assert not PartnerList.objects.exists()


def test_an_older_list_does_not_follow_a_newer_one() -> None:
    one = pupil("张安宁", 1)
    by = officer()
    taken(line(one), by=by)
    with pytest.raises(Conflict) as refusal:
        taken(line(one), by=by, as_of=date(2023, 9, 10), valid_until=date(2024, 1, 1))
    assert refusal.value.code == "partner-list-not-newer"
    assert taken(line(one), by=by, category="A1").area_id == HERE
