"""What may truthfully be said where a promise has exceptions."""

from fractions import Fraction

from junheng.kernel.claims.known import Answer
from junheng.kernel.claims.printing import print_number


def true_wording(phrase: str, answer: Answer) -> str:
    """The nearest true sentence to a promise that does not hold.

    >>> true_wording("全覆盖", Answer(Fraction(11_397, 11_400), exceptions=3, noun="个班级"))
    '覆盖率99.97%，尚有3个班级除外'
    >>> true_wording("一县一策", Answer(holds=False, exceptions=1, noun="个县"))
    '除1个县外，一县一策'
    """
    left = f"{answer.exceptions}{answer.noun or '处'}" if answer.exceptions else ""
    share = answer.value if isinstance(answer.value, Fraction) and 0 <= answer.value < 1 else None
    if share is not None and "覆盖" in phrase:
        return f"覆盖率{print_number(share, '%')}" + (f"，尚有{left}除外" if left else "")
    if share is not None:
        return f"{print_number(share, '%')}已做到" + (f"，尚有{left}除外" if left else "")
    return f"除{left}外，{phrase}" if left else f"尚未做到{phrase}"
