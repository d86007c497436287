"""Slips of the pen: the right numbers that a flawed one may have been meant as, and the days a birthday may have been.

The check character of GB 11643 (ISO 7064, MOD 11-2) finds every single wrong digit and every exchange of neighbours, so
behind a number with such a slip stand only few right ones: about one a place. Whoever holds the key looks up their
digests; no number of the roll is ever opened for it. A spreadsheet that takes a number for a quantity keeps fifteen
digits of it: the day is whole, the two digits after are lost, and the check character follows from them.
"""

import re
from dataclasses import dataclass

from junheng.kernel.values.identity import birth_date, check_digit, is_id_number, sex

ROUNDED = re.compile(r"[0-9]{15}000")
FULL = re.compile(r"[0-9]{17}[0-9X]")
WITHOUT_CHECK = re.compile(r"[0-9]{17}")
FIRST_YEAR = 1900


@dataclass(frozen=True, slots=True)
class Told:
    """Birthday, sex and county that a number speaks of; 0 and empty where it does not."""

    born: int = 0
    sex: int = 0
    area: str = ""


def number_told(number: str) -> Told:
    """What can be read off a number, be its check character right or not.

    >>> number_told("410802201708310018"), number_told("410802201702310018").born, number_told("12")
    (Told(born=736572, sex=1, area='410802'), 0, Told(born=0, sex=0, area=''))
    >>> number_told("410802201708310000").sex
    0
    """
    if WITHOUT_CHECK.fullmatch(number):
        number += check_digit(number)
    if not FULL.fullmatch(number):
        return Told()
    day = birth_date(number)
    if day is None or day.year < FIRST_YEAR:
        return Told(0, 0, number[:6])
    lost = ROUNDED.fullmatch(number) and not is_id_number(number)
    return Told(day.toordinal(), 0 if lost else sex(number), number[:6])


def repairs(number: str) -> tuple[str, ...]:
    """The right numbers that a flawed one may have been meant as, in ascending order; none for a right one.

    >>> len(repairs("410802201708310018")), "410802201708310017" in repairs("410802201708310018")
    (11, True)
    >>> repairs("410802201708310017"), repairs("41080220170831001"), len(repairs("410802201708310000"))
    ((), ('410802201708310017',), 100)
    """
    if WITHOUT_CHECK.fullmatch(number):
        return right([number + check_digit(number)])
    if not FULL.fullmatch(number) or is_id_number(number):
        return ()
    if ROUNDED.fullmatch(number):
        return right(
            [begun + check_digit(begun) for begun in (f"{number[:15]}{two:02d}" for two in range(100))]
        )
    return right([*one_digit(number), *turned(number)])


def one_digit(number: str) -> list[str]:
    """Every number that has another character at one place."""
    places = range(18)
    return [
        number[:at] + other + number[at + 1 :]
        for at in places
        for other in ("0123456789" if at < places[-1] else "0123456789X")
        if other != number[at]
    ]


def turned(number: str) -> list[str]:
    """Every number that has two neighbours exchanged."""
    return [number[:at] + number[at + 1] + number[at] + number[at + 2 :] for at in range(17)]


def right(numbers: list[str]) -> tuple[str, ...]:
    """Those of some numbers that are right, each once: form, day and check character, of somebody who may be alive."""
    return tuple(sorted(one for one in set(numbers) if is_id_number(one) and int(one[6:10]) >= FIRST_YEAR))


def slips(eight: str) -> tuple[set[str], set[str]]:
    """What a day in eight digits may have been meant as: month and day exchanged; one digit, or two neighbours exchanged.

    Not all of them are days: who has days looks them up.

    >>> exchanged, digits = slips("20120311")
    >>> exchanged, "20120317" in digits, "20210311" in digits, "20120311" in digits
    ({'20121103'}, True, True, False)
    """
    exchanged = {eight[:4] + eight[6:] + eight[4:6]} - {eight}
    digits = {eight[:at] + other + eight[at + 1 :] for at in range(8) for other in "0123456789"}
    digits |= {eight[:at] + eight[at + 1] + eight[at] + eight[at + 2 :] for at in range(7)}
    return exchanged, digits - exchanged - {eight}
