"""How far a job is, and that its worker lives: a small file beside the database.

It cannot be a row: the work is one transaction, of which nobody sees anything before its end, and SQLite lets no second
writer in meanwhile. The file is replaced as a whole, so a reader never finds half of one.
"""

import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from junheng.platform.sealing.files import folder_of

BEAT = 2.0
"""Seconds between two signs of life."""
DEAD = 30.0
"""Seconds without one after which a worker elsewhere is given up; one on this machine at once when it is gone."""
OFTEN = 0.25
"""Seconds between two reports of progress."""


def folder() -> Path:
    """Where progress and results lie."""
    return folder_of("jobs")


def progress_file(job: int) -> Path:
    """The file that says how far a job is."""
    return folder() / f"{job}.json"


@dataclass(frozen=True, slots=True)
class Report:
    """How far a job was at its last sign of life."""

    done: int
    total: int
    step: str
    beat: float
    attempt: int

    @property
    def percent(self) -> int | None:
        """The share that is done, in whole percent; ``None`` where nobody knows how much it will be."""
        return min(100, self.done * 100 // self.total) if self.total else None


def read_report(job: int) -> Report | None:
    """The last report of a job; ``None`` if there is none."""
    try:
        return Report(**json.loads(progress_file(job).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


class Progress:
    """Writes reports of one attempt at one job. That a report cannot be written does not stop the work."""

    def __init__(self, job: int, attempt: int) -> None:
        self.job = job
        self.attempt = attempt
        self.state: tuple[int, int, str] = (0, 0, "")
        self.written = 0.0
        self.lock = threading.Lock()

    def __call__(self, done: int, total: int, step: str) -> None:
        """Say how far it is; written a few times a second at most."""
        new_step = step != self.state[2]
        self.state = (done, total, step)
        if new_step or time.monotonic() - self.written > OFTEN:
            self.write()

    def write(self) -> None:
        """Write the file anew."""
        with self.lock, suppress(OSError):
            self.written = time.monotonic()
            done, total, step = self.state
            facts: dict[str, Any] = {
                "done": done, "total": total, "step": step, "beat": time.time(), "attempt": self.attempt
            }  # fmt: skip
            path = progress_file(self.job)
            fresh = path.with_name(f"{path.name}.{os.getpid()}")
            fresh.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
            fresh.replace(path)

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Give signs of life from a thread of its own, however long one step takes."""
        over = threading.Event()

        def beat() -> None:
            while not over.wait(BEAT):
                self.write()

        self.write()
        thread = threading.Thread(target=beat, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def worker_name() -> str:
    """The process that works, as rows name it."""
    return f"{socket.gethostname()[:100]}:{os.getpid()}"


def is_dead(worker: str, report: Report | None, *, attempt: int, started: float, now: float) -> bool:
    """Whether a worker is gone: its process on this machine, or its signs of life.

    A process number is used again one day, so a living one proves nothing, and silence decides.
    """
    host, _colon, number = worker.rpartition(":")
    if os.name == "posix" and host == socket.gethostname()[:100] and number.isdigit():
        try:
            os.kill(int(number), 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            pass
    beat = report.beat if report is not None and report.attempt == attempt else started
    return now - beat > DEAD
