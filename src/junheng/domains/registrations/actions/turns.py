"""Taking a turn in the waiting room: a place in the slice of time in which a family came, not by who came first in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from junheng.domains.registrations.models import Turn
from junheng.domains.registrations.queries.keys import keyed


@dataclass(frozen=True, slots=True)
class Taken:
    """A child's family wants a turn in a slice."""

    intake: int
    season: str
    pid: str
    slice: int


def order_of(intake: int, slice_: int, pid: str) -> str:
    """The number that decides within a slice. It follows from the child: another try, phone or parent has the same."""
    return keyed("turn", f"{intake}|{slice_}|{pid}").hex()[:16]


def take_turns(wanted: Sequence[Taken]) -> list[tuple[int, str]]:
    """Write turns; a child that has one keeps it. Answers with slice and number of each."""
    rows = [Turn(season=one.season, pid=one.pid, intake_id=one.intake, slice=one.slice, order=order_of(one.intake, one.slice, one.pid)) for one in wanted]  # fmt: skip
    Turn.objects.bulk_create(rows, ignore_conflicts=True)
    there = Turn.objects.filter(
        pid__in=[one.pid for one in wanted], intake__in={one.intake for one in wanted}
    )
    found = {(one.intake_id, one.pid): (one.slice, one.order) for one in there}
    return [found[one.intake, one.pid] for one in wanted]
