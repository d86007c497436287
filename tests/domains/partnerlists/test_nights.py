"""Some days after a list ended what it said of people is destroyed, and that can be shown."""

from datetime import date, timedelta

import pytest

from junheng.content.rulebook import PRIVACY
from junheng.domains.partnerlists.actions.deciding import decide
from junheng.domains.partnerlists.actions.keeping import match
from junheng.domains.partnerlists.actions.nights import forget, listed
from junheng.domains.partnerlists.models import PartnerPair, PartnerRow
from junheng.domains.partnerlists.queries.found import found
from junheng.kernel.errors import Refusal
from junheng.platform.audit.models import Entry
from junheng.platform.sealing import Gone
from junheng.platform.sealing.erased import on_the_list
from tests.domains.partnerlists.made import AT, ON, TERMS, WHY, line, matched, officer, pairs, pupil


def test_a_list_is_destroyed_on_its_day_and_not_before() -> None:
    sure, left = pupil("张安宁", 1), pupil("赵子安", 3)
    by = officer()
    source = matched(line(sure), line(left, number=""), by=by)
    decide(pairs(source)[0], "same", by=by, at=AT, words="核对一致")
    days = PRIVACY.keep_partner_lists.on(ON)
    assert days.certainty.to_be_confirmed
    last = TERMS["valid_until"] + timedelta(days=days.value)
    assert forget(on=last, at=AT) == 0
    assert len(found(ON)) == 2
    assert forget(on=last + timedelta(days=1), at=AT) == 2
    assert forget(on=last + timedelta(days=2), at=AT) == 0
    assert not PartnerPair.objects.exists()
    assert found(ON) == []
    rows = list(PartnerRow.objects.all())
    assert all(
        isinstance(one.name, Gone) and not one.seal and not one.number_blind and one.sex is None
        for one in rows
    )
    source.refresh_from_db()
    assert source.erased_on == last + timedelta(days=1)
    assert listed(source) == len(on_the_list()) == 2
    assert Entry.objects.filter(table="partnerlists.partnerlist", after__keys=2).exists()
    with pytest.raises(Refusal) as refusal:
        match(source, on=ON, by=by, at=AT, why=WHY)
    assert refusal.value.code == "partner-list-erased"


def test_a_list_that_was_replaced_is_destroyed_by_the_day_of_the_new_one() -> None:
    one = pupil("张安宁", 1)
    by = officer()
    old = matched(line(one), by=by)
    new = matched(line(one), by=by, as_of=date(2023, 12, 1), valid_until=date(2024, 11, 30))
    days = PRIVACY.keep_partner_lists.on(ON).value
    assert forget(on=date(2023, 12, 1) + timedelta(days=days), at=AT) == 1
    old.refresh_from_db()
    assert old.erased_on is not None
    assert [each.partner_list for each in found(date(2024, 1, 1))] == [new.pk]
