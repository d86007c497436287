"""A loop of calls takes no memory from the system, however deep it lies."""

import resource
from collections.abc import Callable

import pytest

from junheng.kernel.call_stack import with_room

DEPTHS, CALLS = range(400), 100


def calls(times: int) -> int:
    """Memory pages that were asked of the system meanwhile."""

    def a_step(value: int) -> int:
        return value

    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for value in range(times):
        a_step(value)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def at(depth: int, call: Callable[[int], int]) -> int:
    return call(CALLS) if depth == 0 else at(depth - 1, call)


def most() -> int:
    return max(at(depth, calls) for depth in DEPTHS)


def test_no_depth_asks_the_system_again_and_again() -> None:
    assert with_room(most) < CALLS // 2


def test_arguments_answers_and_errors_come_through() -> None:
    assert with_room(int, "11", base=2) == 3
    with pytest.raises(ValueError, match="x"):
        with_room(int, "x")
