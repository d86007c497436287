"""What is measured of the matching inside one process: ``python -m bench.matching_steps NAME …`` prints one line of JSON."""

# ruff: noqa: PLC0415 — each step imports what it measures, and nothing else

import hashlib
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from bench.matching_market import city, nation
from bench.matching_peer import digest

AGAIN = 5
"""How often a short step is repeated; the middle counts."""
SEED = "5e" * 32
SCORE = 0xFFFF


def cpu(deed: Callable[[], Any], times: int = AGAIN) -> float:
    """The middle of several runs of a deed, in CPU seconds."""
    taken = []
    for _ in range(times):
        begun = time.process_time()
        deed()
        taken.append(time.process_time() - begun)
    return statistics.median(taken)


def hand_over(children: int, schools: int, path: str) -> dict[str, float]:
    """The market as the peers get it."""
    market = city(children, schools, tiers=1)
    number = np.zeros(children, dtype=np.int64)
    number[market.owners()] = (market.key >> np.uint64(8) & np.uint64(2**32 - 1)).astype(np.int64)
    np.savez(path, starts=market.starts, school=market.group, number=number, capacity=market.capacities())
    return {}


def ours(way: str, children: int, schools: int, tiers: int) -> dict[str, float]:
    """One of the three ways: the market is checked and built, then solved; compiled code is compiled beforehand."""
    from junheng.kernel.matching import Market, fast, faults, plain, rounds

    solve = {"plain": plain.solve, "numpy": rounds.solve, "numba": fast.solve}[way]
    market = city(children, schools, tiers=tiers)
    result = solve(market)
    built = cpu(lambda: Market(market.groups, market.starts, market.group, market.key))
    solved = cpu(lambda: solve(market))
    placed = np.where(result >= 0, market.group[result], -1).tolist()
    blocking = len(faults(market, result.tolist()))
    return {"build": built, "solve": solved, "digest": digest(placed), "blocking": blocking}


def sorting(children: int, schools: int) -> dict[str, float]:
    """What only putting the same keys in order costs: what every method by sorting needs at the least."""
    from numba import njit

    market = city(children, schools)
    words = market.words

    @njit
    def compiled(values: Any) -> Any:
        ordered = values.copy()
        ordered.sort()
        return ordered

    compiled(words)
    return {
        "both": cpu(lambda: np.lexsort((market.key, market.group))),
        "compiled": cpu(lambda: compiled(words)),
        "words": cpu(lambda: np.argsort(words)),
    }


def reasons(children: int, schools: int) -> dict[str, float]:
    """Why every wish of a whole city came out as it did."""
    from junheng.kernel.matching import explain, solve

    market = city(children, schools)
    result = solve(market)
    return {"explain": cpu(lambda: explain(market, result)), "wishes": market.edges}


def official(children: int, schools: int, folder: str) -> dict[str, float]:
    """From the closed records in memory to the published folder: list, roots, seed, numbers, places, reasons, files."""
    from junheng.kernel.admission import Bid, Published, Record, Rules, entrants_of, list_root, publish, run
    from junheng.kernel.lottery import (
        Algorithm,
        Announcement,
        Reveal,
        commitment_of,
        digest,
        numbers,
        seed_of,
    )
    from junheng.kernel.lottery.problem import Commitment

    algorithm = Algorithm.SM3
    market = city(children, schools)
    pids = sorted(hashlib.sha256(f"{child}".encode()).hexdigest()[:16] for child in range(children))
    starts, group = market.starts.tolist(), market.group.tolist()
    tier = (market.key >> np.uint64(56)).tolist()
    records = [
        Record(
            pid, tuple(Bid(f"s{group[edge]}", tier[edge]) for edge in range(starts[child], starts[child + 1]))
        )
        for child, pid in enumerate(pids)
    ]
    salts = {pid: hashlib.sha256(f"salt{pid}".encode()).hexdigest()[:32] for pid in pids}
    rules = Rules(market.groups)
    begun = time.process_time()
    root = list_root(algorithm, "b1", entrants_of(records, salts))
    promised = Commitment("bureau", commitment_of(algorithm, "n", "s"))
    digest_of_rules = digest(algorithm, rules.file()).hex()
    said = Announcement("b1", algorithm, children, root, digest_of_rules, (promised,), ("fucai",), "none")
    reveals, beacons = [Reveal("bureau", "n", "s")], {"fucai": "052327"}
    seed = seed_of(said, reveals, beacons)
    drawn = dict(zip(pids, numbers(algorithm, seed.value, "b1", pids), strict=True))
    outcome = run(rules, records, drawn)
    made = Published(said, rules, records, salts, reveals, beacons, drawn, outcome)
    for name, content in publish(made, sealed=True).items():
        (Path(folder) / name).write_bytes(content)
    return {"inside": time.process_time() - begun}


def recount(folder: str) -> dict[str, float]:
    """The auditor's file, as an outsider runs it."""
    from junheng.kernel.admission import verify_admission

    begun = time.process_time()
    if code := verify_admission.main([folder, "--json"]):
        raise AssertionError(f"the recount ended with {code}")
    print()
    return {"inside": time.process_time() - begun}


def make_nation(folder: str, children: int, schools: int) -> dict[str, float]:
    """The frozen files of a nation."""
    return {"wishes": nation(Path(folder), children, schools)}


def run_nation(folder: str, algorithm: str) -> dict[str, float]:
    """The whole run, every county checked before it is written."""
    from dataclasses import asdict

    from junheng.kernel.admission.counties import Draw, run
    from junheng.kernel.lottery.digests import Algorithm

    target = Path(folder) / "out"
    target.mkdir(exist_ok=True)
    return asdict(run(Path(folder), target, Draw(Algorithm(algorithm), SEED, "b1")))


STEPS: dict[str, Callable[..., dict[str, float]]] = {
    "hand-over": lambda children, schools, path: hand_over(int(children), int(schools), path),
    "ours": lambda way, children, schools, tiers: ours(way, int(children), int(schools), int(tiers)),
    "sorting": lambda children, schools: sorting(int(children), int(schools)),
    "reasons": lambda children, schools: reasons(int(children), int(schools)),
    "official": lambda children, schools, folder: official(int(children), int(schools), folder),
    "recount": recount,
    "make-nation": lambda folder, children, schools: make_nation(folder, int(children), int(schools)),
    "run-nation": run_nation,
}

if __name__ == "__main__":
    print(json.dumps(STEPS[sys.argv[1]](*sys.argv[2:])))
