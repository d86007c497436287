"""The peers of the matching, in an environment of their own: ``beside(folder)`` makes it, ``ask`` runs one of them there.

The very same market is handed over as a file: one number decides at every school, because one of the peers knows no
tiers. Each is built and asked as its own documentation says; what it takes to bring the market into its form counts.
``py-school-match`` is under the GPL and imports graph-tool, which is on no index: it runs in its own process, with an
empty stand-in for the two algorithms that draw graphs, and never becomes part of anything here.
"""

# ruff: noqa: PLC0415 (each process imports one peer)

import hashlib
import json
import resource
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

PACKAGES = ("matching==1.4.3", "matching-algorithms==0.1.0", "py-school-match==0.2.0", "numpy>=2")
RECURSION = 1_000_000


def beside(folder: Path) -> Path | str:
    """The Python of the environment; a sentence where it cannot be made."""
    home = folder / "peers"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    made = subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if made.returncode:
        return f"the peers cannot be installed here: {made.stderr.strip().splitlines()[-1][:160]}"
    return python


def ask(python: Path, peer: str, market: Path, limit: int) -> dict[str, float] | str:
    """What one peer took for a market, or why there is nothing to say: it may use so many CPU seconds."""
    done = subprocess.run(
        [python, "-I", __file__, peer, str(market), str(limit)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        words = done.stderr.strip().splitlines()
        over = done.returncode < 0
        return (
            f"not within {limit} CPU s" if over else f"broke: {words[-1][:80] if words else done.returncode}"
        )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


Asked = Callable[[], list[int]]
"""Solves the market that was built; the school of every child, -1 for none."""


def with_matching(market: Any) -> Asked:
    """``matching``: a hospital-resident instance."""
    from matching.games import HospitalResident

    residents, hospitals = preferences(market)
    capacities = {school: int(market["capacity"][school]) for school in hospitals}
    game = HospitalResident.create_from_dictionaries(residents, hospitals, capacities)

    def solved() -> list[int]:
        school = [-1] * (len(market["starts"]) - 1)
        for hospital, inside in game.solve(optimal="resident").items():
            for one in inside:
                school[one.name] = hospital.name
        return school

    return solved


def with_matching_algorithms(market: Any) -> Asked:
    """``matching-algorithms``: dictionaries of names; schools are taken apart into seats."""
    from matching_algorithms import school_choice_da

    residents, hospitals = preferences(market)
    students = {f"c{child}": [f"s{one}" for one in wishes] for child, wishes in residents.items()}
    schools = {
        f"s{school}": {
            "priorities": [f"c{child}" for child in order],
            "capacity": int(market["capacity"][school]),
        }
        for school, order in hospitals.items()
    }

    def solved() -> list[int]:
        school = [-1] * (len(market["starts"]) - 1)
        for one, inside in school_choice_da(students, schools).items():
            for child in inside:
                school[int(child[1:])] = int(one[1:])
        return school

    return solved


def with_py_school_match(market: Any) -> Asked:
    """``py-school-match``: students and schools as objects; the numbers are a characteristic, as its own lottery is."""
    stand_in: Any = ModuleType("graph_tool.all")
    for name in ("Graph", "graph_draw", "all_circuits", "arf_layout", "sfdp_layout"):
        setattr(stand_in, name, None)
    sys.modules["graph_tool"], sys.modules["graph_tool.all"] = ModuleType("graph_tool"), stand_in
    from py_school_match.algorithms.da import DA
    from py_school_match.entities.characteristic import Characteristic
    from py_school_match.entities.criteria import Criteria
    from py_school_match.entities.rule import Rule
    from py_school_match.entities.ruleset import RuleSet
    from py_school_match.entities.school import School
    from py_school_match.entities.social_planner import SocialPlanner
    from py_school_match.entities.student import Student

    lottery = Criteria("lottery", int)
    schools = [School(int(seats)) for seats in market["capacity"]]
    starts, asked, number = (market[name].tolist() for name in ("starts", "school", "number"))
    students = []
    for child in range(len(starts) - 1):
        student = Student()
        student.preferences = [schools[one] for one in asked[starts[child] : starts[child + 1]]]
        # the larger ticket goes first here
        student.add_characteristic(Characteristic(lottery, len(number) - number[child]))
        students.append(student)
    planner = SocialPlanner(students, schools, RuleSet([Rule(lottery)]))

    def solved() -> list[int]:
        planner.run_matching(DA())
        place = {id(school): at for at, school in enumerate(schools)}
        return [-1 if one.assigned_school is None else place[id(one.assigned_school)] for one in students]

    return solved


def preferences(market: Any) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Both sides' orders: for every child its schools, for every school the children who ask it, best first."""
    starts, asked, number = (market[name].tolist() for name in ("starts", "school", "number"))
    residents = {child: asked[starts[child] : starts[child + 1]] for child in range(len(starts) - 1)}
    hospitals: dict[int, list[int]] = {}
    for child in sorted(residents, key=number.__getitem__):
        for school in residents[child]:
            hospitals.setdefault(school, []).append(child)
    return residents, hospitals


PEERS: dict[str, Callable[[Any], Asked]] = {
    "matching": with_matching,
    "matching-algorithms": with_matching_algorithms,
    "py-school-match": with_py_school_match,
}


def digest(schools: list[int]) -> int:
    """The first 48 bits of the hash of an outcome: the school of every child, in their order."""
    return int(hashlib.sha256(",".join(map(str, schools)).encode()).hexdigest()[:12], 16)


def most() -> float:
    """The most memory of this process in MB; what the process was started from does not count."""
    status = Path("/proc/self/status")
    if status.exists():
        words = status.read_text(encoding="ascii").split("VmHWM:")[1].split()
        return int(words[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(peer: str, path: str, limit: int) -> None:
    """Build and ask; prints CPU seconds of both, the most memory, and the digest of the outcome."""
    import numpy as np

    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
    sys.setrecursionlimit(RECURSION)
    with np.load(path) as loaded:
        market = dict(loaded)
    begun = time.process_time()
    solve = PEERS[peer](market)
    built = time.process_time()
    schools = solve()
    solved = time.process_time()
    told = {
        "build": built - begun,
        "solve": solved - built,
        "memory": most(),
        "digest": digest(schools),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
