"""Places for children beside the packages that others would take, and for a whole nation: ``python -m bench.matching``.

Every line is a process of its own. A market of one city is made by a fixed rule (``matching_market``); all who solve it
must come to the same outcome, whose digest is compared, and the check must find nobody who could object. A peer may use
``--limit`` CPU seconds for one market. With ``--nation`` the run over 33 million children follows, from the frozen files
to the explained outcome, by both hash functions.
"""

import argparse
import statistics
import tempfile
from pathlib import Path

from bench.matching_peer import PEERS, ask, beside
from bench.measure import Failed, Sample, machine, measure, median

SIZES = ((1_000, 10), (5_000, 50), (20_000, 200), (92_000, 900))
WAYS = ("plain", "numpy", "numba")
CITY, NATION = SIZES[-1], (33_000_000, 250_000)
STEPS = ["-m", "bench.matching_steps"]
LONG = 20
"""A peer that needs more CPU seconds than this is asked once."""

Told = list[tuple[str, str, str, bool]]
"""Goals: what, measured, promised, and whether it is kept."""


def main() -> int:
    """Measure and print; exit code 1 where a step fails or an outcome differs."""
    parser = argparse.ArgumentParser(prog="bench matching", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="processes a line")
    parser.add_argument(
        "--limit", type=int, default=120, metavar="SECONDS", help="CPU seconds a peer may use"
    )
    parser.add_argument("--nation", action="store_true", help="33 million children as well: some minutes")
    parser.add_argument("--no-peers", action="store_true", help="ours alone")
    arguments = parser.parse_args()
    if arguments.runs < 1:
        parser.error("--runs is at least 1")
    goals: Told = []
    try:
        with tempfile.TemporaryDirectory(prefix="junheng-bench-") as name:
            folder = Path(name)
            beside_peers(folder, arguments.runs, arguments.limit, goals, peers=not arguments.no_peers)
            whole_city(folder, arguments.runs, goals)
            if arguments.nation:
                whole_nation(folder, goals)
    except Failed as failed:
        print(f"✗ {failed}")
        return 1
    print(f"\n{'goal':<58}{'measured':>14}{'promised':>14}")
    for what, measured, promised, kept in goals:
        print(f"{what:<58}{measured:>14}{promised:>14}   {'met' if kept else 'MISSED'}")
    print(f"\n{machine()}")
    return 0


def step(folder: Path, *words: object, runs: int = 1) -> Sample:
    """A step in processes of its own."""
    return median([measure([*STEPS, *map(str, words)], folder) for _ in range(runs)])


def beside_peers(folder: Path, runs: int, limit: int, goals: Told, *, peers: bool) -> None:
    """Ours and the peers on markets of four sizes, in which one number decides."""
    python = beside(folder) if peers else "left out"
    if isinstance(python, str):
        print(f"peers: {python}")
    print(f"\none number decides, CPU seconds (middle of {runs} processes)")
    print(f"{'':<22}{'children':>10}{'build':>10}{'solve':>10}{'peak MB':>9}{'÷ plain':>9}   outcome")
    beaten: dict[str, int] = {}
    for children, schools in SIZES:
        market = folder / f"{children}.npz"
        step(folder, "hand-over", children, schools, market)
        found = {way: step(folder, "ours", way, children, schools, 1, runs=runs) for way in WAYS}
        right = found["plain"].said["digest"]
        base = both(found["plain"].said)
        for way, one in found.items():
            if one.said["blocking"]:
                raise Failed(f"{way}: {one.said['blocking']} could object")
            line(f"ours, {way}", children, one.said | {"memory": one.memory}, base, right)
        asked = {}
        for peer in PEERS if not isinstance(python, str) else ():
            late = f"not asked: did not finish with {beaten.get(peer, 0):,}"
            one = late if peer in beaten else tried(python, peer, market, limit, runs)
            if isinstance(one, str):
                beaten.setdefault(peer, children)
                print(f"{peer:<22}{children:>10,}   {one}", flush=True)
            else:
                line(peer, children, one, base, right)
                asked[peer] = both(one)
        if (children, schools) == CITY and asked:
            peer = min(asked, key=asked.__getitem__)
            ratio = asked[peer] / base
            goals.append(
                (
                    f"plain Python, {children:,} children: less CPU than {peer}",
                    f"{ratio:.0f} ×",
                    "≥ 50 ×",
                    ratio >= 50,
                )
            )


def tried(python: Path, peer: str, market: Path, limit: int, runs: int) -> dict[str, float] | str:
    """The middle of a peer's runs; a long one is asked once."""
    samples = []
    while len(samples) < runs:
        one = ask(python, peer, market, limit)
        if isinstance(one, str):
            return one
        samples.append(one)
        if both(one) > LONG:
            break
    return {name: statistics.median_low(one[name] for one in samples) for name in samples[0]}


def both(said: dict[str, float]) -> float:
    """Build and solve."""
    return said["build"] + said["solve"]


def line(who: str, children: int, said: dict[str, float], base: float, right: float) -> None:
    """One line of the table; an outcome that is not the others' ends it all."""
    if said["digest"] != right:
        raise Failed(f"{who}, {children:,} children: another outcome")
    print(
        f"{who:<22}{children:>10,}{said['build']:>10.4f}{said['solve']:>10.4f}{said['memory']:>9.0f}"
        f"{both(said) / base:>9.2f}   {int(right):012x}",
        flush=True,
    )


def whole_city(folder: Path, runs: int, goals: Told) -> None:
    """A city with eight tiers: our three ways, what only sorting costs, reasons, and the auditor's file."""
    children, schools = CITY
    print(
        f"\neight tiers, {children:,} children, {schools} schools, CPU seconds (middle of {runs} processes)"
    )
    found = {way: step(folder, "ours", way, *CITY, 8, runs=runs) for way in WAYS}
    if len({one.said["digest"] for one in found.values()}) != 1 or any(
        one.said["blocking"] for one in found.values()
    ):
        raise Failed("the three ways differ, or somebody could object")
    solved = {way: one.said["solve"] for way, one in found.items()}
    for way, seconds in solved.items():
        print(f"{'solve, ' + way:<46}{seconds:>9.4f}")
    print(f"{'check and build the market':<46}{found['numpy'].said['build']:>9.4f}")
    order = step(folder, "sorting", *CITY, runs=runs).said
    for name, what in (("both", "only sort, by school and key (NumPy)"), ("compiled", "only sort one word a wish (Numba)"), ("words", "only sort one word a wish (NumPy, vector unit)")):  # fmt: skip
        print(
            f"{what:<46}{order[name]:>9.4f}   Numba's matching takes {solved['numba'] / order[name]:.2f} of it"
        )
    why = step(folder, "reasons", *CITY, runs=runs).said
    print(f"{'why, for ' + format(int(why['wishes']), ',') + ' wishes':<46}{why['explain']:>9.4f}")
    target = folder / "published"
    target.mkdir()
    run = step(folder, "official", *CITY, target, runs=runs)
    count = step(folder, "recount", target, runs=runs)
    for what, one in (
        ("official run, records to folder", run),
        ("the auditor's file, folder to verdict", count),
    ):
        print(f"{what:<46}{one.said['inside']:>9.4f}{one.memory:>9.0f} MB at most")
    ratio = solved["plain"] / solved["numpy"]
    goals.append(("NumPy: faster than plain Python", f"{ratio:.1f} ×", "≥ 3 ×", ratio >= 3))
    for name, what in (("both", "school and key"), ("compiled", "one word, compiled alike")):
        share = solved["numba"] / order[name]
        goals.append(
            (f"Numba: of the time of sorting the same keys ({what})", f"{share:.2f}", "≤ 0.5", share <= 0.5)
        )
    share = solved["numba"] / order["words"]
    goals.append(
        ("Numba: the same against NumPy's sort by the vector unit", f"{share:.2f}", "≤ 0.5", share <= 0.5)
    )
    goals.append(("explanations of a whole city", f"{why['explain']:.3f} s", "< 1 s", why["explain"] < 1))
    ratio = count.said["inside"] / run.said["inside"]
    goals.append(("the auditor's file: CPU of the official run", f"{ratio:.2f} ×", "≤ 2 ×", ratio <= 2))


def whole_nation(folder: Path, goals: Told) -> None:
    """The whole run from the frozen files to the explained outcome; the files are made before and do not count."""
    children, schools = NATION
    for place, size in (("warm", (10_000, 90)), ("nation", NATION)):
        (folder / place).mkdir()
        made = step(folder, "make-nation", folder / place, *size)
    print(
        f"\n{children:,} children, {schools:,} schools, {int(made.said['wishes']):,} wishes, from Parquet to Parquet"
    )
    for algorithm in ("sha256", "sm3"):
        step(folder, "run-nation", folder / "warm", algorithm)
        one = step(folder, "run-nation", folder / "nation", algorithm)
        print(
            f"{algorithm:<10}{one.cpu:>8.1f} CPU s{one.wall:>8.1f} s{one.memory:>8.0f} MB at most;"
            f" {int(one.said['counties']):,} counties checked, {int(one.said['placed']):,} children placed",
            flush=True,
        )
        goals.append((f"whole nation, {algorithm}: CPU", f"{one.cpu:.0f} s", "≤ 90 s", one.cpu <= 90))
        goals.append(
            (f"whole nation, {algorithm}: memory", f"{one.memory:.0f} MB", "≤ 5,000 MB", one.memory <= 5_000)
        )


if __name__ == "__main__":
    raise SystemExit(main())
