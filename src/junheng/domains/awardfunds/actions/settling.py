"""A title is revoked, and its money is a question until the city has decided it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.awardfunds.models import AwardRecovery
from junheng.domains.awardfunds.queries.ledger import paid_of
from junheng.domains.awardfunds.terms import Verdict
from junheng.domains.titles.models import Grant
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.policies import Level
from junheng.platform.registers.values import yuan
from junheng.platform.spans import check_has_come


@transaction.atomic
def settle(
    grant: Grant,
    *,
    verdict: Verdict,
    amount: int,
    document: str,
    decided_on: date,
    by: Any,
    at: datetime,
    why: str,
) -> AwardRecovery:
    """Decide whether the money of a revoked title is asked back, and how much of it."""
    check_has_come(decided_on, at=at)
    grant = Grant.objects.select_for_update(of=("self",)).select_related("title").get(pk=grant.pk)
    if not Asker(by, at).stands_at(Level.CITY):
        raise NotAllowed(
            "award-settle-not-yours", "撤销称号的奖补由市局决定如何处理，没有做任何改动。请报市局财务科。"
        )
    if grant.title.revoked_on is None or grant.title.revoked_on > decided_on:
        raise Refusal(
            "award-title-stands",
            "{title}到 {on} 没有撤销，不存在收回奖补的问题。请先核对荣誉称号台账。",
            title=str(grant.title),
            on=decided_on,
        )
    if AwardRecovery.objects.filter(grant=grant).exists():
        raise Conflict("award-settled-already", "这笔奖补已有处理决定，没有再次登记。")
    paid = paid_of(grant)
    if verdict == Verdict.RECOVER and not 0 < amount <= paid:
        raise Refusal(
            "award-recover-amount",
            "收回金额 {amount} 元；已拨 {paid} 元，应大于零且不超过已拨的金额。没有拨过的请选“不收回”。",
            amount=yuan(amount),
            paid=yuan(paid),
        )
    if verdict == Verdict.KEEP and amount:
        raise Refusal("award-keep-amount", "选择“不收回”的，金额应为零。请改正后再办理。")
    row = AwardRecovery(
        grant=grant, area_id=grant.area_id, verdict=verdict, amount_fen=amount, document=document, decided_on=decided_on
    )  # fmt: skip
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
    check_may(_("处理已撤销称号的奖补"), row, by=by, at=at)
    return row


@transaction.atomic
def give_back(
    recovery: AwardRecovery, *, returned_on: date, by: Any, at: datetime, why: str
) -> AwardRecovery:
    """The money that was asked back is there."""
    check_has_come(returned_on, at=at)
    row = AwardRecovery.objects.select_for_update().get(pk=recovery.pk)
    if row.verdict != Verdict.RECOVER or row.returned_on is not None:
        raise Conflict("award-nothing-to-return", "这笔奖补没有待收回的金额，没有做任何改动。")
    if returned_on < row.decided_on:
        raise Refusal(
            "award-returned-too-early",
            "收回日 {on} 早于决定日 {decided}。请核对日期。",
            on=returned_on,
            decided=row.decided_on,
        )
    row.returned_on = returned_on
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
    check_may(_("登记收回"), row, by=by, at=at)
    return row
