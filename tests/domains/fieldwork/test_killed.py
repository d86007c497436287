"""The house is killed while phones sync: what was acknowledged is there, once, and nothing twice."""

import asyncio
import json
import os
import pickle
import signal
import subprocess
import threading
import time
from collections import deque

import pytest

from bench.intake import Place, order, place, serving
from bench.riverside import Met, asked
from junheng.domains.fieldwork.api.lane import FEW
from tests.postgres import missing

RECORDS, CONNECTIONS = 900, 12
ONE, PACKET = 1, FEW + 2
"""A record alone shares a transaction with others of its moment, a packet has its own."""
pytestmark = pytest.mark.slow


class Phones(threading.Thread):
    """All phones, sending until each record has a receipt; who gets no answer sends the same again."""

    def __init__(self, port: int, requests: list[bytes]) -> None:
        super().__init__(daemon=True)
        self.port, self.left = port, deque(requests)
        self.met = Met()

    def run(self) -> None:
        asyncio.run(self.all_of_them())

    async def all_of_them(self) -> None:
        await asyncio.gather(*(asked(self.port, self.left, self.met) for _ in range(CONNECTIONS)))

    def wait_for(self, count: int) -> None:
        """Until so many have a receipt."""
        until = time.monotonic() + 600
        while len(self.met.receipts) < count and time.monotonic() < until:
            time.sleep(0.005)
        assert len(self.met.receipts) >= count, self.met.answers


def kill(house: "subprocess.Popen[bytes]") -> None:
    """The whole house at once: no goodbye, nothing flushed."""
    os.killpg(house.pid, signal.SIGKILL)
    house.wait(20)


@pytest.mark.parametrize(("server", "each"), [(False, ONE), (True, ONE), (True, PACKET)])
def test_a_house_killed_twice_loses_nothing_and_doubles_nothing(server: bool, each: int) -> None:
    if server and missing() is not None:
        pytest.skip(str(missing()))
    with place(on_a_server=server) as here:
        order(here, "django", "migrate", "-v0")
        file = here.folder / "requests"
        order(here, "bench.riverside", "prepare", str(RECORDS), str(each), "0", str(file), str(here.port))
        requests = pickle.loads(file.read_bytes())[0][each]
        phones = Phones(here.port, requests)
        house = serving(here)
        phones.start()
        total = len(requests) * each
        try:
            for share in (4, 2):
                phones.wait_for(total // share)
                kill(house)
                acknowledged = set(phones.met.receipts)
                house = serving(here)
            phones.join(600)
        finally:
            kill(house)
        check(here, phones.met, acknowledged, total)


def check(here: Place, met: Met, acknowledged: set[str], total: int) -> None:
    """The phones' receipts against the rows."""
    found = json.loads(order(here, "bench.riverside", "count", "ids").splitlines()[-1])
    rows = set(found["ids"])
    assert acknowledged <= rows, "acknowledged and lost"
    assert set(met.receipts) == rows
    assert len(rows) == found["records"] == found["checks"] == found["versions"] == found["entries"] == total
    assert set(met.receipts.values()) <= {"kept", "same"}
    assert met.answers["ConnectionResetError"] + met.answers["ConnectionRefusedError"] > 0, "nobody noticed"
    assert found["chain"] == "whole"
