"""Doing a job: its work and the word "done" in one transaction, and a sentence for everything that can go wrong."""

import errno
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, close_old_connections, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.jobs.kinds import Work, kind_called
from junheng.platform.jobs.models import Job
from junheng.platform.jobs.progress import Progress
from junheng.platform.jobs.taking import Lost, fail, finish, give_back

LATER = timedelta(seconds=10)
"""How long a job waits after the database was away."""
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
SAID = ("disk is full", "disk I/O error", "No space left")
"""How databases say it."""

logger = logging.getLogger(__name__)


class Stopped(BaseException):
    """The worker was asked to stop: what it was doing is undone, and begins afresh with the next worker."""


def do(job: Job, *, clock: Callable[[], datetime]) -> None:
    """Do a job that was taken, and write what became of it."""
    progress = Progress(job.pk, job.attempts)
    with progress.beating(), translation.override(job.parameters.get("language") or "zh-hans"):
        try:
            deed = kind_called(job.kind).prepare(Work(job, clock(), progress))
            with transaction.atomic():
                finish(job, deed(), at=clock())
        except Lost:
            logger.warning(
                "Job %s was given to another worker meanwhile; what was done here is undone", job.pk
            )
        except Stopped:
            give_back(job, at=clock())
            raise
        except Refusal as refusal:
            fail(job, sentence_of(refusal), refusal.code, at=clock())
        except (OperationalError, InterfaceError) as away:
            logger.warning("Job %s: %s", job.pk, away)
            close_old_connections()
            if is_full(away):
                fail(job, disk_full(), "disk-full", at=clock())
            else:
                give_back(job, at=clock(), later=LATER)
        except OSError as wrong:
            fail(job, *of_the_system(wrong), at=clock())
        except MemoryError:
            fail(job, _("服务器内存不足，任务没有完成，没有写入任何内容。请联系管理员，或拆分文件后重试。"), "no-memory", at=clock())  # fmt: skip
        except Exception:
            logger.exception("Job %s broke", job.pk)
            fail(job, broken(), "job-broke", at=clock())


def of_the_system(wrong: OSError) -> tuple[str, str]:
    """Sentence and code of what the machine refused."""
    if is_full(wrong):
        return disk_full(), "disk-full"
    logger.exception("A job broke", exc_info=wrong)
    return broken(), "job-broke"


def is_full(wrong: Any) -> bool:
    """Whether it was for want of room on the disk."""
    return getattr(wrong, "errno", None) in FULL or any(one in str(wrong) for one in SAID)


def disk_full() -> str:
    """The sentence about a full disk."""
    return _(
        "服务器磁盘空间不足或不能写入，任务没有完成，没有写入任何内容。请联系管理员清理磁盘，然后在「我的任务」中重试。"
    )


def broken() -> str:
    """The sentence about a mistake of ours."""
    return _("系统出现错误，任务没有完成，没有写入任何内容。请重试；如仍出现，请把任务编号告诉管理员。")
