"""Paying for a term, in parts: shared out to the schools in proportion to what they are still owed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from junheng.domains.areas.models import Area
from junheng.domains.areas.policies import check_may
from junheng.domains.funds.models import Derivation, FundPayment, Instalment
from junheng.domains.funds.queries.accounts import accounts
from junheng.domains.funds.queries.terms import current
from junheng.domains.funds.terms import FundRule
from junheng.domains.schools.models import School
from junheng.domains.schools.terms import Stage
from junheng.kernel.entitlements import share_at_most
from junheng.kernel.errors import Conflict, Refusal
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.audit.append import append_many
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import drafts_of, save_row
from junheng.platform.registers.values import yuan
from junheng.platform.spans import check_has_come


@dataclass(frozen=True, slots=True)
class Stated:
    """The yearly rates that a document of payment names, in fen; none where it names none."""

    primary: int | None = None
    junior: int | None = None


@transaction.atomic
def pay(
    area: Area,
    *,
    term: SchoolTerm,
    document: str,
    total: int,
    paid_on: date,
    by: Any,
    at: datetime,
    why: str,
    school: School | None = None,
    stated: Stated = Stated(),
) -> Instalment:
    """One instalment of a county for a term, to one school or to all that are owed something.

    What rounding leaves goes to the largest remainders, so that the parts are the sum of the document, to the fen.
    """
    check_has_come(paid_on, at=at)
    Area.objects.select_for_update().get(pk=area.pk)
    derivation = current(str(term))
    if derivation is None:
        raise Refusal(
            "nothing-derived",
            "{term}还没有核定，不知道该拨多少。请先由市局冻结名册并核定。",
            term=term.label,
        )
    check_rates(derivation, stated)
    if Instalment.objects.filter(area=area, code=document).exists():
        raise Conflict("document-paid", "{area}的文号“{document}”已经登记过拨付，没有再次登记。", area=area.name, document=document)  # fmt: skip
    owed = owed_by(area, term, school, paid_on)
    if total <= 0 or total > sum(owed.values()):
        raise Refusal(
            "more-than-owed",
            "拨付 {total} 元，而{term}尚欠 {owed} 元。金额须大于零，且不超过尚欠的金额；多出的部分不能拨付。",
            total=yuan(total),
            owed=yuan(sum(owed.values())),
            term=term.label,
        )
    shares = dict(zip(owed, share_at_most(total, list(owed.values())), strict=True))
    shares = {one: share for one, share in shares.items() if share}
    row = Instalment(
        code=document, area=area, term=str(term), paid_on=paid_on, schools=len(shares), total_fen=total
    )
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
    check_may(_("登记拨付"), row, by=by, at=at)
    area_of = dict(School.objects.filter(pk__in=shares).values_list("pk", "area_id"))
    parts = [
        FundPayment(instalment=row, school_id=one, area_id=area_of[one], term=str(term), amount_fen=share)
        for one, share in shares.items()
    ]
    insert_rows(FundPayment, parts)
    append_many(list(drafts_of(((one, None) for one in parts), by=by, at=at, why=why, verb=Verb.DEED.value)))
    return row


def check_rates(derivation: Derivation, stated: Stated) -> None:
    """Refuse a document whose rates are not those of the term."""
    used = {one.stage: one.fen for one in derivation.rates.filter(rule=FundRule.BASE)}
    for stage, fen in ((Stage.PRIMARY, stated.primary), (Stage.JUNIOR, stated.junior)):
        if fen is not None and fen != used[stage]:
            raise Refusal(
                "rate-at-wrong-term",
                "拨付文件写的{stage}标准是 {stated} 元，{term}施行的是 {right} 元。请核对文件对应的学期。",
                stage=stage.label,
                stated=yuan(fen),
                right=yuan(used[stage]),
                term=SchoolTerm.parse(derivation.term).label,
            )


def owed_by(area: Area, term: SchoolTerm, school: School | None, paid_on: date) -> dict[int, int]:
    """What each school of a county is still owed; nothing goes to a school that is closed on the day."""
    if school is not None and not school.area_id.startswith(area.pk):
        raise Refusal(
            "school-elsewhere",
            "{school}不在{area}。请由所在县（市、区）拨付。",
            school=school.name,
            area=area.name,
        )
    if school is not None and school.until is not None and school.until <= paid_on:
        raise Refusal(
            "school-closed",
            "{school}已于 {until} 撤销，不能再向它拨付。未结清的款项请按撤并文件处理。",
            school=school.name,
            until=school.until,
        )
    here = School.objects.filter(Q(until=None) | Q(until__gt=paid_on), area__code__startswith=area.pk)
    if school is not None:
        here = here.filter(pk=school.pk)
    found = accounts(str(term), here)
    return {one: account.arrears for one, account in found.items() if account.arrears > 0}
