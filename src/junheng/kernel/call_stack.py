"""Room on the interpreter's stack, so that deep calls do not ask the system for memory again and again.

CPython keeps the frames of Python functions in chunks of 16 KiB (``DATA_STACK_CHUNK_SIZE`` in ``pystate.c``, since
3.11). A loop whose calls cross the end of a chunk maps a new one for every call and unmaps it on the way back: a page
of Django lies some fifty frames deep and did this hundreds of times. A frame that asks for much room of its own gets
one chunk large enough for it and for what it calls (``docs/decisions/0048``).
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
WORDS = 66_000
"""Words that the frame asks for: 516 KiB, for which the interpreter maps 1 MiB. What is not touched takes no memory."""


def with_room(call: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
    """Call a function with half a megabyte for its frames and those of all it calls, in this thread.

    >>> with_room(sorted, [2, 1], reverse=True)
    [2, 1]
    """
    return call(*args, **kwargs)


with_room.__code__ = with_room.__code__.replace(co_stacksize=WORDS)
