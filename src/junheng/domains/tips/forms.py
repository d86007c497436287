"""What is asked of citizens, of the officer, and of an office."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import Area
from junheng.domains.findings.terms import Severity
from junheng.domains.tips.terms import REPORTED, TipChannel, TipKind
from junheng.domains.visits.models import Inspector
from junheng.platform.deeds.declare import DeedForm
from junheng.platform.registers.formfields import DayField, WordChoiceField

SPLIT = re.compile(r"[\s,，、；;]+")


def text_area(rows: int) -> forms.Textarea:
    """A box for some lines."""
    return forms.Textarea(attrs={"rows": rows})


def counties() -> list[tuple[str, str]]:
    """The counties of today."""
    return list(Area.objects.filter(kind="county", until=None).order_by("code").values_list("code", "name"))


class TipForm(forms.Form):
    """What a citizen fills in: four things are needed, all others help."""

    kind = forms.ChoiceField(label=_("举报什么"), choices=TipKind.choices, widget=forms.RadioSelect)
    area = forms.ChoiceField(label=_("在哪个县（市、区）"))
    about = forms.CharField(
        label=_("机构、学校或场所的名称"),
        max_length=80,
        required=False,
        help_text=_("门牌或招牌上的名称；不知道可以不填。"),
    )
    place = forms.CharField(
        label=_("地点"), max_length=120, help_text=_("例如“文昌路与人民路口东 50 米二楼”。")
    )
    happened_on = forms.DateField(
        label=_("哪一天"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    happened = forms.CharField(
        label=_("什么时候"), max_length=60, required=False, help_text=_("例如“每周六上午”。")
    )
    words = forms.CharField(label=_("发生了什么"), max_length=2000, widget=text_area(6))
    person = forms.CharField(label=_("怎么称呼您"), max_length=40, required=False)
    contact = forms.CharField(label=_("电话或邮箱"), max_length=80, required=False)
    wants_answer = forms.BooleanField(label=_("请把结果也告诉我本人"), required=False)
    longitude = forms.IntegerField(
        required=False, min_value=-180_000_000, max_value=180_000_000, widget=forms.HiddenInput
    )
    latitude = forms.IntegerField(
        required=False, min_value=-90_000_000, max_value=90_000_000, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        chosen = self.fields["area"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [("", _("请选择")), *counties()]
        self.fields["happened_on"].error_messages["invalid"] = _("请选择日期，或写成 2023-12-31 的形式。")
        self.fields["words"].error_messages["max_length"] = _(
            "内容超过 2000 字，没有存入。请只写要点，其余可以在提交后补充。"
        )

    def clean(self) -> dict[str, Any]:
        """Where an answer is wanted there must be somewhere to send it."""
        told = super().clean() or {}
        if told.get("wants_answer") and not told.get("contact", "").strip() and "contact" not in self.errors:
            self.add_error("contact", _("要答复本人，请留下电话或邮箱；不留也可以凭查询码查看结果。"))
        return told


class EntryForm(TipForm):
    """The same at the telephone, with a letter in hand, at the counter."""

    channel = forms.ChoiceField(
        label=_("渠道"), choices=[one for one in TipChannel.choices if one[0] != TipChannel.WEB]
    )
    field_order = ("channel",)


class NoteForm(forms.Form):
    """What is added later."""

    words = forms.CharField(label=_("补充内容"), max_length=1000, widget=text_area(3))


class RatingForm(forms.Form):
    """How it was dealt with."""

    stars = forms.TypedChoiceField(
        label=_("对办理情况的评价"), coerce=int, widget=forms.RadioSelect,
        choices=[(5, _("5 很满意")), (4, _("4 满意")), (3, _("3 一般")), (2, _("2 不满意")), (1, _("1 很不满意"))],
    )  # fmt: skip
    words = forms.CharField(label=_("想说的话"), max_length=500, required=False, widget=text_area(2))


class TaskForm(forms.Form):
    """What the officer writes for an office."""

    area = forms.ChoiceField(label=_("转给"))
    kind = forms.ChoiceField(label=_("类别"), choices=TipKind.choices)
    title = forms.CharField(label=_("被反映对象"), max_length=80)
    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    school_code = forms.CharField(
        label=_("学校标识码"),
        max_length=10,
        required=False,
        help_text=_("反映学校的填写；办理单位可转为学校的问题整改。"),
    )
    summary = forms.CharField(
        label=_("工作摘要"), max_length=600, widget=text_area(4),
        help_text=_("用自己的话概括。办理单位只看得到这里写的，看不到原文、举报人和具体时间。"),
    )  # fmt: skip
    why = forms.CharField(label=_("事由"), max_length=200)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        chosen = self.fields["area"]
        assert isinstance(chosen, forms.ChoiceField)
        city = Area.objects.filter(kind="city").values_list("code", "name")
        chosen.choices = [*counties(), *city]


class CaseForm(DeedForm):
    """Against whom, as far as it is known, and when."""

    operator = forms.CharField(
        label=_("举办者"), max_length=80, required=False, help_text=_("还不知道可以不填。")
    )
    on = DayField(label=_("登记日"))


class VisitForm(DeedForm):
    """When, and who goes; the unit and its place are the task's."""

    day = DayField(label=_("检查日"))
    until = DayField(label=_("检查止"), required=False, help_text=_("只查一天的留空。"))
    evening = forms.BooleanField(label=_("查晚间超时"), required=False)
    purpose = forms.CharField(
        label=_("检查事由"), max_length=200, initial=_("办学行为检查"),
        help_text=_("到达后出示给被检查单位：不写举报。"),
    )  # fmt: skip
    team = forms.CharField(
        label=_("检查组"), max_length=200,
        help_text=_("检查人员编号，用空格或逗号隔开，第一人是组长；至少两人。"),
    )  # fmt: skip

    def clean_team(self) -> list[Inspector]:
        """The inspectors of the library, in the order in which they were named."""
        codes = [one for one in SPLIT.split(self.cleaned_data["team"]) if one]
        there = {one.code: one for one in Inspector.objects.filter(code__in=codes)}
        if missing := [one for one in codes if one not in there]:
            raise forms.ValidationError(
                _("库里没有编号为 %(codes)s 的检查人员，请核对。") % {"codes": "、".join(missing)}
            )
        return [there[one] for one in codes]


class FindingForm(DeedForm):
    """What was found at the school."""

    what = forms.CharField(
        label=_("问题"), max_length=300, widget=text_area(3),
        help_text=_("只写在学校核实到的情况；学校会看到，不写是怎样知道的。"),
    )  # fmt: skip
    severity = WordChoiceField(label=_("等级"), choices=[("", "—"), *Severity.choices])
    on = DayField(label=_("发现日"))


class ReportForm(DeedForm):
    """What came of it."""

    outcome = WordChoiceField(
        label=_("核查结果"), choices=[("", "—"), *((one.value, one.label) for one in REPORTED)]
    )
    words = forms.CharField(label=_("办理情况"), max_length=600, widget=text_area(3))
    on = DayField(label=_("办结日"))


__all__ = [
    "CaseForm",
    "EntryForm",
    "FindingForm",
    "NoteForm",
    "RatingForm",
    "ReportForm",
    "TaskForm",
    "TipForm",
    "VisitForm",
]
