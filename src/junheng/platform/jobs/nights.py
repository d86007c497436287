"""What the house does by itself every day: put into the queue by the workers, once a day however many they are.

There is no clock that wakes anybody. A worker asks which day's work is due; a house that was switched off at night does
it when a worker next runs. Several missed nights are one: the work is about the records of now.
"""

from datetime import date, datetime, timedelta

from django.utils import timezone

from junheng.platform.jobs.kinds import Nightly, every_kind
from junheng.platform.jobs.models import Job, State


def due_day(nightly: Nightly, *, at: datetime) -> date:
    """The newest day whose hour has come."""
    here = timezone.localtime(at)
    return here.date() if here.hour >= nightly.hour else here.date() - timedelta(days=1)


def put_in_queue(*, at: datetime) -> int:
    """Put what is due and not there yet into the queue; returns how many this worker found missing.

    Two workers that find the same missing write one row: the second is turned away by the constraint, in silence.
    """
    due = {kind: due_day(kind.nightly, at=at) for kind in every_kind().values() if kind.nightly}
    if not due:
        return 0
    there = set(Job.objects.filter(day__gte=min(due.values())).values_list("kind", "day"))
    missing = [
        Job(kind=kind.name, day=day, title=str(kind.nightly.title)[:200], created_at=at, not_before=at)
        for kind, day in due.items()
        if kind.nightly and (kind.name, day) not in there
    ]
    Job.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)


def last_done() -> dict[str, datetime | None]:
    """When each kind of nightly work was last done; ``None`` for one that never was, as far as the rows are kept."""
    done = Job.objects.filter(day__isnull=False, state=State.DONE).order_by("finished_at")
    found = dict(done.values_list("kind", "finished_at"))
    return {kind.name: found.get(kind.name) for kind in every_kind().values() if kind.nightly}
