"""An application of a family on no list: promise, school, publicity inside the school, objection, county; and loans and hours."""

from datetime import date, datetime, time

import pytest
from django.core.exceptions import ValidationError

from junheng.domains.aid.actions import booking, requesting
from junheng.domains.aid.models import AidRequest, Loan, LoanBooking, LoanSlot
from junheng.domains.aid.queries.loans import above_cap, by_year, free_hours, twice
from junheng.domains.aid.terms import RequestStage
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from tests.domains.aid.made import AT, HERE, SHANGHAI, WHY, found, town

pytestmark = pytest.mark.django_db
LAST = datetime(2023, 10, 8, 23, 59, tzinfo=SHANGHAI)
"""The last minute of five working days after the 25th of September: holidays from the 29th to the 6th, work on the weekend after."""
AFTER = datetime(2023, 10, 9, 0, 1, tzinfo=SHANGHAI)


def asked(here, **given) -> AidRequest:
    facts = {"kind": "illness", "words": "父亲患病住院", "promised_by": "家长丙", "at": AT}
    return requesting.apply(here.other, **facts | given)


def test_an_application_goes_its_way_and_is_found_with_those_of_the_lists() -> None:
    here = town()
    school, county = {"by": here.principal, "why": WHY}, {"by": here.officer, "why": WHY}
    with pytest.raises(Refusal, match="写上家长本人的姓名作为承诺"):
        asked(here, promised_by=" ")
    one = asked(here)
    assert one.words == "家庭成员患病：父亲患病住院"
    with pytest.raises(Conflict, match="本学年已有一份申请"):
        asked(here)
    with pytest.raises(NotAllowed, match="由校长办理"):
        requesting.recognise(one, band="hard", at=AT, **county)
    with pytest.raises(Conflict, match="现为“待学校认定”"):
        requesting.send_up(one, at=AT, **school)
    shown = requesting.recognise(one, band="hard", at=AT, **school)
    assert (shown.stage, shown.shown_until) == (RequestStage.SHOWN, date(2023, 10, 8))
    with pytest.raises(Refusal, match="校内公示到 2023-10-08 24 时截止"):
        requesting.send_up(one, at=LAST, **school)
    requesting.take_objection(one, words="家里有车", at=LAST, **school)
    with pytest.raises(Conflict, match="上一条异议还没有书面答复"):
        requesting.take_objection(one, words="又一条", at=LAST, **school)
    with pytest.raises(Conflict, match="还有一条异议没有书面答复"):
        requesting.send_up(one, at=AFTER, **school)
    requesting.answer_objection(one, words="车为营运所用，已核实", at=AFTER, **school)
    with pytest.raises(Conflict, match="公示已于 2023-10-08 24 时截止"):
        requesting.take_objection(one, words="晚到", at=AFTER, **school)
    with pytest.raises(Conflict, match="没有待答复的异议"):
        requesting.answer_objection(one, words="再答", at=AFTER, **school)
    requesting.send_up(one, at=AFTER, **school)
    assert found(here).lines == 2, "not before the county has agreed"
    with pytest.raises(NotAllowed, match="由资助专员办理"):
        requesting.approve(one, words="同意", at=AFTER, **school)
    with pytest.raises(NotAllowed, match="由资助专员办理"):
        requesting.refuse(one, words="不同意", at=AFTER, **school)
    requesting.approve(one, words="同意", at=AFTER, **county)
    last = found(here)
    assert set(last.aidline_set.filter(pupil=here.other).values_list("category", "band", "amount_fen")) == {
        ("A11", "hard", 25_000)
    }


def test_a_school_that_does_not_recognise_tells_the_family_and_another_may_follow() -> None:
    here = town()
    one = requesting.refuse(asked(here), words="情况已好转", by=here.principal, at=AT, why=WHY)
    assert (one.stage, one.ended_words) == (RequestStage.REFUSED, "情况已好转")
    asked(here)


def test_a_contract_above_every_cap_is_refused_and_others_are_asked_about() -> None:
    town()

    def contract(number: str, yuan: int, card: str = "", signed: date = date(2023, 7, 20)) -> Loan:
        row = Loan(
            code=number, borrower="示例丁", borrower_id=card, area_id=HERE, kind="first", amount_fen=yuan * 100,
            signed_on=signed,
        )  # fmt: skip
        row.clean()
        row.save()
        return row

    with pytest.raises(ValidationError, match="超过 2023 学年的年度上限 20000.00 元"):
        contract("D0", 20_001)
    with pytest.raises(ValidationError, match="2022 学年的年度上限 16000.00 元"):
        contract("D1", 16_001, signed=date(2023, 6, 30))
    plain = contract("D2", 16_000, "990802200503010011")
    high = contract("D3", 16_001)
    again = contract("D4", 8_000, "990802200503010011", signed=date(2024, 1, 5))
    contract("D5", 8_000, "990802200503010011", signed=date(2024, 7, 5))
    rows = Loan.objects.all()
    assert list(above_cap(rows, 2023)) == [high]
    assert list(twice(rows, 2023)) == [plain, again]
    assert [(one.year, one.every) for one in by_year(rows)] == [(2024, 2), (2023, 2)]


def test_an_hour_is_taken_by_a_code_and_not_by_more_than_it_holds() -> None:
    here = town()
    facts = {"begins": [time(9), time(10)], "day": AT.date(), "by": here.officer, "at": AT, "why": WHY}
    day = date(2023, 9, 28)
    with pytest.raises(Refusal, match="从明天以后开始"):
        booking.set_hours(here.area, first=AT.date(), last=day, places=1, **facts)
    with pytest.raises(NotAllowed, match="这一区划的资助专员"):
        booking.set_hours(here.area, first=day, last=day, places=1, **facts | {"by": here.principal})
    assert booking.set_hours(here.area, first=day, last=date(2023, 10, 6), places=1, **facts) == 2, (
        "holidays have none"
    )
    with pytest.raises(Conflict, match="都已经设置，或者都不是工作日"):
        booking.set_hours(here.area, first=day, last=day, places=1, **facts)
    slot = LoanSlot.objects.order_by("begins")[0]
    one = booking.book(slot, day=AT.date(), at=AT)
    assert len(one.code) == 12
    with pytest.raises(Conflict, match="刚刚约满"):
        booking.book(slot, day=AT.date(), at=AT)
    assert [one.free for one in free_hours(HERE, after=AT.date()).order_by("begins")] == [0, 1]
    booking.cancel(one, at=AT)
    with pytest.raises(Conflict, match="已经取消"):
        booking.note_came(one, by=here.officer, at=AT, why=WHY)
    second = booking.book(slot, day=AT.date(), at=AT)
    with pytest.raises(Refusal, match="不能再预约了"):
        booking.book(slot, day=day, at=AT)
    booking.note_came(second, by=here.officer, at=AT, why=WHY)
    assert LoanBooking.objects.get(pk=second.pk).came
