"""Answers: read from what was typed, kept as text that never changes its meaning, shown in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from junheng.platform.asks.models import Question
from junheng.platform.asks.terms import Kind
from junheng.platform.registers.formfields import DayField, TermField, WholeNumberField, YuanField
from junheng.platform.registers.values import term_label, yuan

LONGEST = 500
FEW = 6
"""Choices that are shown side by side, to be tapped."""


def name_of(question: Question) -> str:
    """What a question is called in a form and in a draft."""
    return f"q{question.pk}"


def field_of(question: Question) -> forms.Field:
    """The form field of a question."""
    label = f"{question.label}（{question.unit}）" if question.unit else question.label
    shared: dict[str, Any] = {"label": label, "required": question.required, "help_text": question.purpose}
    kind = Kind(question.kind)
    if kind is Kind.NUMBER:
        least = 0 if question.least is None else question.least
        return WholeNumberField(
            min_value=least,
            max_value=2**53 if question.most is None else question.most,
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            **shared,
        )
    if kind is Kind.MONEY:
        field = YuanField(**shared)
        field.widget.attrs["inputmode"] = "decimal"
        return field
    if kind in {Kind.CHOICE, Kind.YESNO}:
        options = (
            [("yes", _("是")), ("no", _("否"))]
            if kind is Kind.YESNO
            else [(one, one) for one in question.choices]
        )
        if len(options) <= FEW:
            return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **shared)
        return forms.ChoiceField(choices=[("", _("请选择")), *options], **shared)
    if kind is Kind.DAY:
        return DayField(**shared)
    if kind is Kind.TERM:
        return TermField(**shared)
    return forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}), **shared)


class AnswerForm(forms.Form):
    """The questions that a unit answers itself; linked ones are none of them."""

    def __init__(
        self,
        questions: Iterable[Question],
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.questions = [one for one in questions if not one.linked_register]
        for one in self.questions:
            self.fields[name_of(one)] = field_of(one)

    def values(self) -> dict[int, tuple[str, int | None]]:
        """What was answered, by question, as it is kept; questions left open are not in it."""
        found = {}
        for one in self.questions:
            value = self.cleaned_data.get(name_of(one))
            if value not in (None, ""):
                found[one.pk] = kept(one, value)
        return found


def kept(question: Question, value: Any) -> tuple[str, int | None]:
    """An answer as text, and as a number where it can be compared."""
    if question.kind in {Kind.NUMBER, Kind.MONEY}:
        return str(int(value)), int(value)
    return str(value.isoformat() if hasattr(value, "isoformat") else value), None


def typed(question: Question, value: str) -> str:
    """An answer as somebody would type it."""
    return yuan(int(value)) if question.kind == Kind.MONEY and value else value


def in_words(question: Question, value: str) -> str:
    """An answer as people read it."""
    if not value:
        return ""
    if question.kind == Kind.MONEY:
        return f"{yuan(int(value), grouped=True)} {_('元')}"
    if question.kind == Kind.NUMBER:
        return f"{int(value):,}{' ' + question.unit if question.unit else ''}"
    if question.kind == Kind.YESNO:
        return {"yes": _("是"), "no": _("否")}.get(value, value)
    return term_label(value) if question.kind == Kind.TERM else value


def number_in_words(question: Question, number: int) -> str:
    """A number of a comparison as people read it; also of a linked question, which is a plain one."""
    if question.kind == Kind.MONEY:
        return f"{yuan(number, grouped=True)} {_('元')}"
    return f"{number:,}{' ' + question.unit if question.unit else ''}"
