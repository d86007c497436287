"""The worker: takes one job after another until it is told to stop."""

import logging
import os
import signal
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, close_old_connections

from junheng.platform.jobs.keeping import clear_away
from junheng.platform.jobs.nights import put_in_queue
from junheng.platform.jobs.progress import worker_name
from junheng.platform.jobs.taking import recover, take
from junheng.platform.jobs.working import Stopped, do

IDLE = 1.0
"""Seconds between two looks at an empty queue."""
LOOK_AFTER = timedelta(seconds=5)
TIDY = timedelta(hours=1)
NIGHTS = timedelta(minutes=1)
AWAY = 5.0
"""Seconds between two tries to reach a database that is away."""

logger = logging.getLogger(__name__)


class Worker:
    """Works until a signal, or until its parent is gone; ``once`` ends when nothing is left to be done."""

    def __init__(
        self, *, clock: Callable[[], datetime], once: bool = False, parent: int | None = None
    ) -> None:
        self.clock = clock
        self.once = once
        self.parent = parent
        self.stopping = threading.Event()
        self.busy = False
        self.done = 0
        self.looked: datetime | None = None
        self.tidied: datetime | None = None
        self.asked: datetime | None = None

    def listen(self) -> None:
        """Stop at SIGTERM and Ctrl-C: at once where nothing is being done, else by undoing what is."""
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, self.stop)

    def stop(self, *_signal: Any) -> None:
        """Ask for the end. A second request changes nothing: the first is being carried out."""
        first, busy = not self.stopping.is_set(), self.busy
        self.stopping.set()
        if first and busy:
            raise Stopped

    def run(self) -> int:
        """Work; returns how many jobs were done."""
        while not self.stopping.is_set() and not self.orphaned():
            try:
                if self.step():
                    continue
            except Stopped:
                break
            except (OperationalError, InterfaceError) as away:
                logger.warning("The database is away, the worker waits: %s", away)
                close_old_connections()
                self.stopping.wait(AWAY)
                continue
            if self.once:
                break
            self.stopping.wait(IDLE)
        return self.done

    def step(self) -> bool:
        """Look after what is left lying and what the night wants, and do one job; whether there was one."""
        at = self.clock()
        if self.looked is None or at - self.looked >= LOOK_AFTER:
            self.looked = at
            recover(at=at)
        if self.tidied is None or at - self.tidied >= TIDY:
            self.tidied = at
            clear_away(at=at)
        if self.asked is None or at - self.asked >= NIGHTS:
            self.asked = at
            put_in_queue(at=at)
        job = take(worker_name(), at=at)
        if job is None:
            return False
        try:
            self.busy = True
            if self.stopping.is_set():
                raise Stopped
            do(job, clock=self.clock)
        finally:
            self.busy = False
        self.done += 1
        return True

    def orphaned(self) -> bool:
        """Whether the process this worker stands beside is gone."""
        return self.parent is not None and os.getppid() != self.parent
