"""What stands in a column of identity numbers: floats of a spreadsheet, numbers of 15 digits, of disability certificates."""

import re
from decimal import Decimal

from junheng.domains.partnerlists.terms import Flaw
from junheng.kernel.values.identity import check_digit, id_number_fault
from junheng.platform.registers.cells import halved

FLOAT = re.compile(r"\d(?:\.\d+)?[eE]\+?1[4-9]|\d{15,19}\.0+")
FIFTEEN = re.compile(r"\d{15}")
CERTIFICATE = re.compile(r"(\d{17}[\dX])[1-7B][1-4B]\d?")
"""The number of a disability certificate: the identity number, the kind, the grade, and a figure for a new copy."""
ROUNDED = re.compile(r"\d{15}0{3}")
LEFT_OUT = re.compile(r"[\s'‘’`\-—_.·]")


def tidy_number(text: str) -> str:
    """A number without what does not belong to it; what a spreadsheet made a float is written out.

    >>> tidy_number("４１０８０２ 20170831 0017"), tidy_number("'41080220170831001x"), tidy_number("4.10802201708310e+17")
    ('410802201708310017', '41080220170831001X', '410802201708310000')
    >>> tidy_number("410802201708310017" + "43")
    '410802201708310017'
    """
    found = halved(text)
    if FLOAT.fullmatch(found):
        return format(Decimal(found).to_integral_value(), "f")
    found = LEFT_OUT.sub("", found).upper().replace("×", "X").replace("Ｘ", "X").replace("*", "")
    certificate = CERTIFICATE.fullmatch(found)
    return certificate[1] if certificate else found


def lengthened(fifteen: str) -> str:
    """The number of 18 characters that replaced one of 15 (GB 11643-1999: the century, and a check character).

    >>> lengthened("410802010831001")
    '410802190108310014'
    """
    seventeen = f"{fifteen[:6]}19{fifteen[6:]}"
    return seventeen + check_digit(seventeen)


def number_and_flaw(text: str) -> tuple[str, Flaw | None]:
    """The number of a cell, and what is wrong with it.

    >>> number_and_flaw("410802201708310017"), number_and_flaw("410802201708310018")[1].value, number_and_flaw("")[1].value
    (('410802201708310017', None), 'bad_number', 'no_number')
    >>> number_and_flaw("410802201708310000")[1].value
    'lost_digits'
    """
    found = tidy_number(text)
    if not any(one.isdigit() for one in found):
        return "", Flaw.NO_NUMBER
    if FIFTEEN.fullmatch(found) and not id_number_fault(long := lengthened(found)):
        return long, Flaw.OLD_NUMBER
    if not id_number_fault(found):
        return found, None
    return found[:40], Flaw.LOST_DIGITS if ROUNDED.fullmatch(found) else Flaw.BAD_NUMBER
