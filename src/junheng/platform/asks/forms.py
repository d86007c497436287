"""The forms of a designer: the survey, and one question."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.asks.days import terms_around
from junheng.platform.asks.models import Collection, Question
from junheng.platform.asks.terms import Kind, UnitKind
from junheng.platform.asks.units import count_label, kinds_of, linkable
from junheng.platform.registers.formfields import DayField, WholeNumberField


class SurveyForm(forms.Form):
    """What a survey is for, who is asked, and when."""

    title = forms.CharField(label=gettext_lazy("标题"), max_length=60)
    purpose = forms.CharField(
        label=gettext_lazy("用途"),
        max_length=300,
        help_text=gettext_lazy("收上来做什么用；填报单位会看到。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    basis = forms.CharField(
        label=gettext_lazy("依据"),
        max_length=300,
        help_text=gettext_lazy("文件名称和文号；没有文件的写明理由。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    area = forms.ChoiceField(label=gettext_lazy("范围"))
    unit_kind = forms.ChoiceField(label=gettext_lazy("填报单位"), choices=UnitKind.choices)
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("限于类型"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("只对学校有效；不选就是全部类型。"),
    )
    term = forms.ChoiceField(label=gettext_lazy("学期"))
    opens_on = DayField(label=gettext_lazy("开始日"))
    closes_on = DayField(label=gettext_lazy("截止日"))

    def __init__(self, *given: Any, areas: list[tuple[str, str]], day: date, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]
        self.fields["kinds"].choices = kinds_of(UnitKind.SCHOOLS)  # type: ignore[attr-defined]
        terms = terms_around(day)
        if (term := self.initial.get("term")) and term not in terms:
            terms = [term, *terms]
        self.fields["term"].choices = [(one, SchoolTerm.parse(one).label) for one in terms]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The days in their order; kinds only where units have some."""
        found = super().clean() or {}
        first, last = found.get("opens_on"), found.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", _("截止日不能早于开始日。"))
        if found.get("unit_kind") != UnitKind.SCHOOLS:
            found["kinds"] = []
        return found


def initial_of(collection: Collection) -> dict[str, Any]:
    """A survey as its form shows it."""
    return {name: getattr(collection, name) for name in SurveyForm.base_fields}


class QuestionForm(forms.Form):
    """One question. Without a purpose it is not asked."""

    label = forms.CharField(label=gettext_lazy("问题"), max_length=80)
    purpose = forms.CharField(
        label=gettext_lazy("用途"),
        max_length=200,
        help_text=gettext_lazy("这一项派什么用场；说不出用途的不问。"),
    )
    kind = forms.ChoiceField(label=gettext_lazy("类型"), choices=Kind.choices)
    unit = forms.CharField(
        label=gettext_lazy("单位"), max_length=10, required=False, help_text=gettext_lazy("如：人、台、间。")
    )
    choices = forms.CharField(
        label=gettext_lazy("选项"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("单选时填写，每行一个。"),
    )
    required = forms.BooleanField(label=gettext_lazy("必填"), required=False, initial=True)
    least = WholeNumberField(label=gettext_lazy("最小值"), required=False)
    most = WholeNumberField(label=gettext_lazy("最大值"), required=False)
    link = forms.ChoiceField(
        label=gettext_lazy("取自台账"),
        required=False,
        help_text=gettext_lazy("选了就不再问：由台账预填，只读，注明来源。"),
    )
    again_why = forms.CharField(
        label=gettext_lazy("必须再问的理由"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("别处已经问过而仍须再问时填写，审批人会看到。"),
    )

    def __init__(self, *given: Any, collection: Collection, **more: Any) -> None:
        super().__init__(*given, **more)
        options = [
            (link_key(one.slug, name), f"{one.label} · {one.label_of(name) if name else count_label(one)}")
            for one, name in linkable(collection.unit_kind)
        ]
        self.fields["link"].choices = [("", _("不取自台账，要单位填写")), *options]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Options where one is chosen; limits in their order."""
        found = super().clean() or {}
        options = [line.strip() for line in found.get("choices", "").splitlines() if line.strip()]
        if found.get("kind") == Kind.CHOICE and not found.get("link") and len(set(options)) < 2:
            self.add_error("choices", _("单选至少要有两个不同的选项，每行一个。"))
        found["choices"] = list(dict.fromkeys(options))[:30] if found.get("kind") == Kind.CHOICE else []
        least, most = found.get("least"), found.get("most")
        if least is not None and most is not None and most < least:
            self.add_error("most", _("最大值不能小于最小值。"))
        found["linked_register"], _dot, found["linked_field"] = found.pop("link", "").partition(".")
        return found


def link_key(slug: str, name: str) -> str:
    """What is linked, in one word."""
    return f"{slug}.{name}"


def initial_of_question(one: Question) -> dict[str, Any]:
    """A question as its form shows it."""
    plain = {
        name: getattr(one, name)
        for name in ("label", "purpose", "kind", "unit", "required", "least", "most", "again_why")
    }
    link = link_key(one.linked_register, one.linked_field) if one.linked_register else ""
    return plain | {"choices": "\n".join(one.choices), "link": link}
