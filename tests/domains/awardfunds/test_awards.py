"""Award money from the province's document to the school's use: rule times titles, parts, receipts, uses, revocation."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from junheng.domains.awardfunds import actions
from junheng.domains.awardfunds.models import AwardLine, AwardPayment, AwardRecovery, AwardUse
from junheng.domains.awardfunds.queries.ledger import followed, paid_of
from junheng.domains.awardfunds.queries.rules import equations, without_grant
from junheng.domains.awardfunds.terms import Verdict
from junheng.domains.schools.models import School
from junheng.domains.titles.models import Grant, Title
from junheng.domains.titles.terms import TitleName
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.audit.models import Entry
from tests.domains import makers
from tests.domains.awardfunds import made
from tests.domains.awardfunds.made import AT, DEMONSTRATION, FEATURE, ISSUED, MILLION, PAID, WHY

ON = date(2023, 12, 20)


def refused(code: str, call: Any, *args: Any, **given: Any) -> str:
    """Refused with that code, and nothing written."""
    counts = [model.objects.count() for model in (AwardLine, AwardPayment, Grant, Entry)]
    with pytest.raises((Refusal, Conflict, NotAllowed)) as caught:
        call(*args, **given)
    assert caught.value.code == code
    assert [model.objects.count() for model in (AwardLine, AwardPayment, Grant, Entry)] == counts
    return str(caught.value)


def use(school: School, amount: int, **given: Any) -> AwardUse:
    facts = {
        "item": "添置实验器材",
        "kind": "equipment",
        "proof": "票1",
        "spent_on": PAID,
        "published_on": ON,
    }
    row = AwardUse(school=school, area_id=school.area_id, amount_fen=amount, **facts | given)
    row.full_clean()
    row.save()
    return row


def test_rule_times_titles_is_what_a_document_grants_and_the_page_adds_up() -> None:
    for _ in range(4):
        made.title()
    for _ in range(13):
        made.title(FEATURE)
    made.title(level="city")  # the city's own: no money
    made.title(revoked_on=ISSUED)  # gone before the document came
    made.title(awarded_on=date(2022, 12, 31))  # another year
    words = refused("award-sum-differs", made.noted, total=5 * MILLION)
    assert "4" in words
    made.noted(total=4 * MILLION)
    notice = made.noted(FEATURE, total=13 * MILLION // 2, document="特色校文件")
    assert (notice.titles, notice.total_fen) == (13, 13 * 50_000_000)
    rows = followed(Grant.objects.all())
    titles = Title.objects.filter(awarded_on__year=2023)
    sums = equations(titles, rows, ON)
    assert [(one.titles, one.due, one.left) for one in sums] == [(4, 4 * MILLION, 0), (13, 650_000_000, 0)]
    assert sum(one.granted for one in sums) == 1_050_000_000
    assert not without_grant(titles, ON).exists()
    refused("award-no-titles", made.noted, document="又一个")
    refused("award-document-known", made.noted)
    refused("award-without-rule", made.noted, name=TitleName.SAFE_CAMPUS, document="平安校园")


def test_a_grant_entered_by_hand_is_joined_to_its_document_if_it_is_of_that_amount() -> None:
    one = made.title()
    grant = Grant.objects.create(title=one, area_id=one.area_id, amount_fen=1, granted_on=ISSUED)
    refused("award-grant-differs", made.noted)
    Grant.objects.update(amount_fen=MILLION)
    made.noted()
    assert AwardLine.objects.get().grant == grant
    assert Grant.objects.count() == 1


def test_a_grant_is_paid_in_parts_confirmed_by_its_school_and_named_until_its_use_is_published() -> None:
    grant = made.granted()
    school = grant.title.school
    (row,) = followed(Grant.objects.all())
    assert (row.arrears, row.document) == (MILLION, AwardLine.objects.get().notice.code)
    first = made.paid(grant, 30_000_000)
    grant.refresh_from_db()
    assert (grant.paid_on, paid_of(grant)) == (None, 30_000_000)
    assert "尚欠 700,000.00 元" in followed(Grant.objects.all())[0].named(ON)
    refused("award-more-than-owed", made.paid, grant, 70_000_001, document="县财教2号")
    refused("award-paid-by-document", made.paid, grant, 1)
    second = made.paid(grant, 70_000_000, document="县财教2号", on=date(2023, 6, 1))
    grant.refresh_from_db()
    assert grant.paid_on == date(2023, 6, 1)
    refused("award-receipt-not-yours", made.received, first, by=made.county())
    refused("award-receipt-not-yours", made.received, first, by=made.finance())
    other = made.principal(makers.school())
    refused("deed-not-yours", made.received, first, by=other)
    refused("award-received-too-early", made.received, second)
    made.received(first)
    assert "尚未确认到账 700,000.00 元" in followed(Grant.objects.all())[0].named(ON)
    refused("award-received-already", made.received, first)
    with pytest.raises(ValidationError, match="超过学校已到账的 300000.00 元"):
        use(school, 30_000_001)
    made.received(second, on=date(2023, 12, 1))
    use(school, 60_000_000)
    assert "待公示使用情况，期限 2024-05-29" in followed(Grant.objects.all())[0].named(ON)
    assert "已超过期限" in followed(Grant.objects.all())[0].named(date(2024, 5, 30))
    use(school, 40_000_000, proof="票2")
    assert followed(Grant.objects.all())[0].named(ON) == ""


def test_what_is_forbidden_is_refused_with_its_clause_whatever_it_is_called() -> None:
    grant = made.granted()
    made.received(made.paid(grant))
    for given in (
        {"kind": "pay"},
        {"kind": "debt"},
        {"kind": "building"},
        {"item": "发放教师绩效", "kind": "other"},
    ):
        with pytest.raises(ValidationError) as caught:
            use(grant.title.school, 1, **given)
        assert "人员经费、基本建设、偿还债务" in str(caught.value)
        assert "财教〔2006〕2号" in str(caught.value)
    assert not AwardUse.objects.exists()


def test_a_revoked_title_makes_its_money_a_question_until_the_city_decides() -> None:
    grant = made.granted()
    payment = made.paid(grant, 60_000_000)
    made.received(payment)
    title, school = grant.title, grant.title.school
    settled = {"document": "演示收回1号", "decided_on": ON, "by": made.finance(), "at": AT, "why": WHY}
    ask = {"verdict": Verdict.RECOVER, "amount": 50_000_000, **settled}
    refused("award-title-stands", actions.settle, grant, **ask)
    title.revoked_on = date(2023, 10, 1)
    title.save()
    refused("award-title-revoked", made.paid, grant, 1, document="撤销后", on=date(2023, 10, 1))
    assert "尚未决定" in followed(Grant.objects.all())[0].named(ON)
    refused("award-settle-not-yours", actions.settle, grant, **ask | {"by": made.county()})
    refused("award-recover-amount", actions.settle, grant, **ask | {"amount": 60_000_001})
    refused("award-keep-amount", actions.settle, grant, **ask | {"verdict": Verdict.KEEP})
    recovery = actions.settle(grant, **ask)
    refused("award-settled-already", actions.settle, grant, **ask)
    assert "应收回 500,000.00 元" in followed(Grant.objects.all())[0].named(ON)
    with pytest.raises(ValidationError, match="已到账的 100000.00 元"):
        use(school, 10_000_001)
    back = {"returned_on": ON, "by": made.finance(), "at": AT, "why": WHY}
    refused("award-returned-too-early", actions.give_back, recovery, **back | {"returned_on": PAID})
    actions.give_back(recovery, **back)
    assert AwardRecovery.objects.get().returned_on == ON
    assert followed(Grant.objects.all())[0].named(ON) == ""
    refused("award-nothing-to-return", actions.give_back, recovery, **back)


def test_who_cannot_be_paid_and_who_cannot_pay() -> None:
    grant = made.granted(school=makers.school(until=date(2023, 6, 1)))
    refused("award-school-closed", made.paid, grant, on=date(2023, 6, 1))
    refused("award-paid-too-early", made.paid, grant, on=date(2023, 4, 9))
    refused("day-to-come", made.paid, grant, on=date(2023, 12, 21))
    asked = {"document": "一", "amount": 1, "paid_on": PAID, "at": AT, "why": WHY}
    refused("award-pay-not-yours", actions.pay, grant, by=made.principal(grant.title.school), **asked)
    elsewhere = makers.user("county_officer", area="410811")
    refused("deed-not-yours", actions.pay, grant, by=elsewhere, **asked)
    refused("deed-not-yours", made.noted, by=made.county(), document="县里不能下达") if made.title() else None


def test_of_two_grants_of_a_school_the_older_is_used_up_first() -> None:
    school = makers.school()
    old = made.granted(school=school)
    new = made.granted(school=school, awarded_on=date(2023, 4, 1))
    for number, grant in enumerate((old, new)):
        made.received(made.paid(grant, document=f"县{number}"))
    use(school, 120_000_000)
    found = {one.grant.pk: one.used for one in followed(Grant.objects.all())}
    assert found == {old.pk: MILLION, new.pk: 20_000_000}
    assert old.title.name == DEMONSTRATION
