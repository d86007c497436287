"""The benchmark: a table of seconds, CPU seconds and peak memory, and what was promised of them.

Every line is the median of ``--runs`` processes of their own. Needs what the tests need (Numba, for one); writes into
a temporary folder only, or measures a city that is there already (``--home``).
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.measure import Failed, Sample, machine, measure, median

CITY, STEP = ["-m", "junheng", "demo", "--no-serve", "--rebuild"], ["-m", "bench.steps"]
LINES = (
    ("snapshot", "freeze a snapshot", ""),
    ("figures", "all 71 figures, computed", "≤ 2 s"),
    ("figures_kept", "all 71 figures, as kept", ""),
    ("promises", "all promises, computed", ""),
    ("dashboard", "dashboard of the bureau's head", ""),
    ("pupils_first", "list of pupils, first page", ""),
    ("pupils_deep", "list of pupils, page 150", ""),
    ("pupils_search", "list of pupils, search 王", ""),
    ("waters_map", "map of the waters, a year's checks", "≤ 300 ms warm"),
    ("check_report", "check the released report", ""),
    ("check_2mb", "check a text of 2 MB", ""),
)
"""Step, what it is, what is promised of it (from the start of a process to the answer)."""


PARTS = (
    "pages",
    "lists",
    "imports",
    "exports",
    "crowd",
    "matching",
    "duties",
    "entitlements",
    "linkage",
    "papers",
    "fieldwork",
    "server",
)
"""The city and its pages; files in and out, with the peers; a thousand people at once; places for children; duties;
money per head; lists of partners; certificates; phones that come back into the network; the same city on PostgreSQL."""


def main() -> int:
    """Measure and print; exit code 1 where a step fails."""
    if sys.argv[1:2] == ["intake"]:
        return subprocess.run([sys.executable, "-m", "bench.intake", *sys.argv[2:]], check=False).returncode
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument(
        "--small", action="store_true", help="the small city: a quick look, promises do not apply"
    )
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="processes a line (the city: one)")
    parser.add_argument("--home", type=Path, help="measure the city in this folder instead of building one")
    parser.add_argument("parts", nargs="*", metavar="PART", help="what to measure; all of it unless said")
    parser.add_argument("--nation", action="store_true", help="matching: 33 million children as well")
    arguments = parser.parse_args()
    parts = arguments.parts or list(PARTS)
    if unknown := set(parts) - set(PARTS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    plan = "small" if arguments.small else "full"
    print(f"{machine()}\n", flush=True)
    try:
        if {"pages", "crowd"} & set(parts):
            with somewhere(arguments.home) as home:
                if arguments.home is None:
                    made(home, plan)
                if "pages" in parts:
                    pages(home, arguments.runs)
                    print(f"\n{plan} city, median of {arguments.runs}; {machine()}\n", flush=True)
                if "crowd" in parts:
                    crowd(home)
        if "lists" in parts:
            by_itself("bench.lists", *["20000"] * arguments.small)
        if "imports" in parts:
            by_itself("bench.importing")
        if "exports" in parts:
            by_itself("bench.exporting")
        if "matching" in parts:
            by_itself("bench.matching", "--runs", str(arguments.runs), *["--nation"] * arguments.nation)
        if "duties" in parts:
            by_itself("bench.duties", "--runs", str(arguments.runs), *["--small"] * arguments.small)
        if "entitlements" in parts:
            small = ["--small"] * arguments.small
            by_itself("bench.entitlements", "--runs", str(arguments.runs), *small)
        if "linkage" in parts:
            by_itself("bench.linkage", "--runs", str(arguments.runs), *["--small"] * arguments.small)
        if "papers" in parts:
            by_itself("bench.papers", *["--small"] * arguments.small)
        if "fieldwork" in parts:
            by_itself("bench.fieldwork", *["--records", "600", "--photos", "6"] * arguments.small)
        if "server" in parts:
            by_itself("bench.server", "--runs", str(arguments.runs), *["--small"] * arguments.small)
    except Failed as failed:
        print(f"✗ {failed}")
        return 1
    return 0


def head() -> None:
    """The head of the table."""
    print(f"{'':<34}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}{'cold s':>9}{'warm s':>9}   promised")


def made(home: Path, plan: str) -> None:
    """Build the city, and say what that took."""
    head()
    line("make the city in memory", measure([*STEP, "generate", plan], home))
    one = measure([*CITY, *(["--small"] if plan == "small" else [])], home)
    line("junheng demo: make, load, freeze", one, "≤ 120 s, ≤ 3 GB")


def pages(home: Path, runs: int) -> None:
    """Snapshots, figures, promises and pages of a built city."""
    head()
    measure([*STEP, "pages_ready"], home)
    for name, what, promised in LINES:
        line(what, median([measure([*STEP, name], home) for _ in range(runs)]), promised)
    compare(median([measure([*STEP, "peer"], home) for _ in range(runs)]))


def crowd(home: Path) -> None:
    """A thousand people browse and save in a copy of the city."""
    with tempfile.TemporaryDirectory(prefix="junheng-bench-") as folder:
        copy = Path(folder) / "city"
        shutil.copytree(home, copy)
        by_itself("bench.load", "--home", str(copy))


def by_itself(module: str, *more: str) -> None:
    """A benchmark with a table of its own."""
    print(f"— {module}", flush=True)
    done = subprocess.run([sys.executable, "-m", module, *more], check=False)
    if done.returncode:
        raise Failed(f"{module} ended with {done.returncode}")


@contextmanager
def somewhere(home: Path | None) -> Iterator[Path]:
    """The folder that was named, or one that is thrown away."""
    if home is not None:
        yield home.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="junheng-bench-") as folder:
        yield Path(folder)


def line(what: str, one: Sample, promised: str = "") -> None:
    """One line of the table, as soon as it is known."""
    inside = "".join(
        f"{one.said[name]:>9.3f}" if name in one.said else f"{'':>9}" for name in ("cold", "warm")
    )
    print(
        f"{what:<34}{one.wall:>9.2f}{one.cpu:>9.2f}{one.memory:>9.0f}{inside}   {promised}".rstrip(),
        flush=True,
    )


def compare(one: Sample) -> None:
    """Five figures beside hand-written SQL over the same files."""
    ours, hand = one.said["ours"], one.said["hand"]
    print(
        f"\nfive figures, warm: {ours:.3f} s as declared, {hand:.3f} s as SQL written by hand ({ours / hand:.1f} ×)"
    )
