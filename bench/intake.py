"""The crowd of the last day: ``python -m bench.intake``, on SQLite, or with ``--postgres`` on a private server.

Every family's form is sent once over kept connections to ``junheng serve`` as it is delivered; each answer counts when
the house has written the application, its choices, its circumstances and its entry of the chain durably. Beside it, in
the same run: the limit, a bare WSGI application that inserts the same rows in one transaction a request, and validates,
seals and chains nothing. With ``--journeys`` whole ways from the first page to the receipt, with a photo.

The crowd is one more process on the same cores: what it takes counts against the house. CPU is the kernel's count.
"""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.measure import SOURCE, machine
from tests import postgres

CITY = 92_000
WARM = 300
"""Sendings before the clock starts: each process reads its sheets, each page is compiled."""
LIMIT = 6_000
"""Requests to the bare application: enough to see its pace."""
DURABLE = {"fsync=off": "fsync=on", "synchronous_commit=off": "synchronous_commit=on", "full_page_writes=off": "full_page_writes=on"}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Where the house of this run is: its environment, its port, and how its database counts CPU."""

    env: dict[str, str]
    folder: Path
    port: int
    database: postgres.Running | None = None

    @property
    def server(self) -> int | None:
        """The process of the database server, where there is one."""
        if self.database is None:
            return None
        return int((self.database.folder / "data" / "postmaster.pid").read_text().split()[0])


def main() -> int:
    """Prepare, send, count, and print; exit code 1 where something was lost, doubled, or not promised so."""
    parser = argparse.ArgumentParser(prog="bench.intake", description=__doc__)
    parser.add_argument("--postgres", action="store_true", help="on a private PostgreSQL server, with fsync")
    parser.add_argument(
        "--sqlite", action="store_true", help="on the embedded database (unless said otherwise)"
    )
    parser.add_argument("--families", type=int, default=CITY, metavar="N")
    parser.add_argument("--connections", type=int, default=256, metavar="N")
    parser.add_argument(
        "--journeys", type=int, default=0, metavar="N", help="whole journeys, after the sendings"
    )
    parser.add_argument("--no-limit", action="store_true", help="leave out the bare application")
    given = parser.parse_args()
    with place(on_a_server=given.postgres) as here:
        print(f"{'PostgreSQL' if given.postgres else 'SQLite'}; {machine()}", flush=True)
        order(here, "django", "migrate", "-v0")
        order(here, "django", "collectstatic", "--noinput", "-v0")
        file = here.folder / "requests"
        order(here, "bench.families", "prepare", str(given.families + WARM), str(file), str(here.port))
        limit = None if given.no_limit else bare(here, file, given)
        with house(here) as process:
            flooded(here, file, 32, 0, WARM)
            before = cpu_of(process.pid), cpu_of(here.server)
            met = flooded(here, file, given.connections, WARM, given.families)
            used = cpu_of(process.pid) - before[0], cpu_of(here.server) - before[1]
            told("sendings", met, used)
            if given.journeys:
                journeys(here, process.pid, given.journeys)
        kept = counted(here)
    rate = met["sent"] / met["wall"]
    print(
        f"  {CITY} in {CITY / rate:.0f} s at this pace; asked to wait: {met['waited']}; answers: {met['answers']}"
    )
    print(
        f"  rows {kept['rows']}, entries {kept['entries']}, children {kept['children']}; chain {kept['chain']}"
    )
    if limit is not None:
        pace = limit["sent"] / limit["wall"]
        print(f"  {rate / pace:.2f} × the limit, {pace:.0f}/s, p99 {limit['p99'] * 1000:.0f} ms")
    print(f"  promised: ≥ 1,500/s, p99 < 500 ms; {machine()}")
    whole = kept["rows"] == kept["entries"] == kept["children"] and kept["chain"] == "whole"
    return 0 if whole and met["distinct"] == given.families else 1


def told(what: str, met: dict[str, Any], used: tuple[float, float]) -> None:
    """One line: pace, latency, and CPU a request of house, database and crowd."""
    count = met["sent"]
    each = " + ".join(f"{seconds / count * 1000:.2f}" for seconds in (*used, met["cpu"]))
    busy = (sum(used) + met["cpu"]) / met["wall"]
    print(
        f"{what}: {count} in {met['wall']:.1f} s = {count / met['wall']:.0f}/s; p50 {met['p50'] * 1000:.0f} ms, "
        f"p99 {met['p99'] * 1000:.0f} ms, longest {met['most'] * 1000:.0f} ms; CPU ms each, house + database + crowd: {each}"
        f" ({busy:.2f} cores of this machine were ours; alone on two: {2 * count / (sum(used) + met['cpu']):.0f}/s)",
        flush=True,
    )


def bare(here: Place, file: Path, given: argparse.Namespace) -> dict[str, Any]:
    """The limit: the same rows by hand, one transaction a request; afterwards its rows are taken away again."""
    env = here.env | {
        "BARE_DATABASE": here.env.get("DATABASE_URL") or str(here.folder / "home" / "junheng.sqlite3")
    }
    order(here, "bench.bare", "make", BARE_DATABASE=env["BARE_DATABASE"])
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(here.port),
        "--workers", "2", "--blocking-threads", "16", "--log-level", "warning", "bench.bare:application",
    ]  # fmt: skip
    process = subprocess.Popen(command, env=env, cwd=SOURCE)
    try:
        wait_for(here.port, process)
        flooded(here, file, 32, 0, 100)
        before = cpu_of(process.pid), cpu_of(here.server)
        met = flooded(here, file, given.connections, 100, min(LIMIT, given.families))
        told("limit", met, (cpu_of(process.pid) - before[0], cpu_of(here.server) - before[1]))
    finally:
        process.terminate()
        process.wait(20)
    order(here, "bench.bare", "clear", BARE_DATABASE=env["BARE_DATABASE"])
    return met


def journeys(here: Place, house: int, families: int) -> None:
    """Whole ways, and how long a city of them takes."""
    before = cpu_of(house), cpu_of(here.server)
    done = order(here, "bench.journeys", str(here.port), str(families))
    met = json.loads(done.splitlines()[-1])
    told("whole journeys", met, (cpu_of(house) - before[0], cpu_of(here.server) - before[1]))
    pace = met["sent"] / met["wall"]
    print(
        f"  {CITY} families in {CITY / pace / 60:.0f} min at this pace; requests a journey: {met['requests']}; promised: ≤ 30 min"
    )
    if met["answers"]:
        print(f"  not as it should be: {met['answers']}")


@contextmanager
def place(*, on_a_server: bool) -> Iterator[Place]:
    """A folder and a database that are thrown away."""
    folder = Path(tempfile.mkdtemp(prefix="junheng-bench-"))
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("JUNHENG_", "PYTEST")) and name != "DATABASE_URL"
    }
    env = kept | {
        "JUNHENG_HOME": str(folder / "home"), "DJANGO_SETTINGS_MODULE": "junheng.project.settings",
        "PYTHONPATH": f"{SOURCE / 'src'}{os.pathsep}{SOURCE}", "JUNHENG_ROOM_MINUTES": "0", "JUNHENG_LOG_LEVEL": "ERROR",
    }  # fmt: skip
    (folder / "home").mkdir()
    try:
        if not on_a_server:
            yield Place(env, folder, free_port())
            return
        with postgres.running(durable()) as server:
            yield Place(env | {"DATABASE_URL": server.url}, folder, free_port(), server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def durable() -> str:
    """The settings of the tests' server, with every commit on the disk before it is answered."""
    settings = postgres.SETTINGS
    for quick, safe in DURABLE.items():
        if quick not in settings:
            raise SystemExit(f"✗ {quick} is no setting of the tests' server any more")
        settings = settings.replace(quick, safe)
    return settings


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def house(here: Place) -> "Iterator[subprocess.Popen[bytes]]":
    """The house, served as it is delivered."""
    process = serving(here)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def serving(here: Place) -> "subprocess.Popen[bytes]":
    """A house in a group of processes of its own, once it answers."""
    command = [sys.executable, "-m", "junheng", "serve", "--no-worker", "--port", str(here.port)]
    with (here.folder / "house.log").open("a") as log:
        process = subprocess.Popen(command, env=here.env, stdout=log, stderr=log, start_new_session=True)
    wait_for(here.port, process)
    return process


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Wait until somebody listens."""
    until = time.monotonic() + 90
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                time.sleep(1)
                return
        time.sleep(0.1)
    raise SystemExit("✗ the house does not answer")


def order(here: Place, module: str, *arguments: str, **more: str) -> str:
    """Run one module and wait for it."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=here.env | more,
        cwd=SOURCE,
        stdout=subprocess.PIPE,
        check=True,
    )
    return done.stdout.decode()


def flooded(here: Place, file: Path, connections: int, first: int, count: int) -> dict[str, Any]:
    """Send a part of the requests."""
    said = order(
        here, "bench.families", "flood", str(here.port), str(file), str(connections), str(first), str(count)
    )
    met: dict[str, Any] = json.loads(said.splitlines()[-1])
    return met


def cpu_of(pid: int | None) -> float:
    """CPU seconds of a process and all that it has begun, living or gone."""
    if pid is None:
        return 0.0
    ticks, children = 0, {pid}
    stats = {}
    for found in Path("/proc").glob("[0-9]*/stat"):
        try:
            parts = found.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        stats[int(found.parent.name)] = (int(parts[1]), parts)
    grew = True
    while grew:
        more = {one for one, (parent, _) in stats.items() if parent in children} - children
        children |= more
        grew = bool(more)
    for one in children:
        if one in stats:
            ticks += sum(int(value) for value in stats[one][1][11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def counted(here: Place) -> dict[str, Any]:
    """What is in the database afterwards."""
    said = order(here, "bench.families", "count")
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    return found


if __name__ == "__main__":
    raise SystemExit(main())
