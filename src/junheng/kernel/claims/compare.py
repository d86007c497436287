"""Whether a computed value is what a printed number says."""

from fractions import Fraction

from junheng.kernel.claims.known import Tolerance
from junheng.kernel.values.numerals import Bound, Form, Numeral
from junheng.kernel.values.rounding import Number, Rounding, round_to

SMALLEST_SHARE = Fraction(1, 10_000)
"""不足0.01% is how the house prints a share that is not nothing but would round to it."""


def fits(
    numeral: Numeral,
    value: Number,
    rounding: Rounding = Rounding.HALF_UP,
    tolerance: Tolerance | None = None,
) -> bool:
    """Whether ``value`` may be printed as ``numeral``.

    An exact number fits when the value, rounded to the printed step, is that number: 322,599 fits 32.26万 by
    half-up and not by truncation. All and nothing are never rounded to: 0.9996 does not fit 100%. Loose words
    reach as far as ``tolerance`` says; 至少, 不超过 and ranges are taken literally.

    >>> from junheng.kernel.values.numerals import read_numeral
    >>> fits(read_numeral("32.26万"), 322_599), fits(read_numeral("32.26万"), 322_599, Rounding.TRUNCATE)
    (True, False)
    >>> fits(read_numeral("100%"), Fraction(9999, 10_000)), fits(read_numeral("近400"), 371)
    (False, True)
    """
    reach = tolerance or Tolerance()
    printed, true = Fraction(numeral.value), Fraction(value)
    if numeral.bound is Bound.EXACT:
        if numeral.form is Form.SHARE and printed in (0, 1):
            return true == printed
        return round_to(true, numeral.step, rounding) == printed
    if numeral.bound is Bound.RANGE:
        return printed <= true <= Fraction(numeral.upper if numeral.upper is not None else printed)
    if numeral.bound is Bound.ABOUT:
        return abs(true - printed) <= max(abs(printed) * reach.about, Fraction(numeral.step) / 2)
    if numeral.bound is Bound.NEAR:
        return printed * (1 - reach.near) <= true <= printed
    if numeral.bound is Bound.UNDER and numeral.form is Form.SHARE and printed == SMALLEST_SHARE:
        return 0 < true < printed
    if numeral.bound is Bound.UNDER:
        return printed * (1 - reach.near) <= true < printed
    if numeral.bound is Bound.OVER:
        return printed < true <= printed * (1 + reach.over)
    if numeral.bound is Bound.ODD:
        return printed < true < printed + _last_digit_worth(printed, numeral.step)
    if numeral.bound is Bound.AT_LEAST:
        return true >= printed
    return true <= printed


def _last_digit_worth(printed: Fraction, step: Number) -> Fraction:
    """3000余 ends below 4000, 1300余 below 1400: the worth of the last digit that is not zero."""
    worth = Fraction(step)
    while printed and (printed / (worth * 10)).denominator == 1:
        worth *= 10
    return worth
