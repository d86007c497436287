"""Deeds about recognition, as the pages offer them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.desk import CloseUnit, MergeUnits, MoveUnit, RenameUnit
from junheng.domains.areas.forms import CarryingForm
from junheng.domains.kindergartens.actions import asking, end_recognition, reject
from junheng.domains.kindergartens.actions.converting import make_public
from junheng.domains.kindergartens.actions.entering import enter_on_paper
from junheng.domains.kindergartens.actions.pricing import announce
from junheng.domains.kindergartens.models import Kindergarten, KindergartenQuestion, Recognition
from junheng.domains.kindergartens.policies import own_kindergartens
from junheng.domains.kindergartens.terms import Decision, EndedBy, QuestionAbout, QuestionState
from junheng.platform.deeds.declare import Deed, DeedForm
from junheng.platform.deeds.registry import deed
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.formfields import DayField, KeyField, WordChoiceField, YuanField


class RecogniseForm(DeedForm):
    """The decision: its day, its number, and from when it holds."""

    decided_on = DayField(label=_("决定日"))
    since = DayField(label=_("生效日"), help_text=_("不早于决定日。"))
    number = forms.CharField(label=_("认定文号"), max_length=40)


@deed
class Recognise(Deed[Recognition]):
    """补登书面决定：认定由评选认定方案申报、公示后作出，证书和本台账自动登记。实行方案认定以后的书面决定，由一人提请、另一人对照原件填写一致后才登记。"""

    slug = "recognise"
    register = "recognitions"
    label = _("补登书面认定")
    form = RecogniseForm

    def is_open(self, row: Recognition) -> bool:
        return row.decision == Decision.PENDING

    def do(self, row: Recognition, *, by: Any, at: Any, why: str, **asked: Any) -> Recognition:
        return enter_on_paper(row, by=by, at=at, why=why, **asked)


class RejectForm(DeedForm):
    """The day of the decision; its reason is the reason of the deed."""

    decided_on = DayField(label=_("决定日"))


@deed
class Reject(Deed[Recognition]):
    """不予认定。事由写明未达到哪一条。"""

    slug = "reject"
    register = "recognitions"
    label = _("不予认定")
    form = RejectForm

    def is_open(self, row: Recognition) -> bool:
        return row.decision == Decision.PENDING

    def do(self, row: Recognition, *, by: Any, at: Any, why: str, **asked: Any) -> Recognition:
        return reject(row, by=by, at=at, why=why, **asked)


class EndForm(DeedForm):
    """From when it no longer holds, and why."""

    until = DayField(label=_("失效日（不再有效的第一天）"))
    ended_by = forms.ChoiceField(
        label=_("终止原因"),
        choices=[(one.value, one.label) for one in EndedBy if one != EndedBy.RENEWED],
    )


@deed
class EndRecognition(Deed[Recognition]):
    """撤销认定，或因停办、转为公办而终止；从失效日起不计入存量，补助同日停止。"""

    slug = "end"
    register = "recognitions"
    label = _("终止认定")
    form = EndForm

    def is_open(self, row: Recognition) -> bool:
        return row.decision == Decision.RECOGNISED and row.until is None

    def do(self, row: Recognition, *, by: Any, at: Any, why: str, **asked: Any) -> Recognition:
        asked["ended_by"] = EndedBy(asked["ended_by"])
        return end_recognition(row, by=by, at=at, why=why, **asked)


class ByTheBureau:
    """A deed that is done by whoever looks after an area, never by the kindergarten itself."""

    def is_for(self, asker: Asker, row: Any) -> bool:
        own = own_kindergartens(register_called("kindergartenquestions"), asker)
        return not own and super().is_for(asker, row)  # type: ignore[misc] # of the deed beside it


class PublicForm(DeedForm):
    """From when it is public."""

    on = DayField(label=_("转为公办日（公办的第一天）"))


@deed
class MakePublic(ByTheBureau, Deed[Kindergarten]):
    """收回租赁或移交后转为公办：民办性质和普惠认定同日终止，公办性质同日开始；不算新增，也不重复计数，在园幼儿不动。"""

    slug = "public"
    register = "kindergartens"
    label = _("转为公办")
    form = PublicForm

    def is_open(self, row: Kindergarten) -> bool:
        return row.until is None

    def do(self, row: Kindergarten, *, by: Any, at: Any, why: str, **asked: Any) -> Kindergarten:
        return make_public(row, by=by, at=at, why=why, **asked)


class FeeForm(DeedForm):
    """What is charged, from when, and by which paper."""

    fee_fen = YuanField(label=_("月保教费（元）"))
    since = DayField(label=_("执行日"), help_text=_("由幼儿园申报的，须在今天以后。"))
    basis = forms.CharField(
        label=_("依据"), max_length=160, help_text=_("价格主管部门的批复、备案号，或者公示日期。")
    )


@deed
class AnnounceFee(Deed[Kindergarten]):
    """申报从某日起执行的月保教费。幼儿园申报的由县（市、区）教育局核准，到执行日公开页面才显示，原标准保留。"""

    slug = "fee"
    register = "kindergartens"
    label = _("申报收费标准")
    form = FeeForm

    def is_open(self, row: Kindergarten) -> bool:
        return row.until is None

    def do(self, row: Kindergarten, *, by: Any, at: Any, why: str, **asked: Any) -> Any:
        return announce(row, by=by, at=at, why=why, **asked) or row


class AskForm(DeedForm):
    """What is asked."""

    about = WordChoiceField(label=_("事项"), choices=[("", "—"), *QuestionAbout.choices])
    words = forms.CharField(
        label=_("询问内容"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明发现了什么、要求说明或整改什么。幼儿园看得到。"),
    )


@deed
class AskKindergarten(ByTheBureau, Deed[Kindergarten]):
    """向幼儿园提出询问，限期答复；不再符合认定条件又不整改的，由作出决定的单位撤销证书。"""

    slug = "ask"
    register = "kindergartens"
    writes = "kindergartens"
    label = _("询问幼儿园")
    form = AskForm

    def is_open(self, row: Kindergarten) -> bool:
        return row.until is None

    def do(self, row: Kindergarten, *, by: Any, at: Any, why: str, **asked: Any) -> KindergartenQuestion:
        return asking.ask(
            row, about=QuestionAbout(asked["about"]), words=asked["words"], by=by, at=at, why=why
        )


class AnswerForm(DeedForm):
    """What the kindergarten says."""

    words = forms.CharField(
        label=_("答复"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写明事实和已采取的措施；不要写幼儿和家长的个人信息。"),
    )


@deed
class AnswerQuestion(Deed[KindergartenQuestion]):
    """在期限前答复。逾期仍可答复，答复日会与期限一并显示。"""

    slug = "answer"
    register = "kindergartenquestions"
    label = _("答复询问")
    form = AnswerForm

    def is_open(self, row: KindergartenQuestion) -> bool:
        return row.state == QuestionState.OPEN

    def do(
        self, row: KindergartenQuestion, *, by: Any, at: Any, why: str, **asked: Any
    ) -> KindergartenQuestion:
        return asking.answer(row, words=asked["words"], by=by, at=at, why=why)


class SettleForm(DeedForm):
    """Whether it was put right."""

    mended = WordChoiceField(
        label=_("处理"), choices=[("", "—"), ("yes", _("已整改")), ("no", _("未整改，转撤销认定"))]
    )
    words = forms.CharField(
        label=_("处理意见"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("幼儿园看得到。转撤销的，由作出决定的单位在证书页办理「撤销证书」。"),
    )


@deed
class SettleQuestion(ByTheBureau, Deed[KindergartenQuestion]):
    """核实答复：已整改的结束；未整改或逾期不答复的，转撤销认定。"""

    slug = "settle"
    register = "kindergartenquestions"
    label = _("处理询问")
    form = SettleForm

    def is_open(self, row: KindergartenQuestion) -> bool:
        return row.state in asking.WAITING

    def do(
        self, row: KindergartenQuestion, *, by: Any, at: Any, why: str, **asked: Any
    ) -> KindergartenQuestion:
        return asking.settle(
            row, mended=asked["mended"] == "yes", words=asked["words"], by=by, at=at, why=why
        )


@deed
class RenameKindergarten(RenameUnit):
    """更名：标识码不变，原园名保留在沿革中，仍可查到。"""

    register = "kindergartens"


class MoveForm(CarryingForm):
    """The new place."""

    relations = {"area": ("kindergartens", "area")}

    area = KeyField(label=_("划入区划"))


@deed
class MoveKindergarten(MoveUnit):
    """迁址或划转：幼儿园连同在园幼儿等划入另一个区划。跨县（市、区）由市局办理。"""

    register = "kindergartens"
    form = MoveForm


@deed
class MergeKindergartens(MergeUnits):
    """合并：其他幼儿园并入本园，本园标识码不变；被并入的同日停办，在园幼儿转入本园。"""

    register = "kindergartens"


@deed
class CloseKindergarten(CloseUnit):
    """撤并：本园停办，由另一所幼儿园承接在园幼儿。"""

    register = "kindergartens"
