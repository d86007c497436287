"""Paying a grant to its school, in parts if need be, and the school's word that the money is there."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.awardfunds.models import AwardPayment
from junheng.domains.awardfunds.queries.ledger import paid_of
from junheng.domains.schools.models import School
from junheng.domains.titles.models import Grant
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.policies import Level
from junheng.platform.registers.values import yuan
from junheng.platform.spans import check_has_come


@transaction.atomic
def pay(
    grant: Grant, *, document: str, amount: int, paid_on: date, by: Any, at: datetime, why: str
) -> AwardPayment:
    """One payment of a grant. Once the whole was paid, the grant says so, with the day of the last part."""
    check_has_come(paid_on, at=at)
    if not (Asker(by, at).stands_at(Level.COUNTY) or Asker(by, at).stands_at(Level.CITY)):
        raise NotAllowed(
            "award-pay-not-yours",
            "奖补资金由县（市、区）教育局或市局财务科拨付，学校不能自己登记。到账后请学校确认到账。",
        )
    grant = Grant.objects.select_for_update(of=("self",)).select_related("title__school").get(pk=grant.pk)
    check_payable(grant, paid_on)
    left = grant.amount_fen - paid_of(grant)
    if AwardPayment.objects.filter(grant=grant, code=document).exists():
        raise Conflict(
            "award-paid-by-document",
            "这笔奖补用文号“{document}”已登记过拨付，没有再次登记。",
            document=document,
        )
    if amount <= 0 or amount > left:
        raise Refusal(
            "award-more-than-owed",
            "拨付 {amount} 元，而这笔奖补尚欠 {left} 元。金额须大于零，且不超过尚欠的金额。",
            amount=yuan(amount),
            left=yuan(left),
        )
    row = AwardPayment(
        grant=grant, school=grant.title.school, area_id=grant.area_id, code=document, amount_fen=amount, paid_on=paid_on
    )  # fmt: skip
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
    check_may(_("登记拨付"), row, by=by, at=at)
    if amount == left:
        grant.paid_on = paid_on
        save_row(grant, by=by, at=at, why=why, verb=Verb.DEED.value)
    return row


def check_payable(grant: Grant, paid_on: date) -> None:
    """Refuse what is not to be paid: before it was granted, after its title was revoked, to a school that is closed."""
    if paid_on < grant.granted_on:
        raise Refusal(
            "award-paid-too-early",
            "拨付日 {paid_on} 早于下达日 {granted_on}。请核对日期。",
            paid_on=paid_on,
            granted_on=grant.granted_on,
        )
    title = grant.title
    if title.revoked_on is not None and title.revoked_on <= paid_on:
        raise Refusal(
            "award-title-revoked",
            "{title}已于 {on} 撤销，不能再拨付奖补。请由市局办理“处理已撤销称号的奖补”。",
            title=title.get_name_display(),
            on=title.revoked_on,
        )
    check_open(title.school, paid_on)


def check_open(school: School | None, paid_on: date) -> None:
    """Refuse a school that is closed on the day."""
    if school is not None and school.until is not None and school.until <= paid_on:
        raise Refusal(
            "award-school-closed",
            "{school}已于 {until} 撤销，不能再向它拨付奖补。请按撤并文件确定由哪所学校承接。",
            school=school.name,
            until=school.until,
        )


@transaction.atomic
def receive(payment: AwardPayment, *, received_on: date, by: Any, at: datetime, why: str) -> AwardPayment:
    """The school confirms that a payment has come. Nobody else confirms it for the school."""
    check_has_come(received_on, at=at)
    payment = AwardPayment.objects.select_for_update().get(pk=payment.pk)
    if payment.school_id is not None and not Asker(by, at).stands_at(Level.SCHOOL):
        raise NotAllowed(
            "award-receipt-not-yours", "到账由收款学校自己确认，没有做任何改动。请学校登录后确认。"
        )
    if payment.received_on is not None:
        raise Conflict("award-received-already", "这笔款已于 {on} 确认到账。", on=payment.received_on)
    if received_on < payment.paid_on:
        raise Refusal(
            "award-received-too-early",
            "到账日 {on} 早于拨付日 {paid_on}。请核对日期。",
            on=received_on,
            paid_on=payment.paid_on,
        )
    payment.received_on, payment.received_by = received_on, name_of(by)
    save_row(payment, by=by, at=at, why=why, verb=Verb.DEED.value)
    check_may(_("确认到账"), payment, by=by, at=at)
    return payment
