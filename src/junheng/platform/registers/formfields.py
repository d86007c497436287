"""Form fields that read what people and files write: labels for choices, yes and no, yuan, keys of other rows."""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.db.models import BooleanField, DateField, DateTimeField, Field, ForeignKey
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.kernel.errors import Refusal
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.registers.cells import day_of, halved, lacks_year, moment_text, plain_number, tidy_code
from junheng.platform.registers.keys import key_part
from junheng.platform.registers.values import yuan

YES = frozenset({"是", "true", "1", "y", "yes", "有", "√"})
NO = frozenset({"否", "false", "0", "n", "no", "无", "×"})
IN_WORDS = re.compile(r"(\d{4})年?([春秋])季?(?:学期)?")
DAY_FORMATS = ["%Y-%m-%d"]
MOMENT_FORMATS = [
    "%Y-%m-%d %H:%M:%S.%f",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y-%m-%d",
]


class WordChoiceField(forms.TypedChoiceField):
    """A choice given by its stored value or by its label."""

    def to_python(self, value: Any) -> str:
        """The stored value of what was written."""
        text = str(value).strip() if value is not None else ""
        return str(super().to_python(self.stored(text)))

    def validate(self, value: Any) -> None:
        """Refuse what is no choice, and say what the choices are."""
        if value and not self.valid_value(value):
            raise forms.ValidationError(
                _("没有「%(value)s」这个选项，可填：%(choices)s。")
                % {"value": value, "choices": "、".join(label for key, label in self.pairs() if key)},
                code="choice",
            )
        super().validate(value)

    def stored(self, text: str) -> str:
        """The stored value of a label; anything else as it is."""
        found = next((key for key, label in self.pairs() if label == text and key), "")
        return found or (text if self.valid_value(text) else self.nearly(text))

    def nearly(self, text: str) -> str:
        """The stored value of a label written with other blanks or wider signs; anything else as it is."""
        plain = "".join(halved(text).split()).lower()
        return next(
            (key for key, label in self.pairs() if key and "".join(halved(label).split()).lower() == plain),
            text,
        )

    def label_of(self, value: str) -> str:
        """The label of a stored value; anything else as it is."""
        return next((label for key, label in self.pairs() if key == value and key), value)

    def pairs(self) -> list[tuple[str, str]]:
        """Stored values and labels, as words."""
        choices: Any = self.choices
        return [(str(key), str(label)) for key, label in choices]


class YesNoField(forms.TypedChoiceField):
    """是 or 否; an empty cell is neither."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("max_length", None)
        super().__init__(
            choices=[("是", gettext_lazy("是")), ("否", gettext_lazy("否"))],
            coerce=lambda text: text == "是",
            **kwargs,
        )

    def validate(self, value: Any) -> None:
        """Refuse what is neither."""
        if value and not self.valid_value(value):
            raise forms.ValidationError(_("请填写「是」或「否」。"), code="choice")
        super().validate(value)

    def to_python(self, value: Any) -> str:
        """One of the two words."""
        text = halved(str(value)).lower() if value is not None else ""
        return "是" if text in YES else "否" if text in NO else str(super().to_python(value))

    def prepare_value(self, value: Any) -> Any:
        """How a stored value stands in the form."""
        return ("是" if value else "否") if isinstance(value, bool) else value


class YuanField(forms.CharField):
    """Money written in yuan, kept in fen, exactly."""

    def to_python(self, value: Any) -> Any:
        """Whole fen; ``None`` if empty."""
        text = plain_number(str(value if value is not None else "").strip().lstrip("¥￥"))
        if not text:
            return None
        try:
            fen = Decimal(text) * 100
        except InvalidOperation:
            raise forms.ValidationError(
                _("「%(value)s」不是金额，请填写数字，单位为元。") % {"value": value}, code="number"
            ) from None
        if not fen.is_finite() or fen != fen.to_integral_value():
            raise forms.ValidationError(_("金额最多两位小数，单位为元。"), code="number")
        return int(fen)

    def prepare_value(self, value: Any) -> Any:
        """How stored fen stand in the form."""
        return yuan(value) if isinstance(value, int) else value


class TermField(forms.CharField):
    """A school term: 2023A, 2023S, or in words."""

    def to_python(self, value: Any) -> str:
        """The term's short form."""
        text = "".join(halved(str(value if value is not None else "")).split())
        if found := IN_WORDS.fullmatch(text):
            return found[1] + ("A" if found[2] == "秋" else "S")
        try:
            return str(SchoolTerm.parse(text)) if text else ""
        except Refusal:
            raise forms.ValidationError(
                _("「%(value)s」不是学期，请写成 2023年秋季学期。") % {"value": text}, code="term"
            ) from None


class WholeNumberField(forms.IntegerField):
    """A whole number, also as a spreadsheet writes it ("12.0" or "1,200")."""

    def to_python(self, value: Any) -> int | None:
        """The number."""
        try:
            return super().to_python(plain_number(value) if isinstance(value, str) else value)
        except forms.ValidationError:
            raise forms.ValidationError(
                _("「%(value)s」不是整数，请只填写数字。") % {"value": value}, code="number"
            ) from None


class DayField(forms.DateField):
    """A day, in the forms people write, also as a spreadsheet's midnight."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=DAY_FORMATS,
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            **kwargs,
        )

    def to_python(self, value: Any) -> Any:
        """The day; an impossible one is refused with what was written."""
        if isinstance(value, str) and (found := day_of(value)):
            return found
        try:
            return super().to_python(value.strip() if isinstance(value, str) else value)
        except forms.ValidationError:
            sentence = (
                _("「%(value)s」没有写年份，请按 2023-09-01 的格式填写。")
                if isinstance(value, str) and lacks_year(value)
                else _("「%(value)s」不是有效的日期，请按 2023-09-01 的格式填写。")
            )
            raise forms.ValidationError(sentence % {"value": value}, code="date") from None


class MomentField(forms.DateTimeField):
    """A day with its time, in the forms people and spreadsheets write."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=MOMENT_FORMATS, widget=MomentInput(), **kwargs)

    def to_python(self, value: Any) -> Any:
        """The moment; what is none is refused with what was written."""
        try:
            return super().to_python(moment_text(value) if isinstance(value, str) else value)
        except forms.ValidationError:
            raise forms.ValidationError(
                _("「%(value)s」不是有效的时间，请按 2023-09-01 08:30 的格式填写。") % {"value": value},
                code="date",
            ) from None


class MomentInput(forms.DateTimeInput):
    """A browser's own box for day and time, which wants a T between them."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(attrs={"step": "any"}, format="%Y-%m-%dT%H:%M:%S")

    def format_value(self, value: Any) -> str | None:
        """The moment as the browser wants it."""
        text = super().format_value(value)
        return text.replace(" ", "T", 1) if text else text


class KeyField(forms.CharField):
    """Another row, named by its key; what follows the first blank is for people and ignored.

    ``look_up`` is set by the form, because which rows may be named depends on who asks.
    """

    look_up: Callable[[str], list[Any]]

    def clean(self, value: Any) -> Any:
        """The row; refused if there is none or more than one."""
        text = str(super().clean(value)).strip()
        if not text:
            return None
        found = self.look_up(text) or (self.look_up(plain) if (plain := tidy_code(text)) != text else [])
        if not found:
            raise forms.ValidationError(
                _("没有「%(value)s」，或者它不在您的权限范围内。请填写已有的代码。")
                % {"value": key_part(text)},
                code="relation",
            )
        if len(found) > 1:
            raise forms.ValidationError(
                _("有多条记录叫「%(value)s」，请改填代码。") % {"value": text}, code="relation"
            )
        return found[0]


def form_field(column: "Field[Any, Any]", *, money: bool, term: bool, label: str) -> forms.Field | None:
    """The form field of a column; ``None`` for columns that nobody fills in."""
    if not column.editable or column.auto_created:
        return None
    required = not (column.blank or column.null)
    shared: dict[str, Any] = {"label": label, "help_text": column.help_text, "required": required}
    if column.has_default():
        shared["initial"] = column.get_default()
    if isinstance(column, ForeignKey):
        return KeyField(**shared)
    if money:
        return YuanField(**shared)
    if term:
        return TermField(**shared)
    if column.choices:
        return choice_field(column, shared)
    if isinstance(column, BooleanField):
        return YesNoField(empty_value=None, **shared | {"required": not column.null})
    if isinstance(column, DateTimeField):
        return MomentField(**shared)
    if isinstance(column, DateField):
        return DayField(**shared)
    found = column.formfield(label=label)
    if isinstance(found, forms.IntegerField) and type(found) is forms.IntegerField:
        return WholeNumberField(min_value=found.min_value, max_value=found.max_value, **shared)
    return found


def choice_field(column: "Field[Any, Any]", shared: dict[str, Any]) -> WordChoiceField:
    """A choice among the column's own, with an empty one first unless there is a default."""
    empty = [("", _("请选择"))] if not column.has_default() or column.blank else []
    return WordChoiceField(
        choices=[*empty, *column.flatchoices],
        coerce=column.to_python,
        empty_value=None if column.null else "",
        **shared,
    )
