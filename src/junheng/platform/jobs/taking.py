"""Taking a job from the queue, and writing what became of it: the only places where its state changes."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from junheng.kernel.values.identity import conceal
from junheng.platform.jobs.models import Job, State
from junheng.platform.jobs.progress import is_dead, read_report, worker_name

MOST_ATTEMPTS = 5
"""How often a job is begun: one whose worker died each time is not begun for ever."""


class Lost(Exception):
    """The job was given to somebody else meanwhile: what was done must not stand."""


def ready(at: datetime) -> "QuerySet[Job]":
    """The jobs that may begin: what people ordered, the oldest first, and then what the house does by itself."""
    return Job.objects.filter(state=State.QUEUED, not_before__lte=at).order_by(
        F("day").asc(nulls_first=True), "id"
    )


def take(worker: str, *, at: datetime) -> Job | None:
    """The first job that is ready, now this worker's; ``None`` if there is none.

    A server lets several workers take at once, each another row; the embedded database lets one write at a time.
    """
    if not ready(at).exists():
        return None
    with transaction.atomic():
        found = ready(at).select_for_update(skip_locked=True).first()
        if found is None:
            return None
        found.state, found.worker, found.started_at = State.RUNNING, worker, at
        found.attempts += 1
        found.save(update_fields=["state", "worker", "started_at", "attempts"])
    return found


def recover(*, at: datetime) -> int:
    """Put the jobs of dead workers back into the queue; returns how many. Their work was undone with them.

    A worker looks before it takes a job: one that still bears its own name was cut off when the database went away.
    """
    count = 0
    own = worker_name()
    for one in Job.objects.filter(state=State.RUNNING):
        began = (one.started_at or one.created_at).timestamp()
        report = read_report(one.pk)
        if one.worker == own or is_dead(
            one.worker, report, attempt=one.attempts, started=began, now=at.timestamp()
        ):
            count += give_back(one, at=at)
    return count


def held(job: Job) -> "QuerySet[Job]":
    """The row of a job, as long as it is this attempt's."""
    return Job.objects.filter(pk=job.pk, attempts=job.attempts, state=State.RUNNING)


def finish(job: Job, result: dict[str, Any], *, at: datetime) -> None:
    """Write that a job is done. Must be called in the transaction of its work: both stand, or neither."""
    if not held(job).update(state=State.DONE, result=result, finished_at=at):
        raise Lost


def fail(job: Job, sentence: str, code: str, *, at: datetime) -> None:
    """Write that a job was refused or broke, with a sentence for its owner."""
    held(job).update(state=State.FAILED, failure=conceal(sentence)[:600], code=code[:60], finished_at=at)


def give_back(job: Job, *, at: datetime, later: timedelta = timedelta(0)) -> int:
    """Put a job back into the queue, or end it where it was begun too often; 1 if it was still this attempt's."""
    if job.attempts >= MOST_ATTEMPTS:
        fail(job, dies(), "job-dies", at=at)
        return 0
    return held(job).update(state=State.QUEUED, not_before=at + later, worker="")


def dies() -> str:
    """The sentence about a job that ended every worker that began it."""
    return _(
        "执行这个任务的进程多次中断，任务没有完成，没有写入任何内容。请联系管理员检查服务器的内存和磁盘后重试。"
    )
