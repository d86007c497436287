"""What waits: links to pass on, families still missing, schools that are not complete after the day."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import DateField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Least
from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.domains.familyletters.models import FamilyLetter, LetterReceipt, LetterSchool, asking
from junheng.domains.familyletters.policies import REACHED
from junheng.domains.familyletters.queries.levels import incomplete
from junheng.domains.familyletters.queries.roll import standing
from junheng.domains.familyletters.terms import OPEN_AFTER, REMINDED
from junheng.domains.pupils.models import Pupil
from junheng.platform.access.roles import Role
from junheng.platform.access.scope import grants_of
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import Todo, Waiting, todo
from junheng.platform.spans import holds


@todo
def of_a_class(asker: Asker) -> Iterator[Waiting]:
    """Letters of one's own class that nobody has answered yet, and those that lack somebody two days before the day."""
    grants = grants_of(asker.user, on=asker.today)
    rooms = [(one.school_class, one.school) for one in grants if one.role == Role.CLASS_TEACHER]
    numbers = [room for room, _school in rooms if room is not None]
    if not numbers:
        return
    running = reaching([school for _room, school in rooms], asker.day)
    soon = asker.day + REMINDED
    lacks = asking(lacking(numbers, asker.day))
    answered = LetterReceipt.objects.filter(
        letter=OuterRef("pk"), pupil__school_class__in=numbers, withdrawn_on=None
    )
    fresh = running.filter(~Exists(answered), lacks, due_on__gt=soon)
    yield Waiting(fresh, fresh_line, due=F("due_on"))
    yield Waiting(running.filter(lacks, due_on__lte=soon, due_on__gte=asker.day), soon_line, due=F("due_on"))
    yield Waiting(running.filter(lacks, due_on__lt=asker.day), late_line, due=F("due_on"))


@todo
def of_schools(asker: Asker) -> Iterator[Waiting]:
    """Schools of one's place, or one's own, that are not complete after the answer day."""
    for role, line in ((Role.COUNTY_OFFICER, county_line), (Role.PRINCIPAL, school_line)):
        if not any(one.role == role for one in asker.granting(REACHED, "view")):
            continue
        late = FamilyLetter.objects.filter(
            standing(), due_on__lt=asker.day, due_on__gte=asker.day - OPEN_AFTER
        )
        reached = asker.within(LetterSchool.objects.filter(letter__in=late), REACHED, "view")
        yield Waiting(incomplete(reached), line, due=F("letter__due_on"))


def reaching(schools: list[int | None], day: date) -> "QuerySet[FamilyLetter]":
    """Letters that run and reach some schools."""
    there = LetterSchool.objects.filter(letter=OuterRef("pk"), school__in=schools)
    return FamilyLetter.objects.filter(standing(), Exists(there), due_on__gte=day - OPEN_AFTER)


def lacking(rooms: list[int], day: date) -> "QuerySet[Pupil]":
    """Of the letter outside: who of some classes is asked and has not answered."""
    roll_day: Any = Least(OuterRef("due_on"), Value(day, output_field=DateField()), output_field=DateField())
    receipt = LetterReceipt.objects.filter(
        letter=OuterRef(OuterRef("pk")), pupil=OuterRef("pk"), withdrawn_on=None
    )
    return Pupil.objects.filter(holds(roll_day), ~Exists(receipt), school_class__in=rooms)


def fresh_line(number: int, due: date | None) -> Todo:
    """The line about letters whose link nobody has used."""
    return Todo(_("封告家长书请转给家长"), reverse("familyletters:mine"), number, "envelope-open", due)


def soon_line(number: int, due: date | None) -> Todo:
    """The line about letters that run out and lack somebody."""
    return Todo(_("封告家长书还有家长没交回执"), reverse("familyletters:mine"), number, "envelope-open", due)


def late_line(number: int, due: date | None) -> Todo:
    """The line about letters that lack somebody after the day."""
    return Todo(
        _("封告家长书过了截止日还没收齐"), reverse("familyletters:mine"), number, "envelope-open", due, late=True
    )  # fmt: skip


def county_line(number: int, due: date | None) -> Todo:
    """The line about schools that are not complete."""
    return Todo(
        _("所学校的告家长书到期没收齐"), reverse("familyletters:mine"), number, "envelope-open", due, late=True
    )  # fmt: skip


def school_line(number: int, due: date | None) -> Todo:
    """The line about a school's own letters."""
    return Todo(
        _("封告家长书到期没收齐，请看是哪些班"), reverse("familyletters:mine"), number, "envelope-open", due, late=True
    )  # fmt: skip
