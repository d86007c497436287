"""Writing together: what many requests want written within the same moment goes into one transaction and one commit.

A disk confirms some hundreds of commits a second, whatever is in them. So each serving process has one thread that
writes: it takes all that wait, writes them in one transaction, and tells each when it is on the disk. Between processes
a lock on a file decides whose turn it is; it dies with its process, so nobody waits for the dead.
"""

import fcntl
import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import InterfaceError, OperationalError, connection

from junheng.kernel.errors import Refusal

logger = logging.getLogger(__name__)
LARGEST = 400
"""Things written in one transaction at most unless said otherwise, so that nobody waits long for a large one."""
DEEPEST = 600
"""Things that may wait in one process; whoever comes then is asked to come again in a moment."""
STALLED, PATIENCE = 3.0, 15.0
"""Seconds after which a transaction counts as stuck, and seconds that somebody waits for an answer."""

Written = Callable[[list[Any]], Sequence[Any]]


class Busy(Refusal):
    """So many send at once that this one has to wait a moment; nothing is lost."""

    status = 503


class Waiting:
    """One thing to be written, and whoever waits for it."""

    __slots__ = ("answer", "done", "error", "thing")

    def __init__(self, thing: Any) -> None:
        self.thing = thing
        self.answer: Any = None
        self.error: BaseException | None = None
        self.done = threading.Lock()
        self.done.acquire()

    def tell(self, answer: Any = None, error: BaseException | None = None) -> None:
        """Answer, once; whoever gave up waiting is not there to hear it."""
        self.answer, self.error = answer, error
        if self.done.locked():
            self.done.release()


class Gatherer:
    """The thread that writes things of one kind for one process. ``busy`` says to whoever has to wait that he has to."""

    def __init__(
        self, written: Written, lock: Path, *, busy: Callable[[], Busy], largest: int = LARGEST
    ) -> None:
        self.written = written
        self.lock = lock
        self.busy = busy
        self.largest = largest
        self.waiting: deque[Waiting] = deque()
        self.call = threading.Semaphore(0)
        self.guard = threading.Lock()
        self.thread: threading.Thread | None = None
        self.began = 0.0
        self.count = 0

    def write(self, thing: Any) -> Any:
        """Have one thing written; returns when it is on the disk. Refuses at once where too many wait already."""
        if len(self.waiting) >= DEEPEST or self.is_stuck():
            raise self.busy()
        self.watch()
        mine = Waiting(thing)
        self.waiting.append(mine)
        self.call.release()
        if not mine.done.acquire(timeout=PATIENCE):
            raise self.busy()  # it may still be written; sent again under its key it is the same one
        if mine.error is not None:
            raise mine.error
        if isinstance(mine.answer, Refusal):
            raise mine.answer
        return mine.answer

    def is_stuck(self) -> bool:
        """Whether the transaction that is being written takes far too long."""
        began = self.began
        return bool(began) and time.monotonic() - began > STALLED

    def watch(self) -> None:
        """Start the thread where there is none: at first use, and should it ever have died."""
        if self.thread is None or not self.thread.is_alive():
            with self.guard:
                if self.thread is None or not self.thread.is_alive():
                    self.began = 0.0
                    self.thread = threading.Thread(
                        target=self.work, name=f"gatherer-{self.lock.stem}", daemon=True
                    )
                    self.thread.start()

    def work(self) -> None:
        """Write what waits, for ever."""
        while True:
            self.call.acquire()
            if self.waiting:
                self.began = time.monotonic()
                try:
                    self.round()
                finally:
                    self.began = 0.0

    def round(self) -> None:
        """One transaction: everything that waits when the turn comes."""
        batch: list[Waiting] = []
        try:
            with turn(self.lock):
                batch = [self.waiting.popleft() for _ in range(min(len(self.waiting), self.largest))]
                self.settle(batch)
        except BaseException as error:
            logger.exception("A batch of %s could not be written", len(batch))
            for one in batch:
                one.tell(error=error)

    def settle(self, batch: list[Waiting], *, again: bool = False) -> None:
        """Write a batch; where it fails, each alone, so that one bad thing does not take the others with it."""
        try:
            answers = self.written([one.thing for one in batch])
        except (OperationalError, InterfaceError) as error:
            # the server may be back already: one try more on a new connection. What was written is not written twice.
            connection.close()
            if not again:
                self.settle(batch, again=True)
                return
            for one in batch:
                one.tell(error=error)
        except Exception as error:
            if len(batch) > 1:
                for one in batch:
                    self.settle([one])
                return
            logger.exception("One thing could not be written")
            batch[0].tell(error=error)
        else:
            self.count += len(batch)
            for one, answer in zip(batch, answers, strict=True):
                one.tell(answer)


@contextmanager
def turn(lock: Path) -> Iterator[None]:
    """One process at a time: without it the embedded database lets writers wait by chance, some for seconds."""
    handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
