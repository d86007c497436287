"""Verdicts as plain records for JSON: nothing is lost, nothing is a float."""

from datetime import date, datetime
from fractions import Fraction

from junheng.kernel.claims.known import Reading, Value, Verdict
from junheng.kernel.claims.printing import decimal
from junheng.kernel.values.span import Span

Record = dict[str, object]


def to_record(verdict: Verdict) -> Record:
    """One verdict with the keys ``start end words kind figure printed computed verdict readings why``.

    Whole numbers stay numbers; finite decimals become strings of all their digits ("0.5105"), other fractions
    "1/3"; days and moments ISO strings; spans "2021-01-01..2035-12-31".
    """
    return {
        "start": verdict.start,
        "end": verdict.end,
        "words": verdict.words,
        "kind": verdict.kind.value,
        "figure": verdict.figure,
        "printed": plain(verdict.printed),
        "computed": plain(verdict.computed),
        "verdict": verdict.verdict.value,
        "readings": [_reading(reading) for reading in verdict.readings],
        "why": verdict.why,
    }


def plain(value: Value | None) -> int | str | None:
    """A value as JSON can carry it.

    >>> plain(70), plain(Fraction(1021, 2000)), plain(Fraction(1, 3)), plain(date(2023, 2, 1))
    (70, '0.5105', '1/3', '2023-02-01')
    """
    if isinstance(value, Fraction):
        try:
            return decimal(value)
        except ValueError:
            return f"{value.numerator}/{value.denominator}"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Span):
        return str(value)
    return value


def _reading(reading: Reading) -> Record:
    question = reading.question
    return {
        "figure": reading.figure,
        "title": reading.title,
        "window": str(question.window) if question.window is not None else None,
        "as_of": question.as_of.isoformat(),
        "area": question.area,
        "computed": plain(reading.computed),
        "words": reading.words,
        "agrees": reading.agrees,
        "label": reading.label,
        "exceptions": reading.exceptions,
    }
