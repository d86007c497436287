"""The link of a class, and which of its pupils somebody means: no page ever shows a list of children."""

from datetime import date

from junheng.domains.afterclass.models import ChoosingPeriod
from junheng.domains.pupils.models import Pupil
from junheng.domains.pupils.queries import is_known_by
from junheng.domains.schools.models import SchoolClass
from junheng.platform.sealing import codes
from junheng.platform.spans import holds

ROOM = "afterclass"
OF_THE_NUMBER, OF_THE_MARK = 5, 6


def code_of(school_class: SchoolClass, term: str) -> str:
    """The code of a class in a term. It follows from the row and a key outside the database, so no table holds it."""
    number = codes.in_letters(school_class.pk, OF_THE_NUMBER)
    mark = codes.spelled(codes.keyed(ROOM, "class", f"{school_class.pk}|{term}"), OF_THE_MARK)
    return codes.checked(number + mark)


def opened(code: str, *, on: date) -> tuple[SchoolClass, ChoosingPeriod] | None:
    """The class with this code, and the period in which its school asks; None where nothing is asked on the day."""
    code = codes.tidy(code)
    if len(code) != OF_THE_NUMBER + OF_THE_MARK + 1 or not codes.is_checked(code):
        return None
    number = codes.number_in(code[:OF_THE_NUMBER])
    room = SchoolClass.objects.select_related("school").filter(pk=number).first()
    if room is None:
        return None
    periods = ChoosingPeriod.objects.filter(school=room.school_id, opens_on__lte=on).order_by("-term")
    return next(((room, one) for one in periods if code_of(room, one.term) == code), None)


def pupil_in(school_class: SchoolClass, name: str, proof: str, *, on: date) -> Pupil | None:
    """The one pupil of a class with this name whose number or birthday somebody knows."""
    rows = Pupil.objects.filter(holds(on), school_class=school_class, name=name.strip())[:5]
    found = [one for one in rows if is_known_by(one, proof)]
    return found[0] if len(found) == 1 else None
