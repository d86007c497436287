"""How tests of letters to parents begin: a class, its teacher, and a letter that was sent to it."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from junheng.domains.familyletters.actions.writing import send, write
from junheng.domains.familyletters.models import FamilyLetter
from junheng.domains.familyletters.queries.codes import code_of
from junheng.domains.familyletters.queries.digests import digest_of
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import SchoolClass
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from tests.cast import grant
from tests.domains import makers

AT = datetime(2023, 6, 19, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
ON, DUE = date(2023, 6, 19), date(2023, 6, 28)
WHY = "按规定办理"
CITY, HERE, THERE = "4108", "410802", "410811"
WORDS: dict[str, Any] = {
    "title": "暑假防溺水", "topic": "drowning", "audience": "all", "text": "第一段\n\n第二段", "due_on": DUE,
}  # fmt: skip


def room(*names: str, area: str = HERE, **given: Any) -> SchoolClass:
    """A class of a school of its own, with pupils of these names."""
    made = makers.school_class(makers.school(area_id=area), **given)
    for name in names:
        makers.pupil(made, name=name)
    return made


def teacher(of: SchoolClass) -> User:
    """The class teacher of a class."""
    somebody = User.objects.create(username=f"teacher-{of.pk}")
    grant(somebody, Role.CLASS_TEACHER, area=of.area_id, school=of.school, school_class=of)
    return somebody


def head(of: SchoolClass) -> User:
    """The principal of the school of a class."""
    return makers.user(Role.PRINCIPAL, area=of.area_id, school=of.school)


def city() -> User:
    """Somebody of the city's section."""
    return makers.user(Role.CITY_SECTION)


def draft(*, by: User | None = None, **given: Any) -> FamilyLetter:
    """A letter that is not sent yet: the city's, where nothing else is said."""
    letter = FamilyLetter(**{"area_id": CITY} | WORDS | given)
    return write(letter, on=ON, by=by or city(), at=AT, why=WHY)


def sent(*, by: User | None = None, on: date = ON, **given: Any) -> FamilyLetter:
    """A letter that was sent."""
    by = by or city()
    letter = draft(by=by, **given)
    send(letter, digest=digest_of(letter), on=on, by=by, at=AT, why=WHY)
    letter.refresh_from_db()
    return letter


def link(letter: FamilyLetter, of: SchoolClass) -> str:
    """The address that the parents of a class open."""
    return f"/familyletters/read/{code_of(letter.pk, of.pk)}/"


def answer(name: str, **more: str) -> dict[str, str]:
    """What a family sends."""
    return {"name": name, "read": "on", "signed_by": "家长甲"} | more


def pupil(of: SchoolClass, name: str) -> Pupil:
    """The pupil of this name."""
    return Pupil.objects.get(school_class=of, name=name)
