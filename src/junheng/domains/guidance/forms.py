"""What the deeds of a case ask. Nothing asks for a story: there is a list to choose from for everything."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.domains.guidance.terms import KINDS, CareLevel, Outcome, Result, Rhythm, Step, StepReason, Taker
from junheng.domains.pupils.models import Pupil
from junheng.domains.pupils.queries import called
from junheng.platform.deeds.declare import DeedForm
from junheng.platform.registers.formfields import DayField, KeyField, WordChoiceField


def one_of(choices: Any) -> list[tuple[str, Any]]:
    """A box in which nothing is chosen before somebody chooses."""
    return [("", "—"), *choices]


class OpenForm(DeedForm):
    """Who of the class, who is responsible, how much is to be done, from when."""

    pupil = forms.ChoiceField(label=_("学生"), help_text=_("姓名和学籍号末四位；打开这一页已留痕。"))
    responsible = forms.CharField(label=_("责任人"), max_length=40)
    level = WordChoiceField(label=_("帮扶级别"), choices=one_of(CareLevel.choices), coerce=CareLevel)
    on = DayField(label=_("建档日"))

    def __init__(self, *given: Any, roll: Sequence[Pupil], **told: Any) -> None:
        super().__init__(*given, **told)
        choice = self.fields["pupil"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = one_of((str(one.pk), called(one)) for one in roll)
        self.fields["why"].help_text = _("只写依据的会商、日期，不写姓名和情况；事由长期留存。")


class CaseForm(DeedForm):
    """A deed of a case: the reason is kept longer than the case, so it says nothing of anybody."""

    def __init__(self, *given: Any, **told: Any) -> None:
        super().__init__(*given, **told)
        self.fields["why"].help_text = _("只写依据的会商、日期，不写姓名和情况；事由长期留存。")


class RenewForm(CaseForm):
    """Who is responsible for the new plan, and from when."""

    responsible = forms.CharField(label=_("责任人"), max_length=40)
    since = DayField(label=_("生效日"), help_text=_("原方案同日失效。"))


class ReviewForm(CaseForm):
    """The day, what was decided, and why where it is a step."""

    on = DayField(label=_("评估日"))
    step = WordChoiceField(label=_("结论"), choices=one_of(Step.choices), coerce=Step)
    reason = WordChoiceField(
        label=_("升降级理由"),
        choices=one_of(StepReason.choices),
        required=False,
        help_text=_("维持的不填。"),
    )


class MeasureForm(CaseForm):
    """A measure of the catalogue, who takes it, how often, from when; of the police the number of their paper."""

    kind = WordChoiceField(label=_("措施"), choices=one_of(KINDS))
    taker = WordChoiceField(label=_("由谁采取"), choices=one_of(Taker.choices), coerce=Taker)
    rhythm = WordChoiceField(label=_("频次"), choices=one_of(Rhythm.choices), coerce=Rhythm)
    since = DayField(label=_("开始日"))
    document = forms.CharField(
        label=_("公安机关文书编号"),
        max_length=40,
        required=False,
        help_text=_("只有公安机关作出的措施填写，只写编号；加密保存。"),
    )


class OutcomeForm(CaseForm):
    """Which measure, until when, and what came of it."""

    measure = forms.TypedChoiceField(label=_("措施"), coerce=int)
    on = DayField(label=_("结束日"))
    outcome = WordChoiceField(label=_("效果"), choices=one_of(Outcome.choices), coerce=Outcome)

    def __init__(self, *given: Any, **told: Any) -> None:
        super().__init__(*given, **told)
        choice = self.fields["measure"]
        assert isinstance(choice, forms.TypedChoiceField)
        running = self.row.measures.filter(until=None).order_by("pk")
        choice.choices = one_of((str(one.pk), f"{one.get_kind_display()}（{one.since}）") for one in running)


class OfferForm(CaseForm):
    """To which school."""

    relations: ClassVar = {"to_school": ("carecases", "school")}

    to_school = KeyField(label=_("接收学校"))
    on = DayField(label=_("提出日"))


class CloseForm(CaseForm):
    """The day, and with what."""

    on = DayField(label=_("结案日"))
    result = WordChoiceField(label=_("结案结果"), choices=one_of(Result.choices), coerce=Result)


class WhomForm(forms.Form):
    """Why somebody looks."""

    why = forms.CharField(label=_("事由"), max_length=200, help_text=_("为什么查看；随查看一并留痕。"))
