"""What the deeds of patrols ask."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.domains.patrols.queries.people import deputies_for
from junheng.domains.patrols.terms import LeaveReason
from junheng.domains.people.models import Person
from junheng.platform.deeds.declare import DeedForm
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.formfields import DayField, WordChoiceField


class LeaveForm(DeedForm):
    """From when to when somebody is away, and who stands in."""

    since = DayField(label=_("起始日"))
    until = DayField(
        label=_("返岗日"), required=False, help_text=_("返岗的那一天，当天起重新由本人负责；不确定的可不填。")
    )
    reason = WordChoiceField(label=_("请假原因"), choices=LeaveReason.choices)
    deputy = forms.ModelChoiceField(
        label=_("代理人"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("不设代理人，暗访仍由本人承担"),
        help_text=_("同一县（市、区）的同级责任人；期间的暗访由代理人承担。"),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, row: Any, asker: Asker) -> None:
        super().__init__(data, row=row, asker=asker)
        chosen = self.fields["deputy"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = deputies_for(row, on=asker.today)


class BackForm(DeedForm):
    """On which day somebody is back."""

    on = DayField(label=_("返岗日"), help_text=_("不晚于起始日的，按取消请假办理。"))


class ExplanationForm(DeedForm):
    """Why too little was checked."""

    explanation = forms.CharField(
        label=_("说明"), max_length=200, help_text=_("没有查够的原因，和已经采取的补救。")
    )


class VerdictForm(DeedForm):
    """Why an explanation is not accepted."""

    verdict = forms.CharField(label=_("不采纳的理由"), max_length=200)
