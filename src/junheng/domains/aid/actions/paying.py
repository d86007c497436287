"""Paying a programme of a term by one document; what comes back is owed again."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.aid.models import AidBatch, Eligibility, Payment, Waiver
from junheng.domains.aid.policies import check_officer
from junheng.domains.aid.queries.owed import Owed, owed_in
from junheng.domains.aid.terms import Scheme
from junheng.domains.areas.models import Area
from junheng.domains.areas.policies import check_may
from junheng.domains.pupils.models import Pupil
from junheng.kernel.entitlements import share_at_most
from junheng.kernel.errors import Conflict, Refusal
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.audit.append import name_of
from junheng.platform.audit.chain import digest_of_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.audit.together import save_together
from junheng.platform.registers.values import yuan
from junheng.platform.spans import check_has_come


@transaction.atomic
def pay(
    area: Area,
    *,
    scheme: str,
    term: SchoolTerm,
    document: str,
    total: int | None,
    paid_on: date,
    by: Any,
    at: datetime,
    why: str,
    pupil: Pupil | None = None,
) -> AidBatch:
    """Pay everybody who is owed something and can be paid, or one pupil.

    Without a sum everybody gets what is owed. A smaller sum is shared out by the largest remainder, to the fen.
    """
    Area.objects.select_for_update().get(pk=area.pk)
    check_officer(_("登记资助发放"), area.pk, by=by, at=at)
    check_has_come(paid_on, at=at)
    document = document.strip()
    if AidBatch.objects.filter(area=area, code=document).exists():
        raise Conflict(
            "document-paid",
            "{area}的文号“{document}”已经登记过发放，没有再次登记。",
            area=area.name,
            document=document,
        )
    every = owed_in(area.pk, scheme, str(term), on=paid_on, pupil=pupil.pk if pupil else None)
    if pupil is not None:
        check_one(every, scheme, term, pupil)
    ready = [one for one in every if one.left and not one.why]
    owed = sum(one.left for one in ready)
    if not owed:
        raise Refusal(
            "nothing-owed",
            "{area}{term}的“{scheme}”没有可以发放的：都已发放、已放弃或暂不能发放。没有登记。",
            area=area.name,
            term=term.label,
            scheme=Scheme(scheme).label,
        )
    sum_ = owed if total is None else total
    if not 0 < sum_ <= owed:
        raise Refusal(
            "more-than-owed",
            "发放 {total} 元，而可发的共 {owed} 元。金额须大于零，且不超过可发的金额。没有登记。",
            total=yuan(sum_),
            owed=yuan(owed),
        )
    shares = share_at_most(sum_, [one.left for one in ready])
    rows = [
        Payment(
            pupil_id=one.pupil, area_id=one.area, scheme=scheme, term=str(term), amount_fen=fen, paid_on=paid_on,
            document=document,
        )
        for one, fen in zip(ready, shares, strict=True)
        if fen
    ]  # fmt: skip
    batch = AidBatch(
        code=document, area=area, scheme=scheme, term=str(term), paid_on=paid_on, count=len(rows), total_fen=sum_,
        digest=digest_of_rows({"pupil": one.pupil_id, "fen": one.amount_fen} for one in rows), made_by=name_of(by),
    )  # fmt: skip
    save_row(batch, by=by, at=at, why=why, verb=Verb.DEED.value)
    save_together(Payment, rows, source=document, by=by, at=at, why=why)
    return batch


def check_one(every: list[Owed], scheme: str, term: SchoolTerm, pupil: Pupil) -> None:
    """Say why one pupil cannot be paid, if so."""
    words = Scheme(scheme).label
    if Waiver.objects.filter(pupil=pupil, scheme=scheme, term=str(term)).exists():
        raise Refusal("pupil-waived", "家庭已签字放弃本学期的“{scheme}”，不能发放。没有登记。", scheme=words)
    if not every:
        known = Eligibility.objects.filter(pupil=pupil, scheme=scheme, term=str(term)).exists()
        raise Refusal(
            "pupil-elsewhere" if known else "pupil-not-entitled",
            "这名学生本学期没有在本县（市、区）认定“{scheme}”，不能发放。请先认定。没有登记。",
            scheme=words,
        )
    if every[0].why:
        raise Refusal("pupil-cannot-be-paid", "不能发放：{why}。没有登记。", why=every[0].why)
    if not every[0].left:
        raise Conflict("pupil-paid", "这名学生本学期的“{scheme}”已经足额发放，没有再次登记。", scheme=words)


@transaction.atomic
def take_return(payment: Payment, *, on: date, by: Any, at: datetime, why: str) -> Payment:
    """Note that a payment came back: it is owed again, and paid with the next document."""
    payment = Payment.objects.select_for_update().get(pk=payment.pk)
    check_may(_("登记退回"), payment, by=by, at=at)
    check_has_come(on, at=at)
    if payment.returned_on is not None:
        raise Conflict(
            "returned-already", "这笔发放已于 {on} 登记退回，没有再次登记。", on=payment.returned_on
        )
    if on < payment.paid_on:
        raise Refusal(
            "returned-before-paid",
            "退回日 {on} 早于发放日 {paid}。请核对日期。",
            on=on,
            paid=payment.paid_on,
        )
    payment.returned_on = on
    save_row(payment, by=by, at=at, why=why, verb=Verb.DEED.value)
    return payment
