"""Import of one large workbook, step by step, and by the peer: ``python -m bench.importing [rows]``.

A house of its own in a temporary folder, empty but for one area and one officer; a workbook of 20 columns, of which the
register knows 12. Every line is the median of processes of their own, started from a process that is small itself: what
a process inherits in memory counts as its own. CPU is that of the step, after Django and the reading of names were ready.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from bench.import_beside import MODES, Peer
from bench.measure import Sample, measure, median

RUNS = 3
FEW = 1_000
CITY = 486_000
"""Pupils of the demonstration city: as many lines must come in as one file."""
PROMISED = (
    "promised: upload to applied in 15 s on two free cores; 10,000 rows a CPU second; "
    "statements as many for 1,000 lines as for 20,000, and once more for each 20,000 besides"
)
STEPS = (
    ("wrong", "check and mark, one line in 100 wrong"),
    ("whole", "upload, preview, confirm, applied"),
    ("plain", "read and import with audit"),
    ("again", "the same file again"),
)


def main(rows: int) -> None:
    """Make the house once; then every step in a copy of it, and the peer with the same file."""
    with tempfile.TemporaryDirectory(prefix="junheng-bench-") as folder:
        home = Path(folder) / "house"
        home.mkdir()
        for count in {FEW, rows, CITY}:
            measure(["-m", "bench.import_steps", "book", str(count), folder], home)
        measure(["-m", "bench.import_steps", "make", "0", folder], home)
        print(f"{'':<40}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}{'rows/CPU s':>12}{'statements':>12}")
        few = {name: at_work(home, name, FEW, 1, folder).said["statements"] for name, _what in STEPS}
        found = {}
        for name, what in STEPS:
            one = found[name] = at_work(home, name, rows, RUNS, folder)
            line(f"{what}, {rows:,}", one, one.said["statements"])
        line(f"upload to applied, {CITY:,}", at_work(home, "whole", CITY, 1, folder), None)
        print("statements with 1,000 lines: " + ", ".join(f"{name} {few[name]:.0f}" for name in few))
        print(PROMISED)
        compare(Path(folder), rows, found["plain"])


def at_work(home: Path, name: str, rows: int, runs: int, folder: str) -> Sample:
    """A step in so many copies of the house."""
    return median([in_a_copy(home, name, rows, folder) for _ in range(runs)])


def in_a_copy(home: Path, name: str, rows: int, folder: str) -> Sample:
    """A step in a house that nobody worked in."""
    copy = home.with_name("copy")
    shutil.copytree(home, copy)
    try:
        return measure(["-m", "bench.import_steps", name, str(rows), folder], copy)
    finally:
        shutil.rmtree(copy)


def line(what: str, one: Sample, statements: float | None) -> None:
    """One line of the table."""
    rate = one.said["rows"] / one.said["cpu"]
    asked = "" if statements is None else f"{statements:>12.0f}"
    print(f"{what:<40}{one.said['wall']:>9.2f}{one.said['cpu']:>9.2f}{one.memory:>9.0f}{rate:>12,.0f}{asked}", flush=True)  # fmt: skip


def compare(folder: Path, rows: int, ours: Sample) -> None:
    """The same file by the peer in each of its modes."""
    peer = Peer(folder)
    if peer.missing:
        print(f"django-import-export: {peer.missing}")
        return
    print(
        f"\ndjango-import-export {peer.version} with the same file, which keeps no audit, asks for no rights and marks no file"
    )
    own = ours.said["rows"] / ours.said["cpu"]
    for mode, what in MODES.items():
        one = median([peer.run(folder / f"{rows}-good.xlsx", mode) for _ in range(RUNS)])
        rate = one.said["rows"] / one.said["cpu"]
        print(f"{what:<58}{one.said['cpu']:>8.2f} CPU s{rate:>9,.0f} rows/CPU s{one.memory:>7.0f} MB · ours {own / rate:.1f} times", flush=True)  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
