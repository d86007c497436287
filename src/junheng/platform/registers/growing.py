"""Memory while very many things are made that are kept: whoever looks through them for rubbish finds none."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = 500_000
"""Things made on balance between two looks, while somebody makes very many; the interpreter's own number is 700.

Not never: other threads of the server leave their rubbish meanwhile.
"""
_LOCK = threading.Lock()
_usual: list[tuple[int, int, int]] = []
"""The thresholds before, once for everybody who is inside."""


@contextmanager
def growing() -> Iterator[None]:
    """Have the interpreter look for rubbish seldom. The first to enter slows it down, the last to leave undoes it."""
    with _LOCK:
        _usual.append(_usual[0] if _usual else gc.get_threshold())
        if len(_usual) == 1 and 0 < _usual[0][0] < SELDOM:
            gc.set_threshold(SELDOM, *_usual[0][1:])
    try:
        yield
    finally:
        with _LOCK:
            before = _usual.pop()
            if not _usual:
                gc.set_threshold(*before)
