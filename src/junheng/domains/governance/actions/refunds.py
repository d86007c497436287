"""Refunds: what each family is owed, what it got back and by which receipt, or why nothing is owed."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.governance.actions.deadlines import meet
from junheng.domains.governance.actions.stepping import working
from junheng.domains.governance.models import Case, CaseFile, Refund
from junheng.domains.governance.queries.refunds import UNPROVEN
from junheng.domains.governance.terms import What
from junheng.kernel.errors import Conflict, Refusal
from junheng.kernel.values.money import yuan
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_has_come

MOST_FAMILIES = 500


@transaction.atomic
def add_refund(case: Case, *, owed_fen: int, by: Any, at: datetime, why: str) -> Refund:
    """One family more is owed something; it gets the next number of the case."""
    case, file = working(case, _("登记应退家庭"), by=by, at=at)
    if owed_fen <= 0:
        raise Refusal("refund-nothing", "应退金额须大于零。请按收费凭据填写。")
    number = Refund.objects.filter(case=case).count()
    if number >= MOST_FAMILIES:
        raise Refusal("refund-too-many", "一件案件最多登记 {most} 户。", most=MOST_FAMILIES)
    made = Refund(case=case, area_id=case.area_id, family=number + 1, owed_fen=owed_fen)
    save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    if file.nothing_owed:
        file.nothing_owed = ""
        save_row(file, by=by, at=at, why=why, verb=Verb.DEED.value)
    return made


@transaction.atomic
def prove_refund(
    refund: Refund, *, repaid_fen: int, on: date, proof: str, by: Any, at: datetime, why: str
) -> Refund:
    """A family got money back: how much in all, when, and the number of the receipt that shows it."""
    case, _file = working(refund.case, _("登记退费"), by=by, at=at)
    check_has_come(on, at=at)
    refund = Refund.objects.select_for_update(of=("self",)).get(pk=refund.pk)
    if on < case.opened_on:
        raise Refusal("refund-before-case", "退费日 {on} 早于立案日 {opened}。", on=on, opened=case.opened_on)
    if not 0 < repaid_fen <= refund.owed_fen:
        raise Refusal(
            "refund-amount",
            "已退金额须大于零，且不超过应退的 {owed} 元。请核对。",
            owed=str(yuan(refund.owed_fen)),
        )
    if repaid_fen < refund.repaid_fen:
        raise Refusal(
            "refund-less", "已登记退还 {known} 元，累计金额不能变少。", known=str(yuan(refund.repaid_fen))
        )
    if not proof.strip():
        raise Refusal("refund-without-proof", "没有凭证不能登记为已退。请填写转账回单或家长签收单的编号。")
    refund.repaid_fen, refund.repaid_on, refund.proof = repaid_fen, on, proof.strip()
    save_row(refund, by=by, at=at, why=why, verb=Verb.DEED.value)
    if not Refund.objects.filter(UNPROVEN, case=case).exists():
        meet(case, [What.REFUND], on=on, by=by, at=at, why=why)
    return refund


@transaction.atomic
def explain_nothing_owed(case: Case, *, reason: str, by: Any, at: datetime, why: str) -> CaseFile:
    """Say why nobody is owed anything, where nothing was taken or everything was given back before."""
    case, file = working(case, _("登记无需退费"), by=by, at=at)
    if Refund.objects.filter(case=case).exists():
        raise Conflict("refunds-there", "本案已登记应退家庭，不能写“无需退费”。请逐户登记退费。")
    if not reason.strip():
        raise Refusal("nothing-owed-without-reason", "请写明无需退费的理由，例如“尚未收费”。")
    file.nothing_owed = reason.strip()
    save_row(file, by=by, at=at, why=why, verb=Verb.DEED.value)
    return file
