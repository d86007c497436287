"""House and database are killed in the middle of the crowd: what was acknowledged is there, once, and nothing twice."""

import asyncio
import json
import os
import pickle
import signal
import subprocess
import threading
import time

import pytest

from bench.families import Met, crowd
from bench.intake import Place, order, place, serving
from tests.postgres import missing

FAMILIES, CONNECTIONS = 1_500, 64
pytestmark = pytest.mark.slow


class Crowd(threading.Thread):
    """All families, sending until each has a receipt; who gets no answer sends the same again."""

    def __init__(self, port: int, requests: list[bytes]) -> None:
        super().__init__(daemon=True)
        self.port, self.requests = port, requests
        self.met = Met()

    def run(self) -> None:
        asyncio.run(crowd(self.port, self.requests, CONNECTIONS, met=self.met))

    def wait_for(self, count: int) -> None:
        """Until so many have a receipt."""
        until = time.monotonic() + 300
        while len(self.met.receipts) < count and time.monotonic() < until:
            time.sleep(0.01)
        assert len(self.met.receipts) >= count, self.met.answers


def kill(house: "subprocess.Popen[bytes]") -> None:
    """The whole house at once: no goodbye, nothing flushed."""
    os.killpg(house.pid, signal.SIGKILL)
    house.wait(20)


def prepared(here: Place) -> list[bytes]:
    order(here, "django", "migrate", "-v0")
    file = here.folder / "requests"
    order(here, "bench.families", "prepare", str(FAMILIES), str(file), str(here.port))
    found: list[bytes] = pickle.loads(file.read_bytes())
    return found


def check(here: Place, met: Met, acknowledged: set[str]) -> None:
    """The client's log against the rows."""
    found = json.loads(order(here, "bench.families", "count", "codes").splitlines()[-1])
    rows = set(found["codes"])
    assert acknowledged <= rows, "acknowledged and lost"
    assert set(met.receipts) == rows
    assert len(met.receipts) == found["rows"] == found["children"] == found["drafts"] == FAMILIES
    assert found["entries"] == FAMILIES
    assert found["chain"] == "whole"


def test_a_house_killed_twice_loses_nothing_and_doubles_nothing() -> None:
    with place(on_a_server=False) as here:
        families = Crowd(here.port, prepared(here))
        house = serving(here)
        families.start()
        try:
            for share in (4, 2):
                families.wait_for(FAMILIES // share)
                kill(house)
                acknowledged = set(families.met.receipts)
                house = serving(here)
            families.join(300)
        finally:
            kill(house)
        check(here, families.met, acknowledged)
        assert families.met.answers["ConnectionResetError"] > 0, "nobody noticed"


@pytest.mark.skipif(missing() is not None, reason=str(missing()))
def test_a_server_stopped_at_once_and_a_house_killed_lose_nothing_and_double_nothing() -> None:
    with place(on_a_server=True) as here:
        families = Crowd(here.port, prepared(here))
        house = serving(here)
        families.start()
        try:
            families.wait_for(FAMILIES // 4)
            assert here.database is not None
            here.database.stop()
            acknowledged = set(families.met.receipts)
            time.sleep(1)
            here.database.start()
            families.wait_for(FAMILIES // 2)
            kill(house)
            acknowledged |= set(families.met.receipts)
            house = serving(here)
            families.join(300)
        finally:
            kill(house)
        check(here, families.met, acknowledged)
        assert families.met.answers["ConnectionResetError"] + families.met.waited > 0, "nobody noticed"
