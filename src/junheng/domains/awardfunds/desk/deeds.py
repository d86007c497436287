"""What is done about a grant, a payment, and money asked back, on their own pages."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from junheng.domains.awardfunds import actions
from junheng.domains.awardfunds.forms import GiveBackForm, PayAwardForm, ReceiveForm, SettleForm
from junheng.domains.awardfunds.models import AwardPayment, AwardRecovery
from junheng.domains.awardfunds.queries.ledger import paid_of
from junheng.domains.awardfunds.terms import Verdict
from junheng.domains.titles.models import Grant
from junheng.platform.deeds.declare import Deed
from junheng.platform.deeds.registry import deed
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.policies import Level


@deed
class PayAward(Deed[Grant]):
    """可以分次拨付；拨完即登记拨付日。已撤销的称号和已撤销的学校不能拨付。"""

    slug = "pay"
    register = "grants"
    label = _("登记奖补拨付")
    form = PayAwardForm

    def is_open(self, row: Grant) -> bool:
        return row.title.revoked_on is None and paid_of(row) < row.amount_fen

    def is_for(self, asker: Asker, row: Grant) -> bool:
        pays = asker.stands_at(Level.COUNTY) or asker.stands_at(Level.CITY)
        return pays and super().is_for(asker, row)

    def do(self, row: Grant, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.pay(row, by=by, at=at, why=why, **asked)


@deed
class SettleAward(Deed[Grant]):
    """称号撤销后，已拨的奖补收回还是不收回，由市局决定并写明文号。"""

    slug = "settle"
    register = "grants"
    label = _("处理已撤销称号的奖补")
    form = SettleForm

    def is_open(self, row: Grant) -> bool:
        return row.title.revoked_on is not None and not AwardRecovery.objects.filter(grant=row).exists()

    def is_for(self, asker: Asker, row: Grant) -> bool:
        return asker.stands_at(Level.CITY) and super().is_for(asker, row)

    def do(self, row: Grant, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        verdict, amount = Verdict(asked.pop("verdict")), asked.pop("amount") or 0
        return actions.settle(row, verdict=verdict, amount=amount, by=by, at=at, why=why, **asked)


@deed
class ReceiveAward(Deed[AwardPayment]):
    """收款学校核对金额后自己确认；确认后才能公示使用情况。"""

    slug = "receive"
    register = "awardpayments"
    label = _("确认到账")
    form = ReceiveForm

    def is_open(self, row: AwardPayment) -> bool:
        return row.received_on is None

    def is_for(self, asker: Asker, row: AwardPayment) -> bool:
        own = row.school_id is None or asker.stands_at(Level.SCHOOL)
        return own and super().is_for(asker, row)

    def do(self, row: AwardPayment, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.receive(row, by=by, at=at, why=why, **asked)


@deed
class GiveBackAward(Deed[AwardRecovery]):
    """应收回的奖补收到后登记收回日。"""

    slug = "return"
    register = "awardrecoveries"
    label = _("登记收回")
    form = GiveBackForm

    def is_open(self, row: AwardRecovery) -> bool:
        return row.verdict == Verdict.RECOVER and row.returned_on is None

    def is_for(self, asker: Asker, row: AwardRecovery) -> bool:
        return asker.stands_at(Level.CITY) and super().is_for(asker, row)

    def do(self, row: AwardRecovery, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.give_back(row, by=by, at=at, why=why, **asked)
