"""Money is a whole number of fen; yuan exist only where people read and write."""

import re
from fractions import Fraction

from junheng.kernel.errors import Refusal
from junheng.kernel.values.rounding import Number, tidy

FEN_IN_YUAN = 100
_YUAN = re.compile(r"([-+]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?")
_LARGEST = 2**63 - 1


def yuan(fen: int) -> Number:
    """Fen as yuan, exactly.

    >>> yuan(65_000), yuan(12_345)
    (650, Fraction(2469, 20))
    """
    return tidy(Fraction(fen, FEN_IN_YUAN))


def fen(amount: Number) -> int:
    """Yuan as fen; refuses an amount that is finer than one fen instead of rounding money silently.

    >>> fen(650), fen(Fraction(1, 4))
    (65000, 25)
    """
    exact = Fraction(amount) * FEN_IN_YUAN
    if exact.denominator != 1:
        raise Refusal("money-too-fine", "金额{amount}元细于一分。请按分取整后再填。", amount=str(amount))
    return int(exact)


def read_yuan(text: str) -> int:
    """Read what somebody typed into a money field, in yuan, and return fen.

    >>> read_yuan("1,050.50"), read_yuan("650")
    (105050, 65000)
    """
    found = _YUAN.fullmatch(text.strip().removesuffix("元").strip()) if len(text) < 40 else None
    if found is None:
        raise Refusal(
            "money-unreadable", "「{text}」不是金额。请只填数字，最多两位小数，例如 1050.50。", text=text[:40]
        )
    sign, whole, cents = found.groups()
    total = int(whole.replace(",", "")) * FEN_IN_YUAN + int((cents or "").ljust(2, "0"))
    if total > _LARGEST:
        raise Refusal(
            "money-too-large", "「{text}」超出了金额能存的范围。请检查是否多打了零。", text=text[:40]
        )
    return -total if sign == "-" else total
