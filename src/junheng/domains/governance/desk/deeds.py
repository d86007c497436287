"""The deeds about cases, as the pages offer them: one a legal step, made from the procedure, and those around them."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from junheng.content.rulebook import CASEWORK
from junheng.domains.governance import actions
from junheng.domains.governance.forms import (
    CustodyForm,
    ExtensionForm,
    FileForm,
    NothingOwedForm,
    PartnerForm,
    ProofForm,
    RecusalForm,
    RefundForm,
    SiteForm,
    StepForm,
    legal_form,
)
from junheng.domains.governance.models import (
    Case,
    CaseDeadline,
    CaseExtension,
    CaseFile,
    CaseStep,
    Exhibit,
    Refund,
)
from junheng.domains.governance.queries import has_file, next_states
from junheng.domains.governance.queries.procedure import accounts_of, is_turn, steps_of
from junheng.domains.governance.queries.refunds import UNPROVEN
from junheng.domains.governance.terms import ENDED, CaseState, DeadlineState, LegalStep, What
from junheng.platform.access.once import once_a_page
from junheng.platform.audit.append import name_of
from junheng.platform.deeds.declare import Deed
from junheng.platform.deeds.registry import deed
from junheng.platform.registers.asker import Asker

HELP: dict[LegalStep, Any] = {
    LegalStep.FILE: _("核查线索后决定立案，写明立案审批文书号；从这天起算九十日。"),
    LegalStep.INVESTIGATE: _("两名以上执法人员调查取证，可以多次。证据在案卷页登记。"),
    LegalStep.STOP: _("责令停止举办，写明通知书文号。"),
    LegalStep.NOTICE: _("告知拟作出的处理及事实、理由、依据，告知陈述、申辩和要求听证的权利。"),
    LegalStep.PLEA: _("登记当事人陈述申辩、要求听证或书面放弃。"),
    LegalStep.HEARINGCALL: _("当事人要求听证的，举行七个工作日前通知。"),
    LegalStep.HEARING: _("登记听证，由没有办理本案的人员主持。"),
    LegalStep.COLLECTIVE: _("情节复杂或重大的，负责人集体讨论，写明会议纪要文号。"),
    LegalStep.DECIDE: _("写明决定书文号、结果和罚款。陈述申辩期未满、没有证据的不能作出决定。"),
    LegalStep.SERVE: _("两名执法人员送达决定书；从这天起算退费和复查的期限。"),
    LegalStep.ENFORCE: _("登记缴款凭证或强制执行文书号。"),
    LegalStep.REVISIT: _("由没有办理本案的两名人员复查现场，可以多次。"),
    LegalStep.CLOSE: _("复查已停止、罚款缴清、逐户退清并有凭证，才能结案。"),
    LegalStep.DISMISS: _("查无实据的终结，写明查明的情况。"),
    LegalStep.HANDOVER: _("不属于本部门管辖或涉嫌犯罪的移送，摘要写接收部门。"),
    LegalStep.HANDEDBACK: _("登记接收部门的回告，之后继续办理或终结。"),
}


@once_a_page
def known(case_pk: int) -> tuple[Case, CaseFile | None, tuple[Any, ...]]:
    """A case with its file and steps, asked once a page however many buttons ask."""
    case = Case.objects.get(pk=case_pk)
    file = CaseFile.objects.filter(case=case).first()
    return case, file, tuple(steps_of(case)) if file else ()


@deed
class TakeStep(Deed[Case]):
    """没有案卷的案件按纸质案卷登记状态：线索→调查→决定→结案；查无实据的终结。结案后不再改动，如有新情况另立新案。"""

    slug = "step"
    register = "cases"
    label = _("办理案件")
    form = StepForm

    def is_open(self, row: Case) -> bool:
        return bool(next_states(row)) and known(row.pk)[1] is None

    def do(self, row: Case, *, by: Any, at: Any, why: str, **asked: Any) -> Case:
        return actions.take_step(row, CaseState(asked["to"]), on=asked["on"], by=by, at=at, why=why)


@deed
class OpenFile(Deed[Case]):
    """写明办班地点和举办者，从此按办案步骤办理：立案、取证、告知、决定、送达、退费、复查、结案，期限由系统计算。"""

    slug = "openfile"
    register = "cases"
    label = _("建立案卷")
    form = FileForm

    def is_open(self, row: Case) -> bool:
        return row.state == CaseState.TIP and not has_file(row)

    def do(self, row: Case, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        actions.open_file(row, by=by, at=at, why=why, **asked)
        return row


class Legal(Deed[Case]):
    """One legal step of a case."""

    register = "cases"
    step: LegalStep

    @property
    def help_text(self) -> str:
        return str(HELP[self.step])

    def is_open(self, row: Case) -> bool:
        case, file, done = known(row.pk)
        return file is not None and is_turn(self.step, case, file, list(done))

    def do(self, row: Case, *, by: Any, at: Any, why: str, **asked: Any) -> Case:
        asked["fine_fen"] = asked.get("fine_fen") or 0
        actions.take_legal_step(row, self.step, by=by, at=at, why=why, **asked)
        return row


for one in LegalStep:
    deed(
        type(
            f"{one.name.title()}Deed",
            (Legal,),
            {
                "__doc__": Legal.__doc__,
                "slug": one.value,
                "label": one.label,
                "form": legal_form(one),
                "step": one,
            },
        )
    )


class AroundACase(Deed[Case]):
    """What is written beside the steps while a case with a file is under way."""

    register = "cases"

    def is_open(self, row: Case) -> bool:
        return row.state not in ENDED and known(row.pk)[1] is not None


@deed
class AddRefund(AroundACase):
    """一户一次登记应退金额，系统编家庭序号；不写姓名。"""

    slug = "refund"
    label = _("登记应退家庭")
    form = RefundForm

    def do(self, row: Case, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        actions.add_refund(row, by=by, at=at, why=why, **asked)
        return row


@deed
class NothingOwed(AroundACase):
    """没有收费或办案前已经退清的，写明理由；登记过应退家庭的案件不能这样办。"""

    slug = "nothingowed"
    label = _("无需退费")
    form = NothingOwedForm

    def is_open(self, row: Case) -> bool:
        return super().is_open(row) and not Refund.objects.filter(case=row).exists()

    def do(self, row: Case, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        actions.explain_nothing_owed(row, by=by, at=at, why=why, **asked)
        return row


@deed
class KeepOut(AroundACase):
    """执法人员与本案有利害关系的回避；回避之后不能再参加本案的任何步骤。"""

    slug = "recuse"
    label = _("登记回避")
    form = RecusalForm

    def do(self, row: Case, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        actions.keep_out(row, by=by, at=at, why=why, **asked)
        return row


@deed
class AddPartner(AroundACase):
    """市场监管、民政、公安等部门联合办理的，写明单位和分工。"""

    slug = "partner"
    label = _("登记联合单位")
    form = PartnerForm

    def do(self, row: Case, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        actions.add_partner(row, by=by, at=at, why=why, **asked)
        return row


def gives_more_time(asker: Asker, done: list[CaseStep], *, used: int) -> bool:
    """Whether somebody may give a case more time: who did not handle it, as often as the rule allows."""
    most = CASEWORK.extend_times.on(asker.day).value
    return used < most and name_of(asker.user) not in accounts_of(done)


@deed
class Extend(AroundACase):
    """案情复杂，到期不能作出决定的，经批准延长：须在原截止日之前批准，由没有办理本案的人登记。天数和次数的上限待市局确认。"""

    slug = "extend"
    label = _("延长办案期限")
    form = ExtensionForm

    def is_open(self, row: Case) -> bool:
        open_ones = CaseDeadline.objects.filter(case=row, what=What.DECIDE, state=DeadlineState.OPEN)
        return super().is_open(row) and open_ones.exists()

    def is_for(self, asker: Asker, row: Case) -> bool:
        used = CaseExtension.objects.filter(case=row, what=What.DECIDE).count()
        return super().is_for(asker, row) and gives_more_time(asker, list(known(row.pk)[2]), used=used)

    def do(self, row: Case, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        actions.extend(row, by=by, at=at, why=why, **asked)
        return row


@deed
class JudgeSites(Deed[Case]):
    """两件案件是否同一地点同一举办者。认定为同一对象的合用一个编号，只计一所；已结案的也可以认定。"""

    slug = "same"
    register = "cases"
    label = _("认定同一对象")
    form = SiteForm

    def is_open(self, row: Case) -> bool:
        return known(row.pk)[1] is not None

    def do(self, row: Case, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        actions.judge_sites(row, by=by, at=at, why=why, **asked)
        return row


@deed
class ProveRefund(Deed[Refund]):
    """写明累计退了多少、哪天退的、凭证号。没有凭证的不算已退，案件不能结案。"""

    slug = "prove"
    register = "refunds"
    label = _("登记退费凭证")
    form = ProofForm

    def is_open(self, row: Refund) -> bool:
        return Refund.objects.filter(UNPROVEN, pk=row.pk).exclude(case__state__in=ENDED).exists()

    def do(self, row: Refund, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.prove_refund(row, by=by, at=at, why=why, **asked)


@deed
class PassOn(Deed[Exhibit]):
    """证据换了保管人就登记一次。移交人不是现保管人的照实写，案卷上会显示链条缺了一环。"""

    slug = "passon"
    register = "exhibits"
    label = _("登记证据交接")
    form = CustodyForm

    def is_open(self, row: Exhibit) -> bool:
        return row.case.state not in ENDED

    def do(self, row: Exhibit, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        actions.pass_on(row, by=by, at=at, why=why, **asked)
        return row
