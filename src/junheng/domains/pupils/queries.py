"""What guardians have answered: for one child, and what is still missing in a class."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from junheng.content.rulebook import PRIVACY
from junheng.domains.pupils.models import Child, Consent, Pupil
from junheng.domains.pupils.terms import Purpose
from junheng.domains.schools.models import SchoolClass
from junheng.kernel.rulebook import InForce
from junheng.platform.spans import holds

LISTED = 200
FEW = 500
"""Classes whose answers are counted class by class, not together with those of the whole city."""


def consent_age(on: date) -> InForce[int]:
    """The age below which a guardian agrees, as the rule of that day says."""
    return PRIVACY.consent_age.on(on)


def age_on(born: date, on: date) -> int:
    """Full years on a day.

    >>> age_on(date(2010, 3, 1), date(2024, 2, 29)), age_on(date(2010, 3, 1), date(2024, 3, 1))
    (13, 14)
    """
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def is_known_by(pupil: Pupil, given: str) -> bool:
    """Whether somebody knows the last four signs of a pupil's identity number, or the birthday in eight figures."""
    given = "".join(one for one in given.upper() if one.isalnum())
    number = str(pupil.id_number or "").upper()
    return bool(given) and (
        (len(given) == 4 and len(number) > 4 and number.endswith(given)) or given == f"{pupil.born_on:%Y%m%d}"
    )


def answers_on(on: date) -> Q:
    """The answers that stand on a day: given, not run out, not replaced by a later one, not withdrawn."""
    return holds(on) & (Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on))


def answers_about(row: Pupil | Child) -> "QuerySet[Consent]":
    """All answers about one child."""
    return Consent.objects.filter(**{"child" if isinstance(row, Child) else "pupil": row})


def standing(row: Pupil | Child, purpose: Purpose, *, on: date) -> Consent | None:
    """The answer that stands for a purpose on a day, if there is one."""
    found = answers_about(row).filter(answers_on(on), purpose=purpose)
    return found.order_by("-since", "-pk").first()


@dataclass(frozen=True, slots=True)
class Missing:
    """How many children of one class have no standing answer for a purpose."""

    school_class: int
    school: str
    grade: int
    number: int
    pupils: int
    missing: int


def missing_by_class(
    pupils: "QuerySet[Pupil]", purpose: Purpose, *, on: date
) -> tuple[list[Missing], int, int]:
    """The classes of these pupils with what is missing, the worst first; how many classes and pupils there are in all.

    Three questions, however many pupils: the rolls, the answers, and what the listed classes are called.
    """
    rolls = dict(pupils.filter(holds(on)).order_by().values_list("school_class").annotate(Count("pk")))
    answers = Consent.objects.filter(
        answers_on(on),
        holds(on, since="pupil__since", until="pupil__until"),
        purpose=purpose,
        pupil__isnull=False,
    )
    if len(rolls) <= FEW:  # a school's page does not count the answers of the whole city
        answers = answers.filter(pupil__school_class__in=list(rolls))
    answered = dict(
        answers.order_by().values_list("pupil__school_class").annotate(Count("pupil", distinct=True))
    )
    missing = {pk: number for pk, roll in rolls.items() if (number := roll - answered.get(pk, 0)) > 0}
    worst = sorted(missing, key=lambda pk: (-missing[pk], pk))[:LISTED]
    rooms = SchoolClass.objects.select_related("school").in_bulk(worst)
    listed = [
        Missing(pk, room.school.name, room.grade, room.number, rolls[pk], missing[pk])
        for pk in worst
        if (room := rooms.get(pk))
    ]
    return listed, len(missing), sum(missing.values())


def without_answer(pupils: "QuerySet[Pupil]", purpose: Purpose, *, on: date) -> "QuerySet[Pupil]":
    """The pupils on the roll who have no standing answer for a purpose."""
    answered = Consent.objects.filter(answers_on(on), purpose=purpose, pupil=OuterRef("pk"))
    return pupils.filter(holds(on)).exclude(Exists(answered))


def roll_of(school_class: SchoolClass, *, on: date) -> list[Pupil]:
    """The pupils of a class on a day, by name: for a page on which one of them is chosen."""
    return list(Pupil.objects.filter(holds(on), school_class=school_class).order_by("name", "pk"))


def called(pupil: Pupil) -> str:
    """A pupil in such a list: two may have one name, so the last figures of the number stand beside it."""
    return f"{pupil.name}（{str(pupil.code)[-4:]}）"
