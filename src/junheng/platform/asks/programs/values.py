"""The JSON of an answer, made from its question: how it is read, how it is given, and both as a schema."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from junheng.platform.asks.models import Question
from junheng.platform.asks.terms import Kind
from junheng.platform.asks.values import LONGEST, name_of
from junheng.platform.registers.api.giving import Unfit, checked_text, day_of, wrong
from junheng.platform.registers.asker import LARGEST
from junheng.platform.registers.values import yuan

Schema = dict[str, Any]
BOOLEANS = {"yes": True, "no": False}


def as_json(question: Question, value: str, number: int | None) -> Any:
    """A kept answer: whole numbers as such, money in fen, yes and no as booleans, everything else as text."""
    if question.linked_register:
        return value if number is None else number
    if question.kind in {Kind.NUMBER, Kind.MONEY}:
        return int(value)
    if question.kind == Kind.YESNO:
        return BOOLEANS.get(value, value)
    return value


def schema_of(questions: Iterable[Question]) -> Schema:
    """What a program gives for a survey, as a JSON Schema."""
    return {
        "type": "object",
        "properties": {name_of(one): value_schema(one) for one in questions if not one.linked_register},
        "additionalProperties": False,
    }


def value_schema(question: Question) -> Schema:
    """One answer. Null takes it back."""
    found: Schema = {"title": question.label, "description": question.purpose}
    kind = Kind(question.kind)
    if kind in {Kind.NUMBER, Kind.MONEY}:
        unit = "分" if kind is Kind.MONEY else question.unit
        least = 0 if question.least is None and kind is Kind.NUMBER else question.least
        limits = {"minimum": least, "maximum": question.most} if kind is Kind.NUMBER else {}
        return (
            found
            | {"type": ["integer", "null"]}
            | {name: limit for name, limit in limits.items() if limit is not None}
            | ({"x-unit": unit} if unit else {})
        )
    if kind is Kind.YESNO:
        return found | {"type": ["boolean", "null"]}
    if kind is Kind.CHOICE:
        return found | {"type": ["string", "null"], "enum": [*question.choices, None]}
    if kind is Kind.DAY:
        return found | {"type": ["string", "null"], "format": "date"}
    if kind is Kind.TERM:
        return found | {"type": ["string", "null"], "pattern": "^[0-9]{4}[AS]$"}
    return found | {"type": ["string", "null"], "maxLength": LONGEST}


def texts_of(questions: Iterable[Question], values: Any) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The given values as texts for the form, and what is wrong with them, question by question."""
    if not isinstance(values, Mapping):
        return {}, [wrong("", "bad-type", _("values 应为对象：问题名和答案。"))]
    known = {name_of(one): one for one in questions}
    texts: dict[str, str] = {}
    errors: list[dict[str, Any]] = []
    for name, value in values.items():
        question = known.get(name)
        if question is None:
            errors.append(wrong(name[:80], "unknown-field", _("没有这个问题。")))
        elif question.linked_register:
            errors.append(wrong(name, "fixed", _("这一项取自台账，不用填写。")))
        else:
            try:
                texts[name] = text_of(question, value)
            except Unfit as unfit:
                errors.append(wrong(name, "bad-type", str(unfit)))
    return texts, errors


def text_of(question: Question, value: Any) -> str:
    """One value as somebody would type it."""
    if value is None:
        return ""
    kind = Kind(question.kind)
    if kind in {Kind.NUMBER, Kind.MONEY}:
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) > LARGEST:
            raise Unfit(_("应为整数；金额以分为单位。"))
        return yuan(value) if kind is Kind.MONEY else str(value)
    if kind is Kind.YESNO:
        if not isinstance(value, bool):
            raise Unfit(_("应为 true 或 false。"))
        return "yes" if value else "no"
    text = checked_text(value)
    return day_of(text) if kind is Kind.DAY else text
