"""Who writes letters, who counts answers, and whose class it is. No register: nothing lists or exports receipts."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from junheng.domains.familyletters.models import FamilyLetter, LetterSchool, asking
from junheng.domains.schools.models import SchoolClass
from junheng.kernel.errors import NotAllowed
from junheng.platform.access.models import Grant
from junheng.platform.access.roles import Role, Verb
from junheng.platform.registers import Register
from junheng.platform.registers.asker import Asker, absent, asker_of

WRITERS = frozenset({Role.CITY_OFFICE, Role.CITY_SECTION, Role.COUNTY_OFFICER, Role.PRINCIPAL})
COUNTERS = WRITERS | {Role.CITY_LEADER, Role.AUDITOR}
ROOMS_OF = frozenset({Role.PRINCIPAL, Role.CLASS_TEACHER})


class LetterScope(Register[FamilyLetter]):
    """Rights over letters as one's own: those of one's place, those of one's school."""

    slug = "familyletters"
    chapter = "safety"
    model = FamilyLetter
    area = "area"
    school = "school"
    readers = COUNTERS
    writers = WRITERS


class ReachedScope(Register[LetterSchool]):
    """Rights over the schools that letters reach: their numbers, never a name."""

    slug = "familyletters"
    chapter = "safety"
    model = LetterSchool
    area = "area"
    school = "school"
    readers = COUNTERS
    writers = frozenset()


class RoomScope(Register[SchoolClass]):
    """Rights over classes: whose own it is ticks paper and sees who is missing; a principal may do it in a teacher's place."""

    slug = "familyletters"
    chapter = "safety"
    model = SchoolClass
    school = "school"
    school_class = "self"
    readers = ROOMS_OF
    writers = ROOMS_OF


LETTERS, REACHED, ROOMS = LetterScope(), ReachedScope(), RoomScope()


def sees_family_letters(request: HttpRequest) -> bool:
    """Whether the menu leads somebody here."""
    asker = asker_of(request)
    return asker.may("view", LETTERS) or asker.may("view", ROOMS)


def reader_of(request: HttpRequest) -> Asker:
    """Who looks at letters at the desk; for everybody else these pages are not there."""
    if not sees_family_letters(request):
        raise absent()
    return asker_of(request)


def rooms_of(asker: Asker, verb: Verb = "view") -> "QuerySet[SchoolClass]":
    """The classes that somebody looks after."""
    return asker.within(SchoolClass.objects.all(), ROOMS, verb)


def reached_by(asker: Asker) -> "QuerySet[LetterSchool]":
    """The schools of letters whose numbers somebody sees."""
    return asker.within(LetterSchool.objects.all(), REACHED, "view")


def own_letters(asker: Asker, verb: Verb) -> Q | None:
    """The letters of one's own office or school, drafts included; none for who belongs to no such place."""
    found: Q | None = None
    for grant in asker.granting(LETTERS, verb):
        place = Q(area=grant.area, school=None) if grant.school is None else Q(school=grant.school)
        found = place if found is None else found | place
    return found


def letters_seen(asker: Asker) -> "QuerySet[FamilyLetter]":
    """Letters of one's own office or school, drafts included, and those sent to a school or class of one's own."""
    reached = Exists(reached_by(asker).filter(letter=OuterRef("pk")))
    there = LetterSchool.objects.filter(letter=OuterRef(OuterRef("pk")), school=OuterRef("school"))
    began = Q(since__lte=OuterRef("due_on")) & (Q(until=None) | Q(until__gt=OuterRef("sent_on")))
    taught = asking(rooms_of(asker).filter(Exists(there), began))
    seen = Q(sent_on__isnull=False) & (Q(reached) | taught)
    mine = own_letters(asker, "view")
    return FamilyLetter.objects.filter(seen if mine is None else mine | seen).select_related("area", "school")


def writes_as(asker: Asker) -> Grant | None:
    """The place for which somebody writes: the first that they were given."""
    return next(iter(asker.granting(LETTERS, "change")), None)


def may_write(asker: Asker, letter: FamilyLetter) -> bool:
    """Whether a letter is one's own to change, send or correct."""
    return any(
        letter.school_id == grant.school and (grant.school is not None or letter.area_id == grant.area)
        for grant in asker.granting(LETTERS, "change")
    )


def check_writer(letter: FamilyLetter, *, by: Any, at: datetime) -> None:
    """Refuse whoever is not of the office or school that writes."""
    if not may_write(Asker(by, at), letter):
        raise NotAllowed(
            "family-letter-not-yours",
            "这封告家长书不是您的单位发的，没有做任何改动。请由发出单位办理。",
        )


def check_room(room: SchoolClass, *, by: Any, at: datetime) -> None:
    """Refuse whoever does not look after a class."""
    if not rooms_of(Asker(by, at), "change").filter(pk=room.pk).exists():
        raise NotAllowed("class-not-yours", "这个班的回执由班主任或本校校长登记。没有做任何改动。")


def letter_seen(asker: Asker, pk: int) -> FamilyLetter:
    """One letter within the scope; another is absent."""
    found = letters_seen(asker).filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise absent()
    return found


def room_seen(asker: Asker, pk: int) -> SchoolClass:
    """One class that somebody looks after; another is absent."""
    found = rooms_of(asker).select_related("school").filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise absent()
    return found
