"""The code of a class's link: it says which letter and which class, and follows from a key outside the database."""

from collections.abc import Iterable

from junheng.domains.familyletters.models import FamilyLetter
from junheng.domains.schools.models import SchoolClass
from junheng.kernel.errors import NotFound
from junheng.platform.sealing import codes

ROOM = "familyletters"
OF_THE_LETTER, OF_THE_CLASS, OF_THE_MARK = 4, 5, 6
"""A million letters, thirty million classes, and 30 bits that say this house made it; the last letter tells a slip."""
LENGTH = OF_THE_LETTER + OF_THE_CLASS + OF_THE_MARK + 1


def code_of(letter: int, school_class: int) -> str:
    """The code of a letter for one class. No table holds it."""
    mark = codes.spelled(codes.keyed(ROOM, "link", f"{letter}|{school_class}"), OF_THE_MARK)
    return codes.checked(in_letters(letter, OF_THE_LETTER) + in_letters(school_class, OF_THE_CLASS) + mark)


def read_code(code: str) -> tuple[int, int] | None:
    """The numbers of letter and class behind a code; None where this house did not make it."""
    code = codes.tidy(code)
    if len(code) != LENGTH or not codes.is_checked(code):
        return None
    letter, school_class = number(code[:OF_THE_LETTER]), number(code[OF_THE_LETTER:][:OF_THE_CLASS])
    return (letter, school_class) if code_of(letter, school_class) == code else None


def opened(code: str) -> tuple[FamilyLetter, SchoolClass]:
    """The letter and the class of a link. A wrong one opens nothing."""
    found = read_code(code)
    letter = room = None
    if found:
        sent = FamilyLetter.objects.exclude(sent_on=None).select_related("area", "school")
        letter = sent.filter(pk=found[0]).first()
        room = SchoolClass.objects.select_related("school").filter(pk=found[1]).first()
    if letter is None or room is None:
        raise NotFound(
            "no-such-family-letter", "没有这封告家长书。请重新打开班主任发的链接，或者向班主任再要一次。"
        )
    return letter, room


def in_letters(value: int, length: int) -> str:
    """A number in the letters of codes.

    >>> in_letters(0, 4), in_letters(33, 4), number("0011")
    ('0000', '0011', 33)
    """
    return "".join(codes.LETTERS[value >> (5 * place) & 31] for place in reversed(range(length)))


def number(letters: Iterable[str]) -> int:
    """The number that letters of codes spell."""
    value = 0
    for one in letters:
        value = value * 32 + codes.LETTERS.index(one)
    return value
