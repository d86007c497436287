"""The deeds about fees at schools: found by whoever checks the school, repaid by the school itself or its county."""

from typing import Any

from django.db.models import F, Model
from django.utils.translation import gettext_lazy as _

from junheng.domains.findings.terms import FindingState
from junheng.domains.governance import actions
from junheng.domains.governance.forms import ChargeForm, RepaidForm
from junheng.domains.governance.models import FeeCharge
from junheng.domains.schools.models import School
from junheng.platform.deeds.declare import Deed
from junheng.platform.deeds.registry import deed
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.policies import Level


@deed
class FindCharge(Deed[School]):
    """登记目录外或超标准的收费。系统按收费当天的目录算出每户可收多少、应退多少，并开出一条检查发现。"""

    slug = "feecharge"
    register = "schools"
    label = _("登记违规收费")
    form = ChargeForm

    def is_for(self, asker: Asker, row: School) -> bool:
        above = asker.stands_at(Level.COUNTY) or asker.stands_at(Level.CITY)
        return above and super().is_for(asker, row)

    def do(self, row: School, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.find_charge(row, by=by, at=at, why=why, **asked)


@deed
class RepayCharge(Deed[FeeCharge]):
    """登记累计退了多少、退给多少户、凭证号。全部退清并有凭证，检查发现才能销号。"""

    slug = "repaid"
    register = "feecharges"
    label = _("登记退费")
    form = RepaidForm

    def is_open(self, row: FeeCharge) -> bool:
        left = FeeCharge.objects.filter(pk=row.pk).exclude(finding__state=FindingState.CLOSED)
        return left.exclude(repaid_fen=F("owed_fen"), repaid_families=F("families")).exists()

    def do(self, row: FeeCharge, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.repay_charge(row, by=by, at=at, why=why, **asked)
