"""Place by hour by person: what the standard wants covered, by whom it is, and where it is blank or double."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from junheng.domains.posts.models import Post, PostTask, SafetyPlace
from junheng.domains.posts.terms import Applies, TaskState, span
from junheng.domains.schools.models import School
from junheng.platform.spans import holds

WEEK = 7


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of one place's hours on one day of the week, in which the same persons are responsible."""

    starts: int
    ends: int
    posts: tuple[Any, ...]

    @property
    def hours(self) -> str:
        """From when until when, as a clock shows it."""
        return span(self.starts, self.ends)

    @property
    def blank(self) -> bool:
        """Whether nobody is responsible."""
        return not self.posts

    @property
    def double(self) -> bool:
        """Whether more than one person is, so that each may think it is the other."""
        return len({one.person_id for one in self.posts}) > 1


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of the matrix as people see it: ``task`` is the dated task to fill it, if there is one.

    ``weekdays`` are the days on which the very same hours of the place are blank, to be filled at once.
    """

    piece: Piece
    task: PostTask | None
    weekdays: int

    @property
    def open(self) -> bool:
        """Whether it is blank without a task."""
        return self.piece.blank and self.task is None


@dataclass(frozen=True, slots=True)
class Line:
    """One place on one day of the week."""

    place: SafetyPlace
    weekday: int
    cells: tuple[Cell, ...]


def pieces(starts: int, ends: int, posts: Iterable[Any]) -> list[Piece]:
    """Cut a span of hours where a post begins or ends.

    >>> class P(tuple):
    ...     starts = property(lambda self: self[0]); ends = property(lambda self: self[1])
    >>> [(one.starts, one.ends, len(one.posts)) for one in pieces(420, 600, [P((400, 480)), P((470, 540))])]
    [(420, 470, 1), (470, 480, 2), (480, 540, 1), (540, 600, 0)]
    """
    here = [one for one in posts if one.starts < ends and one.ends > starts]
    cuts = sorted(
        {starts, ends, *(cut for one in here for cut in (one.starts, one.ends) if starts < cut < ends)}
    )
    return [
        Piece(begin, end, tuple(one for one in here if one.starts <= begin and one.ends >= end))
        for begin, end in itertools.pairwise(cuts)
    ]


def matrix(school: School, *, on: date) -> list[Line]:
    """Every place that applies to a school, day of the week by day of the week. Three questions."""
    return lines_of(
        places_for(school, on=on),
        list(Post.objects.filter(holds(on), school=school).select_related("person", "deputy").order_by("pk")),
        list(PostTask.objects.filter(school=school, state=TaskState.OPEN).order_by("pk")),
    )


def places_for(school: School, *, on: date) -> list[SafetyPlace]:
    """The places of the standard of a day that a school must have."""
    applies = Q(applies=Applies.ALL)
    if school.boarding:
        applies |= Q(applies=Applies.BOARDING)
    return list(SafetyPlace.objects.filter(holds(on), applies).order_by("code"))


def lines_of(places: Sequence[SafetyPlace], posts: Sequence[Post], tasks: Sequence[PostTask]) -> list[Line]:
    """The matrix of one school from its rows."""
    found = []
    for place in places:
        own = [one for one in posts if one.place_id == place.pk]
        asked = [one for one in tasks if one.place_id == place.pk]
        cut = {
            weekday: pieces(place.starts, place.ends, [one for one in own if one.weekdays >> weekday & 1])
            for weekday in range(WEEK)
            if place.weekdays >> weekday & 1
        }
        blank: dict[tuple[int, int], int] = defaultdict(int)
        for weekday, each in cut.items():
            for piece in each:
                blank[piece.starts, piece.ends] |= piece.blank << weekday
        for weekday, each in cut.items():
            cells = tuple(
                Cell(
                    piece,
                    task_for(piece, weekday, asked) if piece.blank else None,
                    blank[piece.starts, piece.ends],
                )
                for piece in each
            )
            found.append(Line(place, weekday, cells))
    return found


def task_for(piece: Piece, weekday: int, tasks: Iterable[PostTask]) -> PostTask | None:
    """The open task about a blank: one that covers the whole of it."""
    return next(
        (
            one
            for one in tasks
            if one.weekdays >> weekday & 1 and one.starts <= piece.starts and one.ends >= piece.ends
        ),
        None,
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """How many blanks without a task, blanks with one, and doubles a matrix has, and the first day of the week with each."""

    blanks: int
    tasks: int
    doubles: int
    blank_on: int | None
    task_on: int | None
    double_on: int | None


def tally(lines: Iterable[Line]) -> Tally:
    """The count of a school's matrix, each piece of each day once."""
    cells = [(line.weekday, cell) for line in lines for cell in line.cells]
    kinds = (
        [day for day, cell in cells if cell.open],
        [day for day, cell in cells if cell.task is not None],
        [day for day, cell in cells if cell.piece.double],
    )
    blanks, tasks, doubles = map(len, kinds)
    blank_on, task_on, double_on = (min(days, default=None) for days in kinds)
    return Tally(blanks, tasks, doubles, blank_on, task_on, double_on)


def posts_on(school: School, *, on: date) -> list[Post]:
    """The posts of a school on a day, by hour."""
    rows = Post.objects.filter(holds(on), school=school).select_related("place", "person", "deputy")
    return [one for one in rows.order_by("starts", "place__code", "pk") if one.weekdays >> on.weekday() & 1]
