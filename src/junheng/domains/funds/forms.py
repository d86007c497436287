"""What freezing a roll and paying ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.domains.schools.models import School
from junheng.platform.registers.actions import LONGEST_WHY
from junheng.platform.registers.formfields import DayField, TermField, YuanField


class FreezeForm(forms.Form):
    """Which term, which day, and why."""

    term = TermField(label=_("学期"), help_text=_("例如 2023年秋季学期，或 2023A。"))
    day = DayField(label=_("名册日"), help_text=_("一般为开学后学籍核对结束的那一天。"))
    why = forms.CharField(label=_("事由"), max_length=LONGEST_WHY)


class WhyForm(forms.Form):
    """Why something is written down."""

    why = forms.CharField(label=_("事由"), max_length=LONGEST_WHY)


class PayForm(forms.Form):
    """The document, the sum and the day; one school or all that are owed something."""

    document = forms.CharField(label=_("拨付文号"), max_length=60)
    total = YuanField(label=_("拨付总额（元）"))
    paid_on = DayField(label=_("拨付日"))
    school = forms.ModelChoiceField(
        label=_("只拨给一所学校"),
        queryset=School.objects.none(),
        required=False,
        empty_label=_("按尚欠金额分给各校"),
    )
    primary = YuanField(
        label=_("文件所写小学标准（元/年）"), required=False, help_text=_("填了就与该学期施行的标准核对。")
    )
    junior = YuanField(label=_("文件所写初中标准（元/年）"), required=False)
    why = forms.CharField(label=_("事由"), max_length=LONGEST_WHY)

    def __init__(self, data: Any = None, *, schools: Any, **given: Any) -> None:
        super().__init__(data, **given)
        box = self.fields["school"]
        assert isinstance(box, forms.ModelChoiceField)
        box.queryset = schools
