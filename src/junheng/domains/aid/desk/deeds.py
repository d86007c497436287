"""The deeds of aid that stand on pages of registers, each in a sentence."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from junheng.domains.aid.actions import answering, checking, paying, requesting
from junheng.domains.aid.forms import AnswerForm, AskForm, BandForm, ReturnForm, WordsForm
from junheng.domains.aid.models import AidLetter, AidRequest, Eligibility, Payment, SchoolCheck
from junheng.domains.aid.terms import RequestStage
from junheng.platform.access.roles import Role
from junheng.platform.access.scope import roles_of
from junheng.platform.deeds.declare import Deed
from junheng.platform.deeds.registry import deed
from junheng.platform.registers.asker import Asker


class OfARequest(Deed[AidRequest]):
    """A step of an application, offered to those whose turn it is."""

    register = "aidrequests"
    stage = RequestStage.SCHOOL
    role = Role.PRINCIPAL

    def is_open(self, row: AidRequest) -> bool:
        return row.stage == self.stage

    def is_for(self, asker: Asker, row: AidRequest) -> bool:
        return self.role in roles_of(asker.user, on=asker.today) and super().is_for(asker, row)


@deed
class Recognise(OfARequest):
    """学校认定小组评议后定档，并在校内公示姓名、班级和档次，不写困难原因；公示期满自动撤下。"""

    slug = "recognise"
    label = _("学校认定")
    form = BandForm

    def do(self, row: AidRequest, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return requesting.recognise(row, by=by, at=at, why=why, **asked)


@deed
class TakeObjection(OfARequest):
    """登记公示期内收到的异议，只写内容，不写提出人。"""

    slug = "object"
    label = _("登记异议")
    form = WordsForm
    stage = RequestStage.SHOWN

    def is_open(self, row: AidRequest) -> bool:
        return super().is_open(row) and not (row.objection and not row.answer)

    def do(self, row: AidRequest, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return requesting.take_objection(row, by=by, at=at, why=why, **asked)


@deed
class AnswerObjection(OfARequest):
    """核实后书面答复异议；答复前不能上报。"""

    slug = "answer"
    label = _("答复异议")
    form = WordsForm
    stage = RequestStage.SHOWN

    def is_open(self, row: AidRequest) -> bool:
        return super().is_open(row) and bool(row.objection and not row.answer)

    def do(self, row: AidRequest, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return requesting.answer_objection(row, by=by, at=at, why=why, **asked)


@deed
class SendUp(OfARequest):
    """校内公示期满、异议都已答复的，报县级确认。"""

    slug = "sendup"
    label = _("报县级确认")
    stage = RequestStage.SHOWN

    def do(self, row: AidRequest, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return requesting.send_up(row, by=by, at=at, why=why)


@deed
class Approve(OfARequest):
    """县级确认后，下一次查找资助对象时按“其他家庭经济困难”计入。结果告知家庭。"""

    slug = "approve"
    label = _("县级确认")
    form = WordsForm
    stage = RequestStage.COUNTY
    role = Role.AID_OFFICER

    def do(self, row: AidRequest, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return requesting.approve(row, by=by, at=at, why=why, **asked)


@deed
class Refuse(OfARequest):
    """不予认定的，写明理由；家庭凭回执号可以看到。"""

    slug = "refuse"
    label = _("不予认定")
    form = WordsForm

    def is_open(self, row: AidRequest) -> bool:
        return row.stage in {RequestStage.SCHOOL, RequestStage.COUNTY}

    def is_for(self, asker: Asker, row: AidRequest) -> bool:
        role = Role.AID_OFFICER if row.stage == RequestStage.COUNTY else Role.PRINCIPAL
        return role in roles_of(asker.user, on=asker.today) and Deed.is_for(self, asker, row)

    def do(self, row: AidRequest, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return requesting.refuse(row, by=by, at=at, why=why, **asked)


@deed
class TakeReturn(Deed[Payment]):
    """银行退回的，写明退回日；该学生重新列入待发放。"""

    slug = "return"
    register = "payments"
    label = _("登记退回")
    form = ReturnForm

    def is_open(self, row: Payment) -> bool:
        return row.returned_on is None

    def do(self, row: Payment, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return paying.take_return(row, by=by, at=at, why=why, **asked)


@deed
class AskSchool(Deed[Eligibility]):
    """就这名学生问学校一个问题，学校只答是或否；不告诉学校为什么问。"""

    slug = "askschool"
    register = "eligibilities"
    label = _("请学校核实")
    form = AskForm

    def do(self, row: Eligibility, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        checking.ask_school(row.pupil, by=by, at=at, why=why, **asked)
        return row


@deed
class WriteAgain(Deed[Eligibility]):
    """告知书丢失或送错的，换发一封：原来的编码立即作废，在县（市、区）页面重新下载。"""

    slug = "newletter"
    register = "eligibilities"
    label = _("换发告知书")

    def is_open(self, row: Eligibility) -> bool:
        return AidLetter.objects.filter(pupil=row.pupil_id, term=row.term).exists()

    def do(self, row: Eligibility, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        letter = AidLetter.objects.get(pupil=row.pupil_id, term=row.term)
        answering.write_again(letter, by=by, at=at, why=why)
        return row


@deed
class AnswerCheck(Deed[SchoolCheck]):
    """核实后答“是”或“否”。"""

    slug = "answer"
    register = "schoolchecks"
    label = _("答复核实")
    form = AnswerForm

    def is_open(self, row: SchoolCheck) -> bool:
        return not row.answer

    def is_for(self, asker: Asker, row: SchoolCheck) -> bool:
        return Role.PRINCIPAL in roles_of(asker.user, on=asker.today) and super().is_for(asker, row)

    def do(self, row: SchoolCheck, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return checking.answer_check(row, by=by, at=at, why=why, **asked)
