"""What the deeds of a round ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.domains.quotaplaces.terms import Found
from junheng.platform.deeds.declare import DeedForm
from junheng.platform.registers.formfields import DayField, WholeNumberField, WordChoiceField


class ObjectionForm(DeedForm):
    """What is said against a finding, and when."""

    words = forms.CharField(
        label=_("异议内容"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("只写事实，如“2023 年 2 月才转入本校”。不要写他人的身份信息。"),
    )
    on = DayField(label=_("提出日"))


class VerdictForm(DeedForm):
    """Which finding holds, and why."""

    found = WordChoiceField(label=_("核查后的资格"), choices=[("", "—"), *Found.choices])
    answer = forms.CharField(label=_("核查结论"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    on = DayField(label=_("核查日"))


class ScoreForm(DeedForm):
    """The right score."""

    score = WholeNumberField(label=_("更正后的成绩"), min_value=0, max_value=65_535, required=False)
    subjects = WholeNumberField(label=_("更正后的科目次序值"), min_value=0)

    def __init__(self, data: Any = None, *, row: Any, asker: Any) -> None:
        super().__init__(data, row=row, asker=asker)
        self.fields["score"].initial, self.fields["subjects"].initial = row.score, row.subjects


class LookUpForm(forms.Form):
    """The number of a candidate and the end of its identity number: what only the family and the school have."""

    number = forms.CharField(label=_("考生号"), max_length=16)
    end = forms.CharField(
        label=_("身份证件号后六位"),
        min_length=6,
        max_length=6,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
