"""What one says of a new token."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.platform.registers.asker import Asker
from junheng.platform.tokens.models import Scope
from junheng.platform.tokens.opening import openable

DEFAULT_DAYS = 90


class TokenForm(forms.Form):
    """A new token: name, what it may do, for which registers, until when."""

    name = forms.CharField(
        label=_("名称"), max_length=60, help_text=_("使用它的系统的名字，例如「考务系统」。")
    )
    scope = forms.ChoiceField(label=_("权限"), choices=Scope.choices, initial=Scope.READ)
    until = forms.DateField(
        label=_("失效日"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("从这一天起不再有效，最长一年。"),
    )
    registers = forms.MultipleChoiceField(
        label=_("名录"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("不选则为您能看到的全部名录。"),
    )

    def __init__(self, data: Any = None, *, asker: Asker) -> None:
        super().__init__(data)
        seen = [one for one in openable().values() if asker.may("view", one)]
        self.fields["registers"].choices = [(one.slug, one.label) for one in seen]  # type: ignore[attr-defined]
        self.fields["until"].initial = default_end(asker.today)


def default_end(today: date) -> date:
    """The end that the form proposes."""
    return today + timedelta(days=DEFAULT_DAYS)
