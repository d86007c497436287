"""What a command prints: sentences, tables and JSON whose shape stays the same."""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any, TextIO
from unicodedata import east_asian_width

from junheng.kernel.claims.printing import SHANGHAI, decimal
from junheng.kernel.values.span import Span


def say(text: str = "", *, to: TextIO | None = None) -> None:
    """Print a line at once."""
    print(text, file=to or sys.stdout, flush=True)


def say_json(value: Any) -> None:
    """Print a value as JSON: exact, in a stable order, Chinese as Chinese."""
    say(json.dumps(as_json(value), ensure_ascii=False, indent=2))


def as_json(value: Any) -> Any:
    """A value as JSON has it.

    Fractions become exact text: ``"0.5105"`` where the decimal ends, else ``"41/45"``. Days and moments are ISO
    text, moments with the offset of Shanghai; windows are ``"2022-01-01..2023-12-31"``.
    """
    match value:
        case bool() | int() | str() | None:
            return value
        case Fraction():
            return exact(value)
        case datetime():
            return (
                (value if value.tzinfo else value.replace(tzinfo=SHANGHAI)).astimezone(SHANGHAI).isoformat()
            )
        case date():
            return value.isoformat()
        case Span():
            return str(value)
        case dict():
            return {str(key): as_json(entry) for key, entry in value.items()}
        case list() | tuple():
            return [as_json(entry) for entry in value]
    if is_dataclass(value):
        return {field.name: as_json(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"{value!r} has no form in JSON")


def exact(value: Fraction) -> str:
    """A fraction as exact text: a decimal where it ends, else numerator/denominator."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return decimal(value) if rest == 1 else f"{value.numerator}/{value.denominator}"


def say_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table whose columns line up although Chinese characters are twice as wide."""
    lines = [list(heads), *(list(row) for row in rows)]
    widths = [max(_width(line[column]) for line in lines) for column in range(len(heads))]
    for line in lines:
        say("  ".join(_pad(text, width) for text, width in zip(line, widths, strict=True)).rstrip())


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
