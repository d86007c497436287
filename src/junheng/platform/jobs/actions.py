"""Ordering a job, calling it off, asking for it again. No deed on records: those leave their own traces when it runs."""

from datetime import datetime
from typing import Any

from django.db import transaction

from junheng.kernel.errors import Conflict, NotFound, Refusal
from junheng.platform.jobs.kinds import kind_called
from junheng.platform.jobs.models import Job, State

LARGEST = 2**63 - 1
"""The largest number that a row can have."""
MOST = 20
"""Jobs that one person may have waiting."""


@transaction.atomic
def order(kind: str, *, title: str, parameters: dict[str, Any], by: Any, at: datetime) -> Job:
    """Put a job into the queue."""
    kind_called(kind)
    waiting = Job.objects.filter(owner=by, state__in=(State.QUEUED, State.RUNNING)).count()
    if waiting >= MOST:
        raise Refusal(
            "too-many-jobs",
            "您已有 {most} 个任务在排队，没有再提交新的。请等它们完成，或在「我的任务」中取消。",
            most=MOST,
        )
    return Job.objects.create(
        kind=kind, title=title[:200], parameters=parameters, owner=by, created_at=at, not_before=at
    )


def own_job(pk: int, *, by: Any) -> Job:
    """A job of one's own; another's looks absent."""
    found = Job.objects.filter(owner=by, pk=pk).first() if pk <= LARGEST else None
    if found is None:
        raise no_such_job()
    return found


def no_such_job() -> NotFound:
    """What is not there and what is somebody else's get one answer."""
    return NotFound("no-such-job", "没有找到这个任务，或者它不是您提交的。请到「我的任务」查看。")


def cancel(pk: int, *, by: Any, at: datetime) -> Job:
    """Call off a job that nobody has begun."""
    found = own_job(pk, by=by)
    if not Job.objects.filter(pk=pk, state=State.QUEUED).update(state=State.CANCELLED, finished_at=at):
        raise Conflict("job-has-begun", "任务已经开始或已经结束，不能取消。请刷新「我的任务」查看它的结果。")
    found.refresh_from_db()
    return found


def retry(pk: int, *, by: Any, at: datetime) -> Job:
    """Put a job that failed or was called off into the queue again; what it did was undone, so it begins afresh."""
    found = own_job(pk, by=by)
    again = Job.objects.filter(pk=pk, state__in=(State.FAILED, State.CANCELLED)).update(
        state=State.QUEUED, not_before=at, attempts=0, failure="", code="", finished_at=None, started_at=None
    )
    if not again:
        raise Conflict("job-not-failed", "只有未完成或已取消的任务可以重试。请刷新「我的任务」。")
    found.refresh_from_db()
    return found
