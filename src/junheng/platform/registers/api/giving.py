"""What a program gives for a row: JSON values, read strictly, written as the form reads them."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, DateField, DateTimeField, ForeignKey, IntegerField
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.platform.access.refusals import Detailed
from junheng.platform.registers.asker import LARGEST
from junheng.platform.registers.declare import F, Register
from junheng.platform.registers.flags import SENSITIVE
from junheng.platform.registers.forms import RowForm, editable, form_class
from junheng.platform.registers.keys import mask
from junheng.platform.registers.values import written, written_moment, yuan


class Unfit(ValueError):
    """A value that no form could read; its text is the sentence for the program's author."""


class NotFit(Detailed):
    """Values that the register does not take, each with its reason."""

    status = 422


def texts_of(
    register: Register[Any], values: Any, row: Any = None
) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The given values as texts for the form, and what is wrong with them, field by field.

    A code by which a table numbers its rows cannot change: the row would become another one.
    """
    if not isinstance(values, Mapping):
        return {}, [wrong("", "bad-type", _("values 应为对象：字段名和值。"))]
    can = {one.name: one for one in editable(register)}
    texts: dict[str, str] = {}
    errors: list[dict[str, Any]] = []
    for name, value in values.items():
        one = can.get(name)
        if row is not None and one and register.model_field(one).primary_key and value != row.pk:
            errors.append(wrong(name, "fixed", _("这个字段是记录的编号，不能修改。")))
            continue
        if one is None:
            errors.append(unwritable(register, name))
            continue
        try:
            texts[name] = text_of(register, one, value)
        except Unfit as unfit:
            errors.append(wrong(name, "bad-type", str(unfit)))
    return texts, errors


def unwritable(register: Register[Any], name: str) -> dict[str, Any]:
    """Why a field is not taken: it is not there, or only an action changes it."""
    if register.f(name):
        return wrong(name, "fixed", _("这个字段只能通过业务办理改变。"))
    return wrong(name[:80], "unknown-field", _("没有这个字段。"))


def wrong(field: str, code: str, sentence: str, **more: Any) -> dict[str, Any]:
    """One error as a program gets it; ``field`` is empty for what concerns the whole row."""
    return more | {"field": field, "code": code, "sentence": sentence}


def text_of(register: Register[Any], one: F, value: Any) -> str:
    """One value as the form reads it. Null empties a field."""
    column = register.model_field(one)
    if value is None:
        return ""
    if isinstance(column, ForeignKey):
        return key_of(value)
    if isinstance(column, BooleanField):
        if not isinstance(value, bool):
            raise Unfit(_("应为 true 或 false。"))
        return "是" if value else "否"
    if isinstance(column, IntegerField):
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) > LARGEST:
            raise Unfit(_("应为整数；金额以分为单位。"))
        return yuan(value) if register.is_money(one) else str(value)
    text = checked_text(value)
    if isinstance(column, DateTimeField):
        return moment_of(text)
    if isinstance(column, DateField):
        return day_of(text)
    return text


def checked_text(value: Any) -> str:
    """Text that a table can hold."""
    if not isinstance(value, str):
        raise Unfit(_("应为文字。"))
    if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise Unfit(_("含有无法保存的字符。"))
    return value


def key_of(value: Any) -> str:
    """The key of another row: as read (an object with ``key``), or the key itself."""
    if isinstance(value, Mapping):
        value = value.get("key")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) <= LARGEST else "0"
    return checked_text(value)


def day_of(text: str) -> str:
    """A day in ISO 8601, with its hyphens."""
    try:
        return date.fromisoformat(checked_day(text)).isoformat() if text else ""
    except ValueError:
        raise Unfit(_("应为日期，例如 2023-09-01。")) from None


def checked_day(text: str) -> str:
    """A day written in ten characters: Python reads weeks and days without hyphens too, JSON Schema does not."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        raise ValueError(text)
    return text


def moment_of(text: str) -> str:
    """A moment in ISO 8601 with its offset, as the form reads it in Shanghai."""
    if not text:
        return ""
    try:
        moment = datetime.fromisoformat(text)
        if timezone.is_naive(moment):
            raise Unfit(_("时间须带时区，例如 2023-09-01T08:00:00+08:00。"))
        return written_moment(moment)
    except (ValueError, OverflowError) as unread:
        if isinstance(unread, Unfit):
            raise
        raise Unfit(_("应为时间，例如 2023-09-01T08:00:00+08:00。")) from None


def blank_texts(register: Register[Any]) -> dict[str, str]:
    """What a field that was not given stands for in a new row: the model's default where it has one."""
    blank = register.model()
    return {
        one.name: written(register, one, blank)
        for one in editable(register)
        if (column := register.model_field(one)).has_default() and not isinstance(column, ForeignKey)
    }


def form_errors(register: Register[Any], form: RowForm) -> list[dict[str, Any]]:
    """What the form says, field by field."""
    return [
        wrong("" if name == "__all__" else name, "invalid", str(reason))
        for name, reasons in form.errors.items()
        for reason in reasons
    ]


def differences_of(register: Register[Any], differences: Any) -> list[dict[str, Any]]:
    """Both versions of a row, field by field, as the page shows them: masked where sensitive."""
    masked = {one.name for one in register.flagged(SENSITIVE)}
    return [
        {
            "field": one.name,
            "label": one.label,
            "before": one.before,
            "now": one.now,
            "entered": mask(one.entered) if one.name in masked else one.entered,
            "clash": one.clash,
        }
        for one in differences
    ]


def read_json(text: str) -> Any:
    """A JSON text that has one meaning; a ``ValueError`` says why it has none."""
    try:
        return json.loads(text, parse_constant=no_number, object_pairs_hook=once_each)
    except RecursionError:
        raise ValueError(_("JSON 嵌套过深。")) from None
    except json.JSONDecodeError:
        raise ValueError(_("不是有效的 JSON。")) from None


def no_number(_name: str) -> Any:
    """NaN and infinity are no JSON."""
    raise ValueError(_("不是有效的 JSON。"))


def once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names are each written once: of two, nobody knows which was meant."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError(_("同一个字段写了两次。"))
    return made


def new_form(register: Register[Any], texts: Mapping[str, str], **given: Any) -> RowForm:
    """The form of a new row."""
    return form_class(register)(blank_texts(register) | dict(texts), **given)
