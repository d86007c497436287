"""What the deeds about a finding ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.domains.findings.terms import Severity, Verdict
from junheng.platform.deeds.declare import DeedForm
from junheng.platform.registers.formfields import DayField, WordChoiceField, YuanField


def told(label: Any, *, help_text: Any = "", required: bool = True, longest: int = 300) -> forms.CharField:
    """A box of a few lines."""
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PlanForm(DeedForm):
    """五落实: owner, measures, money, limit, plan."""

    owner = forms.CharField(label=_("整改责任人"), max_length=80)
    measures = told(_("整改措施"))
    money_fen = YuanField(label=_("整改资金（元）"), required=False)
    due_on = DayField(
        label=_("整改期限"),
        required=False,
        help_text=_("一般和较大隐患的期限由等级决定，不用填；重大隐患填方案确定的期限。"),
    )
    plan = told(
        _("管控与应急预案"), required=False, help_text=_("重大隐患必填：整改完成前怎样管控、停用哪些场所。")
    )

    def __init__(self, data: Any = None, *, row: Any, asker: Any) -> None:
        super().__init__(data, row=row, asker=asker)
        for name in ("owner", "measures", "money_fen", "plan"):
            self.fields[name].initial = getattr(row, name)
        if row.severity == Severity.MAJOR:
            self.fields["due_on"].required = self.fields["plan"].required = True


class RemedyForm(DeedForm):
    """What was done, when, and what shows it."""

    on = DayField(label=_("整改完成日"))
    words = told(_("改了什么"))
    proof = forms.CharField(
        label=_("佐证"), max_length=200, help_text=_("整改照片的编号、验收单或维修单编号等，复查人据此核对。")
    )


class CheckForm(DeedForm):
    """What was seen on the spot, and when."""

    on = DayField(label=_("复查日"))
    words = told(_("复查情况"))
    proof = forms.CharField(label=_("佐证"), max_length=200, required=False)


class ReopenForm(DeedForm):
    """What is not remedied."""

    on = DayField(label=_("复查日"))
    words = told(_("哪里没有改好"))


class AskTimeForm(DeedForm):
    """Until when, and why."""

    until = DayField(label=_("延期至"))
    words = told(_("延期原因和管控措施"))


class DecideTimeForm(DeedForm):
    """Whether, and why."""

    verdict = WordChoiceField(label=_("批复"), choices=[("", "—"), *Verdict.choices])
    words = told(_("批复意见"))


class ListForm(DeedForm):
    """By which notice, and from when."""

    number = forms.CharField(label=_("督办通知文号"), max_length=60)
    on = DayField(label=_("挂牌日"))
