"""The files that jobs leave, and how long they and their rows are kept."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from junheng.kernel.errors import NotFound
from junheng.platform.jobs.models import Job, State
from junheng.platform.jobs.progress import folder

FILES = timedelta(days=3)
"""How long the file of a job can be fetched: it may hold personal data, and can be made again."""
ROWS = timedelta(days=90)
"""How long one sees that a job was."""


def result_file(job: Job) -> Path:
    """Where this attempt puts its file, sealed: an attempt that was given up writes into another one."""
    return folder() / f"{job.pk}-{job.attempts}.result"


def fetched(job: Job) -> tuple[Path, dict[str, Any]]:
    """The file of a job that is done, with its name and type."""
    told = (job.result or {}).get("file") if job.state == State.DONE else None
    path = folder() / told["path"] if told else folder()
    if told is None or not path.is_file():
        raise NotFound(
            "job-file-gone",
            "这个任务没有可下载的文件，或文件已超过 {days} 天被清理。请重新提交一次。",
            days=FILES.days,
        )
    return path, told


def file_facts(path: Path, *, name: str, kind: str) -> dict[str, str]:
    """How a result speaks of its file."""
    return {"path": path.name, "name": name, "type": kind}


def clear_away(*, at: datetime) -> None:
    """Remove files that were kept long enough or belong to nobody, and rows after a season."""
    with transaction.atomic():
        Job.objects.filter(finished_at__lt=at - ROWS).delete()
    held = set(Job.objects.filter(state=State.RUNNING).values_list("pk", flat=True))
    for path in folder().iterdir():
        number = path.name.replace("-", ".").split(".")[0]
        old = path.stat().st_mtime < (at - FILES).timestamp()
        if old and not (number.isdigit() and int(number) in held):
            path.unlink(missing_ok=True)
