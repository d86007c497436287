"""How a value looks: on a page, in a file, to a program, and masked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any

from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Field,
    ForeignKey,
    IntegerField,
    Model,
    TextField,
)
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from junheng.kernel.errors import Refusal
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.registers.addresses import address_of
from junheng.platform.registers.declare import F, Register
from junheng.platform.registers.flags import SENSITIVE
from junheng.platform.registers.keys import mask, named, reference, reference_field
from junheng.platform.registers.registry import register_of
from junheng.platform.sealing import Gone

REMEMBERED = 50_000
"""Different values of one column whose words are kept: all days of a hundred years, and more."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value on a page: its words, where they lead, whether they are a number, and whether they are masked."""

    label: str
    text: str
    name: str = ""
    link: str = ""
    number: bool = False
    masked: bool = False
    yes: bool | None = None


def cell(register: Register[Any], field: F, row: Model, *, clear: bool = False) -> Cell:
    """One value as people read it; ``clear`` shows a sensitive one as it is."""
    looks = looks_in(register, field, get_language())
    text = looks.words(row)
    masked = looks.sensitive and not clear and bool(text) and not isinstance(text, Gone)
    link = ""
    if looks.slug and (value := getattr(row, field.name)) is not None:
        link = address_of(looks.slug, value.pk)
    return Cell(
        label=looks.label,
        text=mask(text) if masked else text,
        name=field.name,
        link=link,
        number=looks.number,
        masked=masked,
        yes=getattr(row, field.name) if looks.yes_or_no else None,
    )


@dataclass(frozen=True, slots=True)
class Looks:
    """What is the same for every value of a column: decided once for each language, for a page shows hundreds."""

    label: str
    words: Callable[[Model], str]
    sensitive: bool
    number: bool
    yes_or_no: bool
    slug: str
    """Where the rows are found that a relation names; empty for all other columns."""


@cache
def looks_in(register: Register[Any], field: F, _language: str | None) -> Looks:
    """How a column looks in the language now spoken."""
    column = register.model_field(field)
    other = register_of(column.related_model) if isinstance(column, ForeignKey) else None
    return Looks(
        label=register.label_of(field),
        words=speaker(register, field),
        sensitive=SENSITIVE in field.flags,
        number=is_number(register, field),
        yes_or_no=isinstance(column, BooleanField),
        slug=other.slug if other else "",
    )


def speaker(register: Register[Any], field: F) -> Callable[[Model], str]:
    """How the values of a column are said, so that nothing is asked of the column again for each of them."""
    column, name = register.model_field(field), field.name
    if column.choices:
        own = labels(column, get_language())

        def choice(row: Model) -> str:
            value = getattr(row, name)
            return own.get(value) or words(register, field, row)

        return choice
    if isinstance(column, ForeignKey):
        return lambda row: "" if (value := getattr(row, name)) is None else named(value)
    if isinstance(column, CharField | TextField) and not register.is_term(field):
        return lambda row: (
            value if isinstance(value := getattr(row, name), str) else words(register, field, row)
        )
    return lambda row: words(register, field, row)


def is_number(register: Register[Any], field: F) -> bool:
    """Whether a field holds an amount or a count, which stands to the right."""
    column = register.model_field(field)
    return isinstance(column, IntegerField) and not column.choices


def words(register: Register[Any], field: F, row: Model) -> str:
    """A value in words, unmasked."""
    column = register.model_field(field)
    value = getattr(row, field.name)
    if value is None or value == "":
        return ""
    if column.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if register.is_money(field):
        return yuan(value, grouped=True)
    if register.is_term(field):
        return term_label(value)
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Gone):
        return value
    return named(value) if isinstance(value, Model) else str(value)


class Remembered(dict[Any, str]):
    """How values are written of which many are the same: choices and days. What is new is written and remembered."""

    def __init__(self, known: Mapping[Any, str], write: Callable[[Any], str]) -> None:
        super().__init__(known)
        self.write = write

    def __missing__(self, value: Any) -> str:
        text = self.write(value)
        if len(self) < REMEMBERED:
            self[value] = text
        return text


def written(register: Register[Any], field: F, row: Model) -> str:
    """A value as a file or a form has it: exact, so that reading it back gives the same value."""
    return writer(register, field)(row)


def writer(register: Register[Any], field: F) -> Callable[[Any], str]:
    """How a field is written in the language now spoken."""
    return writer_in(register, field, get_language())


@cache
def writer_in(register: Register[Any], field: F, language: str | None) -> Callable[[Any], str]:
    """The same, decided once: exports ask it half a million times. The language is the one now spoken."""
    name = field.name
    if (write := value_writer_in(register, field, language)) is not None:
        return lambda row: write(getattr(row, name))
    if isinstance(register.model_field(field), ForeignKey):
        return lambda row: reference(getattr(row, name))
    return lambda row: "" if (value := getattr(row, name)) is None else str(value)


@cache
def value_writer_in(register: Register[Any], field: F, language: str | None) -> Callable[[Any], str] | None:
    """How a value is written without its row; ``None`` where the row is needed: relations, and what is sealed."""
    column = register.model_field(field)
    if isinstance(column, ForeignKey) or getattr(column, "is_sealed", False):
        return None
    if column.choices:
        own = {key: word for key, word in labels(column, language).items() if word}
        return Remembered(own, lambda value: "" if value is None else str(value)).__getitem__
    if isinstance(column, BooleanField):
        return {True: _("是"), False: _("否"), None: ""}.__getitem__
    if register.is_money(field):
        return lambda value: "" if value is None else yuan(value)
    if register.is_term(field):
        return term_label
    if isinstance(column, DateTimeField):
        return written_moment
    if isinstance(column, DateField):
        return Remembered({}, lambda value: value.isoformat() if value else "").__getitem__
    return (lambda value: "" if value is None else str(value)) if column.null else str


@cache
def labels(column: "Field[Any, Any]", language: str | None) -> dict[Any, str]:
    """The labels of a column's choices in the language now spoken."""
    return {key: str(label) for key, label in column.flatchoices}


def written_moment(value: datetime | None) -> str:
    """A moment in Shanghai, to the second, or to the microsecond where it has some."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return local.strftime("%Y-%m-%d %H:%M:%S.%f" if local.microsecond else "%Y-%m-%d %H:%M:%S")


def data(register: Register[Any], field: F, row: Model, *, clear: bool = False) -> Any:
    """A value as a program gets it: plain JSON, money in fen, moments in ISO 8601, relations with key and name."""
    column = register.model_field(field)
    value = getattr(row, field.name)
    if SENSITIVE in field.flags and not clear:
        text = words(register, field, row)
        return text if isinstance(text, Gone) else mask(text)
    if isinstance(column, ForeignKey):
        if value is None:
            return None
        return {
            "id": value.pk,
            "key": str(getattr(value, reference_field(type(value)))),
            "name": named(value),
        }
    if isinstance(column, DateTimeField) and value is not None:
        return timezone.localtime(value).isoformat()
    return value.isoformat() if isinstance(value, date | time) else value


def term_label(text: str) -> str:
    """A term as people read it; what is none stays as it is, so that it can be seen and put right."""
    try:
        return SchoolTerm.parse(text).label
    except Refusal:
        return text


def yuan(fen: int, *, grouped: bool = False) -> str:
    """Fen as yuan, exactly.

    >>> yuan(123450), yuan(-5), yuan(123450, grouped=True)
    ('1234.50', '-0.05', '1,234.50')
    """
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole:{',' if grouped else ''}}.{rest:02}"
