"""What the pages and deeds of aid ask."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from junheng.domains.aid.terms import Answered, Band, Hardship, Question, Scheme, Side, Told
from junheng.platform.deeds.declare import DeedForm
from junheng.platform.registers.actions import LONGEST_WHY
from junheng.platform.registers.formfields import DayField, WholeNumberField, WordChoiceField, YuanField

NONE = [("", "—")]


def box(rows: int) -> forms.Textarea:
    """A box of some lines."""
    return forms.Textarea(attrs={"rows": rows})


class WordsForm(DeedForm):
    """What is said."""

    words = forms.CharField(label=_("内容"), max_length=300, widget=box(3))


class BandForm(DeedForm):
    """How hard it is."""

    band = WordChoiceField(label=_("档次"), choices=[*NONE, *Band.choices])


class ReturnForm(DeedForm):
    """When it came back."""

    on = DayField(label=_("退回日"))


class AskForm(DeedForm):
    """Which question."""

    question = WordChoiceField(label=_("问题"), choices=[*NONE, *Question.choices])


class AnswerForm(DeedForm):
    """Yes or no."""

    answer = WordChoiceField(label=_("答复"), choices=[*NONE, *Answered.choices])


class FindForm(forms.Form):
    """The day of the roll, and why."""

    day = DayField(label=_("名册日"), help_text=_("学籍核对结束的那一天，须在该学期内。"))
    why = forms.CharField(label=_("事由"), max_length=LONGEST_WHY)


class ConfirmForm(forms.Form):
    """The digest of the list that was read, and why."""

    digest = forms.CharField(widget=forms.HiddenInput)
    why = forms.CharField(label=_("事由"), max_length=LONGEST_WHY)


class WhyForm(forms.Form):
    """Why something is written down."""

    why = forms.CharField(label=_("事由"), max_length=LONGEST_WHY)


class ToldForm(forms.Form):
    """How it ended, and why it is written down."""

    outcome = forms.ChoiceField(label=_("通知结果"), choices=Told)
    why = forms.CharField(label=_("事由"), max_length=LONGEST_WHY)


class PayForm(forms.Form):
    """The document, the day, and a sum if it is less than everything."""

    document = forms.CharField(label=_("发放文号"), max_length=60)
    paid_on = DayField(label=_("发放日"))
    total = YuanField(
        label=_("发放总额（元）"),
        required=False,
        help_text=_("空着的足额发放；少于应发的按最大余额法分到每一分。"),
    )
    why = forms.CharField(label=_("事由"), max_length=LONGEST_WHY)


class ReasonForm(forms.Form):
    """Why one pupil is aided or not against the lists."""

    pupil = forms.IntegerField(widget=forms.HiddenInput)
    scheme = forms.ChoiceField(choices=Scheme, widget=forms.HiddenInput)
    side = forms.ChoiceField(choices=Side, widget=forms.HiddenInput)
    words = forms.CharField(label=_("原因"), max_length=200)


class HoursForm(forms.Form):
    """On which days, at which hours, how many."""

    first = DayField(label=_("起日"))
    last = DayField(label=_("止日"))
    begins = forms.CharField(
        label=_("各时段开始时间"),
        max_length=200,
        initial="09:00 10:00 11:00 14:00 15:00 16:00",
        help_text=_("用空格隔开，例如 09:00 10:00。"),
    )
    places = WholeNumberField(label=_("每个时段可约"), min_value=1, max_value=500)
    why = forms.CharField(label=_("事由"), max_length=LONGEST_WHY)

    def clean_begins(self) -> list[time]:
        """The hours; one that is none is refused with what was written."""
        found = []
        for one in (
            self.cleaned_data["begins"].replace("，", " ").replace("、", " ").replace("：", ":").split()
        ):
            try:
                found.append(time.fromisoformat(one))
            except ValueError:
                raise forms.ValidationError(
                    gettext("「%(value)s」不是时间，请写成 09:00。") % {"value": one}, code="time"
                ) from None
        return sorted(set(found))


class EnterForm(forms.Form):
    """The code of a letter, and what only the family knows."""

    code = forms.CharField(
        label=_("告知书上的编码"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    proof = forms.CharField(
        label=_("学生身份证件号后四位，或出生日期"),
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("出生日期写成 8 位，例如 20140901。"),
    )


class WaiveForm(forms.Form):
    """Which programmes are given up, signed by a typed name; the reason is nobody's business."""

    schemes = forms.MultipleChoiceField(
        label=_("放弃的项目"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请勾选要放弃的项目。")},
    )
    signed_by = forms.CharField(label=_("家长签字（写姓名）"), max_length=40)
    reason = forms.CharField(label=_("原因（可以不写）"), max_length=200, required=False)

    def __init__(self, data: Any = None, *, choices: list[tuple[str, str]]) -> None:
        super().__init__(data)
        field = self.fields["schemes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices


class RequestForm(forms.Form):
    """Which pupil, what makes it hard, and the promise that it is true."""

    name = forms.CharField(label=_("学生姓名"), max_length=40)
    id_number = forms.CharField(
        label=_("学生身份证件号"), max_length=18, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    kind = forms.ChoiceField(label=_("困难类型"), choices=Hardship)
    words = forms.CharField(
        label=_("困难情况"), max_length=500, widget=box(4), help_text=_("写事实即可，不需要开证明。")
    )
    promised = forms.BooleanField(
        label=_("我承诺以上情况属实，如不属实愿意退回资助。"),
        error_messages={"required": _("没有勾选承诺，不能提交。")},
    )
    promised_by = forms.CharField(label=_("家长签字（写姓名）"), max_length=40)


class ReceiptForm(forms.Form):
    """A receipt to look up."""

    receipt = forms.CharField(
        label=_("回执号"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
