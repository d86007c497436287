"""Numbers so small that people could be known by them, and what else must be hidden so that nobody finds them."""

from collections.abc import Mapping


def withheld(counts: Mapping[str, int], least: int) -> frozenset[str]:
    """The cells of a table that may not be shown although its total is: those that count from one to ``least`` − 1.

    One hidden cell is the total less the others. So where the hidden ones alone could be found by subtraction, the
    next smallest are hidden as well, until two or more are hidden that together count ``least`` or more.

    >>> sorted(withheld({"a": 3, "b": 40, "c": 25, "d": 0}, 10))
    ['a', 'c']
    >>> sorted(withheld({"a": 6, "b": 7, "c": 25}, 10))
    ['a', 'b']
    >>> withheld({"a": 0, "b": 40}, 10)
    frozenset()
    """
    hidden = [code for code, count in counts.items() if 0 < count < least]
    if not hidden:
        return frozenset()
    for _count, code in sorted((count, code) for code, count in counts.items() if count >= least):
        if len(hidden) > 1 and sum(counts[code] for code in hidden) >= least:
            break
        hidden.append(code)
    return frozenset(hidden)
