"""The city on PostgreSQL: ``python -m bench.server`` builds it on a private server as it comes, and asks its main pages.

The lines are those of the other table; of a server the CPU seconds of its own processes are told beside.
"""

import argparse
import os
import tempfile
from pathlib import Path

from bench.measure import machine, measure, median
from bench.run import CITY, STEP, head, line
from tests import postgres

LINES = (
    ("dashboard", "home of the bureau's head", "≤ 0.300 s cold, 0.050 s warm"),
    ("pupils_first", "list of pupils, first page", ""),
    ("pupils_deep", "list of pupils, page 150", ""),
    ("pupils_search", "list of pupils, search 王", ""),
    ("found", "search of everything, by initials", ""),
    ("saved", "save a school (warm: the saving)", ""),
)
"""Step, what it is, what is promised of it."""
MANY = (
    ("pupils_many", "lists of the city's pupils"),
    ("county_many", "lists of a county's pupils"),
)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench.server", description=__doc__)
    parser.add_argument(
        "--small", action="store_true", help="the small city: a quick look, promises do not apply"
    )
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="processes a line (the city: one)")
    given = parser.parse_args()
    if (reason := postgres.missing()) is not None:
        print(f"skipped: {reason}")
        return 0
    with (
        postgres.running(postgres.DURABLE) as server,
        tempfile.TemporaryDirectory(prefix="junheng-bench-") as folder,
    ):
        os.environ["DATABASE_URL"] = server.url
        home = Path(folder)
        head()
        before = cpu_of(server)
        line(
            "junheng demo on PostgreSQL",
            measure([*CITY, *["--small"] * given.small], home),
            "≤ 120 s, ≤ 3 GB",
        )
        print(f"{'  and the server itself':<34}{'':>9}{cpu_of(server) - before:>9.2f}", flush=True)
        measure([*STEP, "pages_ready"], home)
        for name, what, promised in LINES:
            line(what, median([measure([*STEP, name], home) for _ in range(given.runs)]), promised)
        for name, what in MANY:
            said = median([measure([*STEP, name], home) for _ in range(given.runs)]).said
            p50, p95 = (said[each] * 1000 for each in ("p50", "p95"))
            print(f"{what:<34} p50 {p50:.0f} ms, p95 {p95:.0f} ms   p95 ≤ 100 ms", flush=True)
    print(f"\n{'small' if given.small else 'full'} city on PostgreSQL, median of {given.runs}; {machine()}")
    return 0


def cpu_of(server: postgres.Running) -> float:
    """CPU seconds of a server's processes, those that ended included; 0 where nobody tells."""
    ticks = 0
    for number, one in enumerate(server.processes):
        stat = Path(f"/proc/{one}/stat")
        if stat.exists():
            words = stat.read_text("ascii").rpartition(")")[2].split()
            ticks += sum(map(int, words[11:15] if number == 0 else words[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    raise SystemExit(main())
