"""The code of a class's link: it says which letter and which class, and follows from a key outside the database."""

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
    return codes.checked(
        codes.in_letters(letter, OF_THE_LETTER) + codes.in_letters(school_class, OF_THE_CLASS) + mark
    )


def read_code(code: str) -> tuple[int, int] | None:
    """The numbers of letter and class behind a code; None where this house did not make it."""
    code = codes.tidy(code)
    if len(code) != LENGTH or not codes.is_checked(code):
        return None
    letter, school_class = (
        codes.number_in(code[:OF_THE_LETTER]),
        codes.number_in(code[OF_THE_LETTER:][:OF_THE_CLASS]),
    )
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
