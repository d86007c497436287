"""Weigh one answer of the records against one claim, each sort of claim in its own way."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from junheng.kernel.claims.compare import fits
from junheng.kernel.claims.find import Claim, Sort
from junheng.kernel.claims.known import Answer, Kind, Known, Setting, Value
from junheng.kernel.claims.printing import SHANGHAI
from junheng.kernel.claims.times import TimeSort
from junheng.kernel.values.numerals import Form
from junheng.kernel.values.rounding import Number, tidy
from junheng.kernel.values.school_term import SchoolTerm
from junheng.kernel.values.span import Span

_PROMISES = frozenset(
    {Kind.UNIVERSAL, Kind.ZERO, Kind.ALL_ENTITLED, Kind.EXACTLY_ONE, Kind.RISING, Kind.PUT_RIGHT}
)


def agrees(claim: Claim, known: Known, answer: Answer, setting: Setting) -> bool:
    """Whether the records' answer is what the claim says."""
    if claim.sort is Sort.TIME:
        return _same_time(claim, answer.value)
    if claim.sort is Sort.PROMISE:
        return holds(answer)
    if claim.sort is Sort.PHRASE:
        if known.kind in _PROMISES:
            return holds(answer)
        computed = exact(answer.value, known.unit)
        return (
            answer.holds is not False and isinstance(computed, int | Fraction) and computed >= known.implies
        )
    if claim.sort in (Sort.SEQUENCE, Sort.LISTING):
        return claim.orderly and answer.value == claim.count
    assert claim.numeral is not None
    if known.kind in _PROMISES:  # 覆盖率100%
        return claim.numeral.form is Form.SHARE and claim.numeral.value == 1 and holds(answer)
    computed = exact(answer.value, known.unit)
    if not isinstance(computed, int | Fraction):
        return False
    if known.kind is Kind.MINIMUM and claim.per:
        return computed == claim.numeral.value and answer.holds is not False
    return fits(claim.numeral, computed, setting.rounding, setting.tolerance)


def holds(answer: Answer) -> bool:
    """Whether a promise is kept: the records say so, or not one exception is left, or the share is exactly one."""
    if answer.holds is not None:
        return answer.holds and not answer.exceptions
    if answer.exceptions is not None:
        return answer.exceptions == 0
    return isinstance(answer.value, int | Fraction) and answer.value == 1


def exact(value: object, unit: str) -> Value | None:
    """The answer as prose counts it: money in yuan, whole numbers as ``int``, a term by its first day."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | Fraction | Decimal):
        number = Fraction(value)
        return tidy(number / 100 if unit == "fen" else number)
    if isinstance(value, float):
        raise TypeError("an answer is exact: an int, a Fraction or a Decimal, never a binary float")
    return value if isinstance(value, date | Span | str) else None


def printed_value(claim: Claim) -> Value | None:
    """What the text says, exactly as read."""
    if claim.numeral is not None:
        return claim.numeral.value
    if claim.sort in (Sort.SEQUENCE, Sort.LISTING):
        return claim.count
    if claim.time is not None:
        return claim.time.moment or claim.time.span
    return None


def number_of(value: Value | None) -> Number | None:
    """The value where it is a number."""
    return value if isinstance(value, int | Fraction) else None


def _same_time(claim: Claim, value: object) -> bool:
    """Printed to the day, the days are compared; printed to the second, the seconds, in Beijing time."""
    word = claim.time
    assert word is not None
    if word.sort is TimeSort.TERM:
        first = _first_day(value)
        return first is not None and first == word.moment
    if isinstance(value, Span):
        return value == word.span
    if isinstance(value, tuple):
        return word.span is not None and (word.span.first.year, word.span.last.year) == value
    if isinstance(value, datetime):
        local = value.astimezone(SHANGHAI).replace(tzinfo=None) if value.tzinfo is not None else value
        if isinstance(word.moment, datetime):
            precision = 0 if word.moment.second else 1
            return local.replace(microsecond=0) == word.moment or (
                precision == 1 and local.replace(second=0, microsecond=0) == word.moment
            )
        return local.date() == word.moment
    return isinstance(value, date) and value == word.moment


def _first_day(value: object) -> date | None:
    if isinstance(value, SchoolTerm):
        return value.first
    if isinstance(value, str):
        return SchoolTerm.parse(value).first
    return value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None
