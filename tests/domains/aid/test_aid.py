"""Aid from the lists to payment: found, confirmed with a digest, answered by families, paid, returned, and explained."""

from datetime import date, timedelta

import pytest

from junheng.domains.aid.actions import answering, checking, finding, paying
from junheng.domains.aid.models import AidLine, AidReason, Eligibility, Payment, Waiver
from junheng.domains.aid.queries.gaps import extra, missed
from junheng.domains.aid.queries.letters import code_of, letter_of, proves
from junheng.domains.aid.queries.owed import owed_in
from junheng.domains.aid.queries.rules import dues
from junheng.domains.aid.queries.sums import school_rows
from junheng.domains.pupils.models import Pupil
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from tests.domains import makers
from tests.domains.aid.made import AT, DAY, HERE, TERM, WHY, confirmed, found, letter_to, paid, town

pytestmark = pytest.mark.django_db


def living() -> dict[int, int]:
    return dict(Payment.objects.filter(returned_on=None).values_list("pupil", "amount_fen"))


@pytest.mark.parametrize(
    ("term", "stage", "boarder", "categories", "due"),
    [
        ("2023A", "primary", False, {"A3"}, {"living": 25_000}),
        ("2023A", "primary", True, {"A3"}, {"living": 50_000}),
        ("2024S", "primary", False, {"A1"}, {"living": 31_250, "nutrition": 50_000}),
        ("2023A", "junior", True, {"A2", "A9"}, {"living": 62_500, "nutrition": 50_000}),
        ("2024S", "junior", True, {"A9"}, {"living": 75_000}),
        ("2024S", "junior", False, {"A9"}, {}),
        ("2023A", "senior", True, {"A6"}, {"senior_grant": 150_000}),
        ("2024A", "senior", False, {"A8"}, {"senior_grant": 100_000, "fee_waiver": None}),
        ("2025S", "senior", False, {"A8"}, {"senior_grant": 115_000, "fee_waiver": None}),
        ("2023A", "senior", False, {"A9"}, {"senior_grant": 50_000}),
        ("2023A", "primary", False, set(), {}),
    ],
)
def test_a_programme_pays_by_stage_boarding_category_and_term(term, stage, boarder, categories, due) -> None:
    lines = dues(stage, boarder=boarder, categories=categories, term=SchoolTerm.parse(term))
    assert {str(one.scheme): one.fen for one in lines} == due


def test_found_by_lists_confirmed_as_read_and_paid_to_the_fen() -> None:
    here = town()
    one = found(here)
    assert (one.lines, one.held) == (2, 0)
    with pytest.raises(Conflict, match="名单与您看到的不是同一份"):
        finding.confirm(one, digest="0" * 64, by=here.officer, at=AT, why=WHY)
    with pytest.raises(NotAllowed, match="只能由这一区划的资助专员办理"):
        finding.confirm(
            one, digest=one.digest, by=makers.user(Role.AID_OFFICER, area="410811"), at=AT, why=WHY
        )
    again = found(here)
    assert (again.number, again.digest) == (2, one.digest)
    with pytest.raises(Conflict, match="已被新的代替"):
        finding.confirm(one, digest=one.digest, by=here.officer, at=AT, why=WHY)
    AidLine.objects.filter(finding=again).update(amount_fen=1)
    with pytest.raises(Conflict, match="名单与您看到的不是同一份"):
        finding.confirm(again, digest=again.digest, by=here.officer, at=AT, why=WHY)
    last = confirmed(here)
    assert set(Eligibility.objects.values_list("pupil", "amount_fen")) == {
        (here.poor.pk, 25_000), (here.boarder.pk, 62_500),
    }  # fmt: skip
    with pytest.raises(Conflict, match="没有新的资助对象"):
        found(here)
    assert [one.step for one in missed(TERM, day=DAY, area=HERE)] == ["已认定，尚未发放"] * 2
    assert missed(TERM, day=DAY, area="410811") == []

    with pytest.raises(Refusal, match="金额须大于零，且不超过可发的金额"):
        paid(here, total=87_501)
    assert paid(here, total=50_001).total_fen == 50_001
    assert living() == {here.poor.pk: 14_286, here.boarder.pk: 35_715}, (
        "largest remainder: the parts are the sum"
    )
    with pytest.raises(Conflict, match="已经登记过发放"):
        paid(here)
    paid(here, "示资〔2023〕2号")
    owed = owed_in(HERE, "living", "2023A", on=DAY)
    assert [(one.due, one.paid, one.left) for one in owed] == [(25_000, 25_000, 0), (62_500, 62_500, 0)]
    with pytest.raises(Refusal, match="没有可以发放的"):
        paid(here, "示资〔2023〕3号")
    assert missed(TERM, day=DAY, area=HERE) == extra(TERM, area=HERE) == []
    rows = school_rows(HERE, "示资〔2023〕2号")
    assert [(one.count, one.fen) for one in rows] == [(None, None)], "two are too few to be shown"
    assert last.confirmed_by == here.officer.username


def test_a_pupil_on_two_rolls_gone_waived_or_twice_returned_is_not_paid_and_told_why() -> None:
    here = town()
    confirmed(here)
    twin = makers.pupil(
        makers.school_class(makers.school(area_id="410811")), code=here.poor.code, since=date(2023, 9, 5)
    )
    with pytest.raises(Refusal, match="在两所学校有学籍，核实前不发放"):
        paid(here, pupil=here.poor)
    assert "在两所学校有学籍，核实前不认定" in {
        one.words for one in missed(TERM, day=DAY, area=HERE) if not one.certain
    }
    assert paid(here).count == 1
    Pupil.objects.filter(pk__in=[twin.pk, here.poor.pk]).update(until=DAY)
    with pytest.raises(Refusal, match="已离校，不在本市任何学校在籍"):
        paid(here, "2号", pupil=here.poor)
    Pupil.objects.filter(pk=here.poor.pk).update(until=None)
    with pytest.raises(Refusal, match="没有在本县（市、区）认定"):
        paid(here, "2号", pupil=here.other)
    with pytest.raises(Conflict, match="已经足额发放"):
        paid(here, "2号", pupil=here.boarder)
    answering.waive(letter_to(here, here.poor), schemes=["living"], signed_by="家长甲", reason="", at=AT)
    with pytest.raises(Refusal, match="家庭已签字放弃"):
        paid(here, "2号", pupil=here.poor)

    for number in ("3号", "4号"):
        back = Payment.objects.get(pupil=here.boarder, returned_on=None)
        with pytest.raises(Refusal, match="早于发放日"):
            paying.take_return(back, on=DAY - timedelta(days=1), by=here.officer, at=AT, why=WHY)
        paying.take_return(back, on=DAY, by=here.officer, at=AT, why=WHY)
        with pytest.raises(Conflict, match="已于 2023-09-20 登记退回"):
            paying.take_return(back, on=DAY, by=here.officer, at=AT, why=WHY)
        if number == "3号":
            paid(here, number)
    with pytest.raises(Refusal, match="已两次退回，请学校核对收款账户"):
        paid(here, "5号", pupil=here.boarder)
    check = checking.ask_school(here.boarder, question="account", by=here.officer, at=AT, why=WHY)
    with pytest.raises(Conflict, match="已经问过"):
        checking.ask_school(here.boarder, question="account", by=here.officer, at=AT, why=WHY)
    with pytest.raises(NotAllowed, match="由校长办理"):
        checking.answer_check(check, answer="yes", by=here.officer, at=AT, why=WHY)
    checking.answer_check(check, answer="yes", by=here.principal, at=AT, why=WHY)
    with pytest.raises(Conflict, match="没有改动"):
        checking.answer_check(check, answer="no", by=here.principal, at=AT, why=WHY)
    assert paid(here, "5号", pupil=here.boarder).total_fen == 62_500


def test_a_family_waives_by_signature_and_takes_it_back_until_payment() -> None:
    here = town()
    confirmed(here)
    letter = letter_to(here, here.poor)
    with pytest.raises(Conflict, match="没有新的可发"):
        answering.write_letters(here.area, term=TERM, by=here.officer, at=AT, why=WHY)
    code = code_of(letter)
    assert letter_of(code.lower()) == letter
    assert letter_of(code[:-1] + ("0" if code[-1] != "0" else "1")) is None
    assert [proves(letter, one) for one in (here.poor.id_number[-4:], "2014-03-01", "1", "", "0000")] == [
        True, True, False, False, False,
    ]  # fmt: skip
    assert letter_of(code_of(answering.write_again(letter, by=here.officer, at=AT, why=WHY))).turn == 2
    assert letter_of(code) is None, "an older letter opens nothing"

    with pytest.raises(Refusal, match="请在“签字”一栏"):
        answering.waive(letter, schemes=["living"], signed_by=" ", reason="", at=AT)
    answering.waive(letter, schemes=["living"], signed_by="家长甲", reason="家里好转", at=AT)
    assert Waiver.objects.get().signed_by == "家长甲"
    with pytest.raises(Refusal, match="已经放弃过"):
        answering.waive(letter, schemes=["living"], signed_by="家长甲", reason="", at=AT)
    answering.take_back(letter, scheme="living", at=AT)
    assert not Waiver.objects.exists()
    assert Entry.objects.filter(table="aid.waiver").order_by("-pk")[0].before["scheme"] == "living"
    with pytest.raises(Conflict, match="没有可撤回的"):
        answering.take_back(letter, scheme="living", at=AT)
    answering.waive(letter, schemes=["living"], signed_by="家长甲", reason="", at=AT)
    paid(here)
    assert living() == {here.boarder.pk: 62_500}
    with pytest.raises(Conflict, match="已经开始发放"):
        answering.take_back(letter, scheme="living", at=AT)
    with pytest.raises(Conflict, match="已经发放，不能再放弃"):
        answering.waive(
            letter_to(here, here.boarder), schemes=["living"], signed_by="家长乙", reason="", at=AT
        )
    assert missed(TERM, day=DAY, area=HERE) == []


def test_what_does_not_agree_has_a_reason_of_an_officer_of_the_place() -> None:
    here = town()
    Payment.objects.create(
        pupil=here.other, area_id=HERE, scheme="living", term="2023A", amount_fen=1, paid_on=DAY
    )
    assert [(one.pupil, one.words) for one in extra(TERM, area=HERE)] == [(here.other.pk, "")]
    facts = {"scheme": "living", "term": TERM, "side": "extra", "at": AT, "why": WHY}
    with pytest.raises(Refusal, match="至少 4 个字"):
        checking.give_reason(here.other, words="无", by=here.officer, **facts)
    with pytest.raises(NotAllowed, match="这一区划的资助专员"):
        checking.give_reason(here.other, words="名单更正中", by=here.principal, **facts)
    checking.give_reason(here.other, words="名单更正中", by=here.officer, **facts)
    checking.give_reason(here.other, words="名单已更正，下月追回", by=here.officer, **facts)
    assert AidReason.objects.count() == 1
    assert extra(TERM, area=HERE)[0].words == "名单已更正，下月追回"
    gaps = missed(TERM, day=DAY, area=HERE)
    assert {one.step for one in gaps} == {"名单中有，尚未确认"}


def test_who_changed_school_is_found_under_the_new_one() -> None:
    here = town()
    makers.pupil(
        makers.school_class(makers.school(area_id="410811")), code=here.poor.code, id_number=here.poor.id_number,
        since=date(2023, 9, 19), name="示例甲",
    )  # fmt: skip
    Pupil.objects.filter(pk=here.poor.pk).update(until=date(2023, 9, 19))
    assert {one.pupil for one in missed(TERM, day=DAY, area=HERE)} == {here.boarder.pk}
    moved = missed(TERM, day=DAY, area="410811")
    assert [one.scheme for one in moved] == ["living"]
    near = makers.pupil(
        makers.school_class(makers.school(), stage="junior", grade=7), code=here.boarder.code, since=date(2023, 9, 19),
        stage="junior", grade=7, id_number=here.boarder.id_number, name="示例乙",
    )  # fmt: skip
    Pupil.objects.filter(pk=here.boarder.pk).update(until=date(2023, 9, 19))
    assert [(one.pupil, one.scheme) for one in missed(TERM, day=DAY, area=HERE)] == [(near.pk, "living")]
