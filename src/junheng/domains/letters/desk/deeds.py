"""The deeds about letters and their copies, as the pages offer them."""

from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from junheng.domains.letters import actions
from junheng.domains.letters.forms import (
    ProofForm,
    ReachForm,
    ReceiveForm,
    ReplyForm,
    WithdrawForm,
)
from junheng.domains.letters.models import Delivery, Letter, PlanTask
from junheng.domains.letters.policies import answers_for
from junheng.domains.letters.terms import DeliveryState, LetterState
from junheng.platform.deeds.declare import Deed
from junheng.platform.deeds.registry import deed
from junheng.platform.registers.asker import Asker


class OfALetter(Deed[Letter]):
    """A deed about a letter in one state."""

    register = "letters"
    state: LetterState

    def is_open(self, row: Letter) -> bool:
        return row.state == self.state


@deed
class Issue(OfALetter):
    """编号、填入引用的数据、计算摘要，发到每个收函单位。发出后正文不再改动，也不能重复签发。"""

    slug = "issue"
    label = _("签发函件")
    form = ReachForm
    state = LetterState.DRAFT

    def do(self, row: Letter, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.issue(row, to=asked["to"], on=timezone.localdate(at), by=by, at=at, why=why)


@deed
class SendAlso(OfALetter):
    """同一份函件补送其他单位；已送达的不重复送。"""

    slug = "also"
    label = _("补送函件")
    form = ReachForm
    state = LetterState.ISSUED

    def do(self, row: Letter, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.send_also(row, to=asked["to"], by=by, at=at, why=why)


@deed
class Withdraw(OfALetter):
    """内容有误的撤回，文号不再使用；没有答复的单位不用再签收和答复。"""

    slug = "withdraw"
    label = _("撤回函件")
    form = WithdrawForm
    state = LetterState.ISSUED

    def do(self, row: Letter, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.withdraw(row, by=by, at=at, why=why, **asked)


class OfACopy(Deed[Delivery]):
    """A deed of the addressee of one copy."""

    register = "deliveries"
    state: DeliveryState

    def is_open(self, row: Delivery) -> bool:
        return row.state == self.state

    def is_for(self, asker: Asker, row: Delivery) -> bool:
        return asker.stands_at(answers_for(row)) and super().is_for(asker, row)


@deed
class Receive(OfACopy):
    """看过函件后签收，签收人和时间留痕。"""

    slug = "receive"
    label = _("签收函件")
    form = ReceiveForm
    state = DeliveryState.SENT

    def do(self, row: Delivery, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.receive(row, by=by, at=at, why=why, **asked)


@deed
class Reply(OfACopy):
    """书面答复自查和整改情况，答复后不再修改。"""

    slug = "reply"
    label = _("答复函件")
    form = ReplyForm
    state = DeliveryState.RECEIVED

    def is_open(self, row: Delivery) -> bool:
        return super().is_open(row) and row.reply_by is not None

    def do(self, row: Delivery, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.reply(row, by=by, at=at, why=why, **asked)


@deed
class FinishTask(Deed[PlanTask]):
    """登记任务完成日和佐证；晚于期限的照实登记，页面显示逾期完成。"""

    slug = "done"
    register = "plantasks"
    label = _("登记任务完成")
    form = ProofForm

    def is_open(self, row: PlanTask) -> bool:
        return row.done_on is None

    def do(self, row: PlanTask, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.finish_task(row, by=by, at=at, why=why, **asked)
