"""What the deeds about a county line ask."""

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.domains.admissions.terms import CrossingAnswer, LawfulException
from junheng.platform.deeds.declare import DeedForm
from junheng.platform.registers.formfields import DayField, WordChoiceField


class AnswerForm(DeedForm):
    """A lawful reason with what shows it, or the day on which it was corrected."""

    answer = WordChoiceField(label=_("说明"), choices=[("", "—"), *CrossingAnswer.choices])
    exception = WordChoiceField(
        label=_("合法情形"), choices=[("", "—"), *LawfulException.choices], required=False
    )
    evidence = forms.CharField(
        label=_("依据材料"),
        max_length=120,
        required=False,
        help_text=_("有合法情形的填写，如居住证编号、部队证明文号；不要写身份证件号。"),
    )
    corrected_on = DayField(
        label=_("纠正日"), required=False, help_text=_("已纠正的填写：转回户籍所在县的日期。")
    )


class ReturnForm(DeedForm):
    """What is wrong with an answer."""

    reason = forms.CharField(label=_("退回原因"), max_length=200)
