"""Who is asked and who has answered: by pupil, by class, by school."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from junheng.domains.familyletters.models import FamilyLetter, LetterReceipt, LetterSchool
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import SchoolClass
from junheng.platform.spans import holds


@dataclass(frozen=True, slots=True)
class Tally:
    """How many families are asked, and how many have answered."""

    asked: int
    answered: int

    @property
    def missing(self) -> int:
        """How many have not."""
        return max(self.asked - self.answered, 0)


def asked_on(letter: FamilyLetter, day: date) -> "QuerySet[Pupil]":
    """The pupils of the letter's stages on the roll of the day that counts, wherever they are."""
    return Pupil.objects.filter(holds(letter.roll_day(day)), stage__in=letter.stages)


def receipts_on(letter: FamilyLetter, day: date) -> "QuerySet[LetterReceipt]":
    """The receipts that stand, of pupils on that roll."""
    there = holds(letter.roll_day(day), since="pupil__since", until="pupil__until")
    return LetterReceipt.objects.filter(there, letter=letter, withdrawn_on=None)


def rooms_on(letter: FamilyLetter, day: date) -> Q:
    """The classes that a letter asks: of its stages, in schools that it reaches, open on the day that counts."""
    reached = LetterSchool.objects.filter(letter=letter).values("school")
    return holds(letter.roll_day(day)) & Q(stage__in=letter.stages, school__in=reached)


def by_class(letter: FamilyLetter, rooms: Sequence[SchoolClass], *, day: date) -> dict[int, Tally]:
    """The tally of each of some classes, in two questions."""
    numbers = [one.pk for one in rooms]
    pupils = asked_on(letter, day).filter(school_class__in=numbers).order_by()
    asked = dict(pupils.values_list("school_class").annotate(Count("pk")))
    found = receipts_on(letter, day).filter(pupil__school_class__in=numbers).order_by()
    answered = dict(found.values_list("pupil__school_class").annotate(Count("pk")))
    return {one: Tally(asked.get(one, 0), answered.get(one, 0)) for one in numbers}


def by_school(letter: FamilyLetter, schools: Sequence[int], *, day: date) -> dict[int, Tally]:
    """The tally of each of some schools, in two questions."""
    pupils = asked_on(letter, day).filter(school__in=schools).order_by()
    asked = dict(pupils.values_list("school").annotate(Count("pk")))
    found = receipts_on(letter, day).filter(pupil__school__in=schools).order_by()
    answered = dict(found.values_list("pupil__school").annotate(Count("pk")))
    return {one: Tally(asked.get(one, 0), answered.get(one, 0)) for one in schools}


def missing_in(letter: FamilyLetter, room: SchoolClass, *, day: date) -> "QuerySet[Pupil]":
    """Whose family has not answered, by name."""
    answered = LetterReceipt.objects.filter(letter=letter, withdrawn_on=None, pupil=OuterRef("pk"))
    return asked_on(letter, day).filter(~Exists(answered), school_class=room).order_by("name", "pk")


def answered_in(letter: FamilyLetter, room: SchoolClass, *, day: date) -> "QuerySet[LetterReceipt]":
    """The receipts of a class, by name."""
    found = receipts_on(letter, day).filter(pupil__school_class=room)
    return found.select_related("pupil").order_by("pupil__name", "pk")


def correction_of(letter: FamilyLetter) -> FamilyLetter | None:
    """The letter that took this one's place, if it was sent."""
    return FamilyLetter.objects.filter(corrects=letter).exclude(sent_on=None).order_by("pk").last()


def standing() -> Q:
    """Letters that were sent and that no other has corrected."""
    later = FamilyLetter.objects.filter(corrects=OuterRef("pk")).exclude(sent_on=None)
    return Q(sent_on__isnull=False) & ~Q(Exists(later))
