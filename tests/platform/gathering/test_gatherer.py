"""The thread that writes for many: together, each hears its own, and one bad thing takes nobody with it."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from junheng.platform.gathering import Busy, Gatherer
from junheng.platform.gathering import gatherer as gatherer_module


def busy() -> Busy:
    return Busy("busy", "现在很多，请稍等。")


@pytest.fixture
def gatherer(tmp_path: Path) -> Iterator[Gatherer]:
    seen: list[list[Any]] = []

    def written(things: list[Any]) -> list[Any]:
        seen.append(list(things))
        time.sleep(0.01)
        if "bad" in things:
            raise ValueError("bad")
        return [f"{one} written" for one in things]

    one = Gatherer(written, tmp_path / "lock", busy=busy)
    one.seen = seen  # type: ignore[attr-defined]
    return one


def together(gatherer: Gatherer, things: list[str]) -> dict[str, Any]:
    """Many threads at once."""
    found: dict[str, Any] = {}

    def ask(thing: str) -> None:
        try:
            found[thing] = gatherer.write(thing)
        except Exception as error:
            found[thing] = error

    threads = [threading.Thread(target=ask, args=(one,)) for one in things]
    for one in threads:
        one.start()
    for one in threads:
        one.join(20)
    return found


def test_what_comes_at_once_is_written_together_and_each_hears_its_own(gatherer: Gatherer) -> None:
    things = [str(place) for place in range(60)]
    assert together(gatherer, things) == {one: f"{one} written" for one in things}
    assert len(gatherer.seen) < 30  # type: ignore[attr-defined]


def test_one_bad_thing_takes_nobody_with_it(gatherer: Gatherer) -> None:
    found = together(gatherer, ["bad", *map(str, range(20))])
    assert isinstance(found.pop("bad"), ValueError)
    assert found == {str(one): f"{one} written" for one in range(20)}


def test_a_thread_that_died_is_started_again(gatherer: Gatherer) -> None:
    dead = threading.Thread(target=str)
    dead.start()
    dead.join()
    gatherer.thread = dead
    assert gatherer.write("b") == "b written"


def test_a_deep_queue_and_a_stuck_transaction_ask_to_wait(gatherer: Gatherer) -> None:
    gatherer.waiting.extend(gatherer_module.Waiting("x") for _ in range(gatherer_module.DEEPEST))
    with pytest.raises(Busy):
        gatherer.write("one too many")
    gatherer.waiting.clear()
    gatherer.began = time.monotonic() - gatherer_module.STALLED - 1
    with pytest.raises(Busy):
        gatherer.write("behind a stuck one")
