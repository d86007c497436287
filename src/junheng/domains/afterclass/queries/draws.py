"""Places given out by what families chose: the closed list, its digest, the numbers, and who comes where. Writes nothing.

Anyone who has the list of numbers, the seed and the free places comes to the same result.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from junheng.domains.afterclass.models import ChoosingPeriod, Course, CourseChoice, Enrolment
from junheng.domains.afterclass.queries.places import offered, with_room
from junheng.kernel.lottery import Algorithm, digest, numbers, ranks
from junheng.kernel.lottery.digests import line
from junheng.kernel.matching import Group, market_of, solve
from junheng.platform.spans import held_from, holds

DRAWN_BY = Algorithm.SM3


@dataclass(frozen=True, slots=True)
class Drawn:
    """One pupil of the list: its place in the draw, from 1, and the course it comes to; None where all were full."""

    choice: CourseChoice
    place: int
    course: Course | None


def waiting_list(period: ChoosingPeriod, *, on: date) -> list[CourseChoice]:
    """Whoever chose a course and has no place yet, in the order of the needs; pupils who left are not among them."""
    has_place = Enrolment.objects.filter(held_from(on), pupil=OuterRef("need__pupil"), term=period.term)
    rows = CourseChoice.objects.filter(
        holds(on, since="need__pupil__since", until="need__pupil__until"),
        ~Exists(has_place),
        need__pupil__school=period.school_id,
        need__term=period.term,
        need__wanted=True,
        first__isnull=False,
    )
    return list(rows.select_related("need").order_by("need_id"))


def digest_of(choices: Sequence[CourseChoice]) -> str:
    """The digest of a list: for each need its number and the numbers of its courses."""
    words = [f"{one.need_id}:{','.join(map(str, one.chosen()))}" for one in choices]
    return digest(DRAWN_BY, line("afterclass", *words)).hex()


def places_drawn(period: ChoosingPeriod, choices: Sequence[CourseChoice], seed: str) -> list[int]:
    """The place of each in the draw, from 0: by one number a need, made of the seed and of the list."""
    batch = f"{period.school_id}-{period.term}"
    whole = digest(DRAWN_BY, line("seed", batch, str(len(choices)), digest_of(choices), seed)).hex()
    found: list[int] = ranks(numbers(DRAWN_BY, whole, batch, [str(one.need_id) for one in choices])).tolist()
    return found


def given_out(period: ChoosingPeriod, choices: Sequence[CourseChoice], *, seed: str, on: date) -> list[Drawn]:
    """Who comes where: every pupil asks its courses in their order, a full course keeps those drawn first."""
    room = with_room(list(offered(period.school_id, period.term, on=on)), on=on)
    courses = [course for course, _free in room]
    at = {course.pk: place for place, course in enumerate(courses)}
    before = taken_before(choices, period.term)
    places = places_drawn(period, choices, seed)
    asked = [
        [
            (at[pk], place)
            for pk in one.chosen()
            if pk in at and (one.need.pupil_id, courses[at[pk]].name) not in before
        ]
        for one, place in zip(choices, places, strict=True)
    ]
    edges = [group for each in asked for group, _place in each]
    found = solve(market_of([Group(str(course.pk), free) for course, free in room], asked)).tolist()
    return [
        Drawn(one, place + 1, courses[edges[edge]] if edge >= 0 else None)
        for one, place, edge in zip(choices, places, found, strict=True)
    ]


def taken_before(choices: Sequence[CourseChoice], term: str) -> set[tuple[int, str]]:
    """The courses that pupils of the list were in already this term and left: nobody comes into the same one twice."""
    rows = Enrolment.objects.filter(term=term, pupil__in=[one.need.pupil_id for one in choices])
    return set(rows.values_list("pupil", "course"))


def last_in(courses: Sequence[int], term: str) -> dict[int, int]:
    """The last place of the draw that came into each course; none where nobody was drawn into it."""
    rows = CourseChoice.objects.filter(
        Q(need__pupil__enrolment__offer__in=courses), need__term=term, place__isnull=False
    ).values_list("need__pupil__enrolment__offer", "place")
    found: dict[int, int] = {}
    for course, place in rows:
        if course in courses and place is not None:
            found[course] = max(found.get(course, 0), place)
    return found


def free_at_draw(period: ChoosingPeriod) -> list[tuple[Course, int]]:
    """The places of each course that the draw gave out: all but those of pupils who were not on its list."""
    drawn = CourseChoice.objects.filter(need__term=period.term, place__isnull=False).values("need__pupil")
    rows = Enrolment.objects.filter(
        held_from(period.drawn_on or period.closes_on), offer__school=period.school_id, term=period.term
    )
    others = dict(rows.exclude(pupil__in=drawn).order_by().values_list("offer").annotate(Count("pk")))
    courses = Course.objects.filter(school=period.school_id, term=period.term).order_by("code")
    return [(one, max(one.places - others.get(one.pk, 0), 0)) for one in courses]
