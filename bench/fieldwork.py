"""Phones come back into the network: ``python -m bench.fieldwork``, on PostgreSQL (unless ``--sqlite``), with fsync.

Prepared records are sent over kept connections to ``junheng serve`` as it is delivered, with sessions and tokens; each
receipt counts when the record, its check in the books, its version and its entries of the chain are on the disk. Then
photos of five megabytes in pieces of one, and the first fetch of a person's own data. Beside it, in the same run, the
limit: a bare WSGI application that inserts the same rows and does nothing else.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.intake import Place, cpu_of, house, order, place, wait_for
from bench.measure import SOURCE, machine
from bench.riverside import WARM

RECORDS, PHOTOS = 6_000, 60
EACH = (1, 20)
"""Records of one request: somebody who is in the network all day, and one who comes back from two days without it."""


def main() -> int:
    """Prepare, send, count, and print; exit code 1 where something was lost or doubled."""
    parser = argparse.ArgumentParser(prog="bench.fieldwork", description=__doc__)
    parser.add_argument("--sqlite", action="store_true", help="on the embedded database")
    parser.add_argument("--records", type=int, default=RECORDS, metavar="N")
    parser.add_argument("--photos", type=int, default=PHOTOS, metavar="N")
    parser.add_argument("--connections", type=int, default=32, metavar="N")
    parser.add_argument("--no-limit", action="store_true", help="leave out the bare application")
    given = parser.parse_args()
    with place(on_a_server=not given.sqlite) as here:
        print(f"{'SQLite' if given.sqlite else 'PostgreSQL'}; {machine()}", flush=True)
        whole = measured(here, given)
    print("promised: ≥ 300 records/s, 20 photos of 5 MB a second, first fetch ≤ 100 kB")
    return 0 if whole else 1


def measured(here: Place, given: argparse.Namespace) -> bool:
    """One house from nothing: whether all that was acknowledged is there, once."""
    order(here, "django", "migrate", "-v0")
    order(here, "django", "collectstatic", "--noinput", "-v0")
    file, sizes = here.folder / "requests", ",".join(map(str, EACH))
    order(
        here,
        "bench.riverside",
        "prepare",
        str(given.records),
        sizes,
        str(given.photos),
        str(file),
        str(here.port),
    )
    counts = {each: -(-given.records // each) for each in EACH}
    limits = {} if given.no_limit else bare(here, file, counts, given.connections)
    acknowledged = 0
    with house(here) as process:
        for each, count in counts.items():
            warm = flooded(here, file, str(each), 8, 0, WARM)
            met = timed(here, process.pid, file, str(each), given.connections, WARM, count)
            told(f"records, {each} a request", met, met["receipts"])
            acknowledged += met["receipts"] + warm["receipts"]
            if each in limits:
                print(
                    f"  {pace(met) / pace(limits[each]):.2f} × the limit; {met['states']}, {met['answers']}",
                    flush=True,
                )
        sent = timed(here, process.pid, file, "photos", 4, 0, given.photos)
        told("photos of 5 MB", sent, given.photos)
        fetched = timed(here, process.pid, file, "fetch", 4, 0, 40)
        told("first fetches", fetched, fetched["requests"])
        print(f"  largest answer: {fetched['largest'] / 1000:.1f} kB")
    kept = json.loads(order(here, "bench.riverside", "count").splitlines()[-1])
    print(f"  acknowledged {acknowledged}; rows {kept}", flush=True)
    same = kept["records"] == kept["checks"] == kept["versions"] == kept["entries"] == acknowledged
    return same and kept["chain"] == "whole" and kept["photos"] == given.photos


def pace(met: dict[str, Any]) -> float:
    """Records a second."""
    records: float = met["receipts"] / met["wall"]
    return records


def timed(here: Place, house_pid: int, file: Path, *what: Any) -> dict[str, Any]:
    """A flood with the CPU of house and database."""
    before = cpu_of(house_pid), cpu_of(here.server)
    met = flooded(here, file, *what)
    return met | {"house": cpu_of(house_pid) - before[0], "database": cpu_of(here.server) - before[1]}


def flooded(here: Place, file: Path, what: str, connections: int, first: int, count: int) -> dict[str, Any]:
    """Send a part of what was prepared."""
    said = order(
        here,
        "bench.riverside",
        "flood",
        str(here.port),
        str(file),
        what,
        str(connections),
        str(first),
        str(count),
    )
    met: dict[str, Any] = json.loads(said.splitlines()[-1])
    return met


def told(what: str, met: dict[str, Any], count: int) -> None:
    """One line: pace, latency, CPU each of house, database and crowd, and the pace if two cores were ours alone."""
    used = (met["house"], met["database"], met["cpu"])
    each = " + ".join(f"{seconds / count * 1000:.2f}" for seconds in used)
    print(
        f"{what}: {count} in {met['wall']:.1f} s = {count / met['wall']:.0f}/s; a request p50 {met['p50'] * 1000:.0f} ms,"
        f" p99 {met['p99'] * 1000:.0f} ms; CPU ms each, house + database + crowd: {each}"
        f" ({sum(used) / met['wall']:.2f} cores were ours; alone on two: {2 * count / sum(used):.0f}/s)",
        flush=True,
    )


def bare(here: Place, file: Path, counts: dict[int, int], connections: int) -> dict[int, dict[str, Any]]:
    """The limit: the same rows by hand; afterwards they are taken away again."""
    env = here.env | {
        "BARE_DATABASE": here.env.get("DATABASE_URL") or str(here.folder / "home" / "junheng.sqlite3")
    }
    order(here, "bench.bare_field", "make", BARE_DATABASE=env["BARE_DATABASE"])
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(here.port),
        "--workers", "2", "--blocking-threads", "16", "--log-level", "warning", "bench.bare_field:application",
    ]  # fmt: skip
    process = subprocess.Popen(command, env=env, cwd=SOURCE)
    found = {}
    try:
        wait_for(here.port, process)
        for each, count in counts.items():
            found[each] = timed(here, process.pid, file, str(each), connections, WARM, count)
            told(f"limit, {each} a request", found[each], found[each]["receipts"])
    finally:
        process.terminate()
        process.wait(20)
    order(here, "bench.bare_field", "clear", BARE_DATABASE=env["BARE_DATABASE"])
    return found


if __name__ == "__main__":
    raise SystemExit(main())
