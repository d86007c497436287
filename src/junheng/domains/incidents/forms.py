"""What the deeds about incidents ask."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.domains.findings.terms import Severity
from junheng.domains.incidents.terms import IncidentKind
from junheng.platform.deeds.declare import DeedForm
from junheng.platform.registers.formfields import DayField, KeyField, WordChoiceField, YesNoField

NAMELESS = _("不写学生姓名、证件号；多人可见。")


def told(label: Any, *, help_text: Any = NAMELESS, longest: int = 400) -> forms.CharField:
    """A box of a few lines."""
    return forms.CharField(
        label=label, max_length=longest, help_text=help_text, widget=forms.Textarea(attrs={"rows": 4})
    )


class ReportForm(DeedForm):
    """What happened, where and when."""

    kind = WordChoiceField(label=_("事件类别"), choices=[("", "—"), *IncidentKind.choices])
    on = DayField(label=_("发生日"))
    place = forms.CharField(label=_("部位"), max_length=60)
    what = told(_("经过"))
    hurt = forms.IntegerField(label=_("受伤人数"), min_value=0, max_value=9999, initial=0)


class ReviewForm(DeedForm):
    """When, by whom, why it could happen, and what is to be learned."""

    on = DayField(label=_("复盘日"))
    chaired_by = forms.CharField(label=_("复盘主持人"), max_length=60)
    causes = told(_("原因"), help_text=_("写制度、设施、管理上的原因，不写学生姓名；会引用到通报里。"))
    lessons = told(_("教训"), help_text=_("别的学校该记取什么、该查什么；会引用到通报里，不写个人情况。"))


class MeasureForm(DeedForm):
    """One weak point, what is done about it, by whom and until when."""

    what = told(_("漏洞"), longest=200)
    measures = told(_("措施"), longest=300, help_text=_("具体、可核查；由未经手的另一人到现场复查后销号。"))
    owner = forms.CharField(label=_("责任人"), max_length=80)
    due_on = DayField(label=_("完成期限"))
    severity = WordChoiceField(
        label=_("等级"),
        choices=[(one.value, one.label) for one in (Severity.GENERAL, Severity.SERIOUS)],
        help_text=_("重大隐患须先管控并挂牌督办，请经检查表登记。"),
    )


class TellForm(DeedForm):
    """In which series, and whether a reply is asked for."""

    relations: ClassVar = {"series": ("letters", "series")}

    series = KeyField(label=_("函件字号"))
    wants_reply = YesNoField(label=_("须答复"), initial="是")


class CloseForm(DeedForm):
    """The last day."""

    on = DayField(label=_("办结日"))
