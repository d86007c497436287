"""Fees at schools that are not on the list, or above it: found, repaid, and closed with proof only."""

from datetime import date
from typing import Any

import pytest

from junheng.domains.fees.models import FeeItem
from junheng.domains.findings import actions as findings
from junheng.domains.findings.models import Finding
from junheng.domains.governance import actions
from junheng.domains.governance.models import FeeCharge
from junheng.domains.schools.models import School
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.domains.governance.casework import facts, officer
from tests.domains.governance.test_procedure import refused

TAKEN, FOUND, BACK = date(2023, 9, 5), date(2023, 9, 20), date(2023, 9, 28)


def charge(school: School | None = None, by: Any = None, **given: Any) -> FeeCharge:
    asked: dict[str, Any] = {
        "item": "资料费", "charged_fen": 12_000, "families": 30, "charged_on": TAKEN, "found_on": FOUND,
    }  # fmt: skip
    return actions.find_charge(school or makers.school(), **asked | given, **facts(by))


def repay(row: FeeCharge, fen: int, families: int, by: Any = None, **given: Any) -> FeeCharge:
    asked = {"repaid_fen": fen, "repaid_families": families, "on": BACK, "proof": "退费清单1"}
    return actions.repay_charge(row, **asked | given, **facts(by))


def listed(cap_fen: int | None, name: str = "课后服务费") -> FeeItem:
    known = {
        "code": "SF1", "name": name, "stage": "primary", "kind": "service", "unit": "term", "basis": "示例文件",
        "area_id": "410802", "since": date(2021, 9, 1),
    }  # fmt: skip
    stage = FeeItem._meta.get_field("stage").flatchoices
    kind, unit = (FeeItem._meta.get_field(one).flatchoices[0][0] for one in ("kind", "unit"))
    known["stage"] = next(
        value for value, _label in stage if "primary" in value or value in {"any", "all", "compulsory"}
    )
    return FeeItem.objects.create(**known | {"kind": kind, "unit": unit, "cap_fen": cap_fen})


def test_what_is_not_on_the_list_is_owed_whole_and_becomes_a_finding() -> None:
    row = charge()
    assert (row.owed_fen, row.allowed_fen, row.basis) == (360_000, 0, "不在公布的收费目录内")
    finding = Finding.objects.get()
    assert (finding.source, finding.source_row, finding.school_id) == ("feecharges", row.pk, row.school_id)
    assert row.finding_id == finding.pk


def test_above_the_list_only_the_rest_is_owed() -> None:
    listed(10_000)
    row = charge(item="课后服务费")
    assert (row.owed_fen, row.basis) == (60_000, "超过收费目录的最高标准")
    with refused(Conflict, "charge-allowed"):
        charge(item="课后服务费", charged_fen=10_000)


def test_what_is_charged_at_cost_is_held_against_its_cost() -> None:
    listed(None, "作业本费")
    with refused(Refusal, "charge-at-cost"):
        charge(item="作业本费")
    assert charge(item="作业本费", cost_fen=11_000).owed_fen == 30_000


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"families": 0}, "charge-empty"),
        ({"item": " "}, "charge-empty"),
        ({"charged_on": date(2023, 9, 21)}, "charge-after-finding"),
        ({"found_on": date(2024, 3, 1)}, "day-to-come"),
    ],
)
def test_what_is_not_written_properly_is_refused(wrong: dict[str, Any], code: str) -> None:
    with refused(Refusal, code):
        charge(**wrong)
    assert not FeeCharge.objects.exists()


def test_a_county_finds_nothing_in_another() -> None:
    with pytest.raises(NotAllowed):
        charge(by=makers.user(Role.COUNTY_OFFICER, area="410811"))


def test_the_finding_is_closed_when_everybody_has_the_money_back() -> None:
    row = charge()
    own = makers.user(Role.PRINCIPAL, area="410802", school=row.school)
    for wrong, code in (
        ({"fen": 360_001}, "charge-repaid-amount"),
        ({"families": 31}, "charge-repaid-amount"),
        ({"proof": " "}, "charge-without-proof"),
        ({"on": date(2023, 9, 1)}, "repaid-before-charge"),
    ):
        with refused(Refusal, code):
            repay(row, **{"fen": 100, "families": 1} | wrong, by=own)
    repay(row, 240_000, 20, own)
    with refused(Refusal, "charge-repaid-less"):
        repay(row, 239_999, 20, own)
    given = {"on": BACK, "words": "已退费", "proof": "清单"}
    finding = findings.remedy(row.finding, **given, **facts(own))
    look = {"on": BACK, "words": "已核对"}
    with pytest.raises(Conflict) as said:
        findings.close(finding, **look, **facts())
    assert said.value.code == "charge-not-repaid"
    assert "还有 10 户、1200 元" in str(said.value)
    repay(row, 360_000, 30, own)
    assert findings.close(finding, **look, **facts(officer())).state == "closed"
    with refused(Conflict, "charge-closed"):
        repay(row, 360_000, 30, own)


def test_other_findings_are_closed_as_before() -> None:
    row = charge()
    row.finding = None
    row.save()
    finding = Finding.objects.get()
    own = makers.user(Role.PRINCIPAL, area="410802", school=row.school)
    finding = findings.remedy(finding, on=BACK, words="改了", proof="清单", **facts(own))
    assert findings.close(finding, on=BACK, words="已核对", **facts()).state == "closed"
