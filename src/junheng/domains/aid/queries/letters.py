"""Letters to families: the code on each, whose letter a code is, and what proves that it is in the right hands."""

from junheng.domains.aid.models import AidLetter
from junheng.domains.pupils.queries import is_known_by
from junheng.platform.sealing import codes

ROOM = "aid"
OF_THE_NUMBER, OF_THE_MARK = 5, 6
"""25 bits say which letter it is, 30 that this house wrote it; the twelfth letter tells whether it was copied rightly."""


def code_of(letter: AidLetter) -> str:
    """The code on a letter. It follows from the row and a key outside the database, so no table holds it."""
    number = codes.in_letters(letter.pk, OF_THE_NUMBER)
    mark = codes.spelled(codes.keyed(ROOM, "letter", f"{letter.pk}|{letter.turn}"), OF_THE_MARK)
    return codes.checked(number + mark)


def letter_of(code: str) -> AidLetter | None:
    """The letter with this code; an older letter to the same family opens nothing any more."""
    code = codes.tidy(code)
    if len(code) != OF_THE_NUMBER + OF_THE_MARK + 1 or not codes.is_checked(code):
        return None
    number = codes.number_in(code[:OF_THE_NUMBER])
    found = (
        AidLetter.objects.select_related("pupil__school", "pupil__school_class__school")
        .filter(pk=number)
        .first()
    )
    return found if found is not None and code_of(found) == code else None


def proves(letter: AidLetter, given: str) -> bool:
    """Whether somebody knows the last four signs of the pupil's number, or the birthday."""
    return is_known_by(letter.pupil, given)
