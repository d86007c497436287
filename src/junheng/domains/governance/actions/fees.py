"""A fee at a school that is not on the list, or above it: found, repaid, and its finding closed with proof only."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.fees.queries import allowed
from junheng.domains.findings.actions import open_finding
from junheng.domains.findings.actions.conditions import before_closing
from junheng.domains.findings.models import Finding
from junheng.domains.findings.terms import FindingState, Severity
from junheng.domains.governance.models import FeeCharge
from junheng.domains.schools.models import School
from junheng.kernel.errors import Conflict, Refusal
from junheng.kernel.values.money import yuan
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_has_come


@transaction.atomic
def find_charge(
    school: School,
    *,
    item: str,
    charged_fen: int,
    families: int,
    charged_on: date,
    found_on: date,
    cost_fen: int | None = None,
    by: Any,
    at: datetime,
    why: str,
) -> FeeCharge:
    """Write down what a school took from each of so many families, and open a finding about what was too much.

    What is charged at cost is held against ``cost_fen``, what the thing cost each family.
    """
    check_has_come(found_on, at=at)
    if charged_on > found_on:
        raise Refusal(
            "charge-after-finding",
            "收费日 {charged} 晚于发现日 {found}。请核对。",
            charged=charged_on,
            found=found_on,
        )
    if families <= 0 or charged_fen <= 0 or not item.strip():
        raise Refusal("charge-empty", "请写明收费项目、每户实收金额和涉及家庭数。")
    limit, basis = limit_of(school, item, on=charged_on, cost_fen=cost_fen)
    if charged_fen <= limit:
        raise Conflict(
            "charge-allowed",
            "“{item}”在收费目录内，每户可收 {limit} 元，实收 {charged} 元没有超过。没有登记。",
            item=item,
            limit=str(yuan(limit)),
            charged=str(yuan(charged_fen)),
        )
    made = FeeCharge(
        school=school,
        area_id=school.area_id,
        item=item.strip(),
        charged_fen=charged_fen,
        allowed_fen=limit,
        charged_on=charged_on,
        basis=basis,
        families=families,
        owed_fen=(charged_fen - limit) * families,
    )
    save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    check_may(_("登记违规收费"), made, by=by, at=at)
    made.finding = open_finding(
        source="feecharges",
        source_row=made.pk,
        what=f"{made.item}：{basis}",
        severity=Severity.GENERAL,
        area=school.area,
        school=school,
        owner=school.name,
        found_on=found_on,
        found_by=name_of(by),
        cites=basis,
        by=by,
        at=at,
        why=why,
    )
    save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    return made


def limit_of(school: School, item: str, *, on: date, cost_fen: int | None) -> tuple[int, str]:
    """What each family may be charged, in fen, and what is wrong with more; nothing for what is not on the list.

    The words are written into rows, so they are the office's own in every language.
    """
    found = allowed(school, item.strip(), on=on)
    if found.item is None:
        return 0, "不在公布的收费目录内"
    if found.cap_fen is not None:
        return found.cap_fen, "超过收费目录的最高标准"
    if cost_fen is None:
        raise Refusal(
            "charge-at-cost",
            "“{item}”据实收取，不得盈利。请填写核实的每户成本，才能算出应退多少。",
            item=item,
        )
    return cost_fen, "据实收取的项目超过成本"


@transaction.atomic
def repay_charge(
    charge: FeeCharge,
    *,
    repaid_fen: int,
    repaid_families: int,
    on: date,
    proof: str,
    by: Any,
    at: datetime,
    why: str,
) -> FeeCharge:
    """What a school has paid back in all, to how many families, by which list of receipts."""
    charge = FeeCharge.objects.select_for_update(of=("self",)).select_related("finding").get(pk=charge.pk)
    check_may(_("登记退费"), charge, by=by, at=at)
    check_has_come(on, at=at)
    if charge.finding is not None and charge.finding.state == FindingState.CLOSED:
        raise Conflict("charge-closed", "这条发现已经销号，退费不再改动。")
    if on < charge.charged_on:
        raise Refusal(
            "repaid-before-charge", "退费日 {on} 早于收费日 {charged}。", on=on, charged=charge.charged_on
        )
    if not 0 < repaid_fen <= charge.owed_fen or not 0 < repaid_families <= charge.families:
        raise Refusal(
            "charge-repaid-amount",
            "累计已退须大于零，且不超过应退的 {owed} 元、{families} 户。",
            owed=str(yuan(charge.owed_fen)),
            families=charge.families,
        )
    if repaid_fen < charge.repaid_fen or repaid_families < charge.repaid_families:
        raise Refusal("charge-repaid-less", "累计已退的金额和户数不能变少。请核对后重新填写。")
    if not proof.strip():
        raise Refusal("charge-without-proof", "没有凭证不能登记为已退。请填写退费清单或转账回单的编号。")
    charge.repaid_fen, charge.repaid_families = repaid_fen, repaid_families
    charge.repaid_on, charge.proof = on, proof.strip()
    save_row(charge, by=by, at=at, why=why, verb=Verb.DEED.value)
    return charge


@before_closing
def check_repaid(finding: Finding) -> None:
    """Refuse to close a finding about a fee while a family has not got its money back."""
    charge = FeeCharge.objects.filter(finding=finding).first()
    if charge is None or (charge.repaid_fen == charge.owed_fen and charge.repaid_families == charge.families):
        return
    raise Conflict(
        "charge-not-repaid",
        "{finding}涉及违规收费，还有 {families} 户、{left} 元没有退清或没有凭证，不能销号。请先登记退费。",
        finding=finding.code,
        families=charge.families - charge.repaid_families,
        left=str(yuan(charge.owed_fen - charge.repaid_fen)),
    )
