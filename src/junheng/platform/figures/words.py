"""How a figure is printed: the kernel's formatter, chosen by the kind of statement the figure makes."""

from datetime import date, datetime
from fractions import Fraction
from functools import cache
from importlib import import_module

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from junheng.kernel.claims.printing import SHANGHAI, print_day, print_moment, print_number, print_term
from junheng.kernel.indicators import Indicator, Kind, every_indicator
from junheng.kernel.indicators.figure import Value
from junheng.kernel.promises import every_promise
from junheng.kernel.values.said import Said
from junheng.kernel.values.school_term import SchoolTerm


def holds(card: Indicator, value: Value) -> bool | None:
    """Whether a figure that is a statement is true; None for a figure that is only a number, or where nobody knows."""
    if value is None and card.kind is not Kind.NORM:
        return None
    match card.kind:
        case Kind.UNIVERSAL | Kind.NORM:
            return value == 1 if card.kind is Kind.UNIVERSAL or card.word.startswith("汉字") else None
        case Kind.TREND:
            return value is True
    return None


def printed(card: Indicator, value: Value, *, rows: int = 0) -> str:
    """The printed form of a figure's value. ``rows``: how many records were looked at, if they should all agree."""
    if value is None:
        return _("不唯一") if card.kind is Kind.NORM and rows else _("无数据")
    match card.kind:
        case Kind.UNIVERSAL:
            return _("全覆盖") if value == 1 else print_number(_number(value), "%")
        case Kind.TREND:
            return _("逐年提高") if value is True else _("未逐年提高")
        case Kind.MINIMUM:
            return _("至少%(count)s") % {"count": print_number(_number(value), card.word)}
        case Kind.TERM if isinstance(value, date):
            return print_term(SchoolTerm.containing(value)) + _("起")
        case Kind.DATE if isinstance(value, date):
            return print_day(value)
        case Kind.TIME if isinstance(value, datetime):
            return print_moment(value if value.tzinfo else value.replace(tzinfo=SHANGHAI))
    return print_number(_number(value), card.word)


def unit(card: Indicator) -> str:
    """The measure word or unit without the instruction how to print it."""
    return card.word.removeprefix("汉字 ")


def in_language(chinese: str, english: str) -> str:
    """Of words the bureau gives in both languages, those of the reader."""
    return english if (get_language() or "").startswith("en") else chinese


def reading(name: str) -> str:
    """A named way to understand a figure, in words."""
    named: dict[str, tuple[str, str]] = import_module(f"{settings.JUNHENG_CONTENT}.indicators").READINGS
    return in_language(*named[name])


def told(text: str) -> str:
    """A sentence of the checker in the reader's language: its own words by the catalogue, titles and readings by their cards."""
    if not isinstance(text, Said) or not (get_language() or "").startswith("en"):
        return str(text)
    named = english_names()
    return text.told(lambda words: named.get(words) or _(words))


@cache
def english_names() -> dict[str, str]:
    """The English titles of figures and promises, and of readings, by their Chinese ones."""
    titles = {one.title: one.title_en for one in every_indicator().values()}
    titles |= {one.title: one.title_en for one in every_promise().values()}
    readings = import_module(f"{settings.JUNHENG_CONTENT}.indicators").READINGS
    return titles | dict(readings.values())


def _number(value: Value) -> int | Fraction:
    assert isinstance(value, int | Fraction)
    return value
