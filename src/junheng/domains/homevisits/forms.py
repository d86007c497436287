"""What recording a visit asks: taps, no sentence; and what a task asks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.domains.homevisits.terms import Companion, NeedKind, Needless, Topic, Way
from junheng.platform.registers.formfields import DayField


def ticks(label: Any, words: Any, **given: Any) -> forms.TypedMultipleChoiceField:
    """Boxes of which any number may be ticked."""
    return forms.TypedMultipleChoiceField(
        label=label,
        choices=words.choices,
        coerce=words,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        **given,
    )


class ClassVisitForm(forms.Form):
    """A visit of a class teacher: day and name are filled in, the rest is tapped."""

    on = DayField(label=_("家访日"))
    teacher = forms.CharField(label=_("家访教师"), max_length=40)
    way = forms.TypedChoiceField(
        label=_("方式"), choices=Way.choices, coerce=Way, initial=Way.IN_PERSON, widget=forms.RadioSelect
    )
    topics = ticks(_("家访内容"), Topic)
    companions = ticks(_("同行人员"), Companion)
    needs = ticks(_("发现的需求"), NeedKind, help_text=_("没有就不勾。勾选后转给负责的人，不写家庭情况。"))


class SettleForm(forms.Form):
    """On which day something was settled."""

    on = DayField(label=_("办结日"))


class DismissForm(SettleForm):
    """On which day, and for which reason of the list, nothing needs to be done."""

    needless = forms.TypedChoiceField(
        label=_("不需办理的原因"), choices=[("", "—"), *Needless.choices], coerce=Needless
    )
