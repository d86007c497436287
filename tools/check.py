"""Everything that must hold before a change goes in. Pytest has the last word, so that its closing line is the end.

``./go test`` runs all of it; with arguments it runs only pytest with these; ``./go slow`` the suites on the full city.
What speaks to a database is tried on PostgreSQL first, on a private server, where its programs are installed.
"""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests import postgres

STEPS = (
    ("ruff check", ("ruff", "check", "--output-format=concise", ".")),
    ("ruff format", ("ruff", "format", "--check", "--quiet", ".")),
    ("import contracts", ("tools.contracts",)),
    ("types", ("mypy",)),
    ("django check", ("django", "check", "--fail-level", "WARNING")),
    ("migrations", ("django", "makemigrations", "--check", "--dry-run")),
)
TWO = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
"""Two workers; a file is one worker's, and they are taken in the order of ``tests/conftest.py``."""
FAST = (*TWO, "-m", "not slow")
SLOW = ("-m", "slow")
BOTH = ("tests/platform", "tests/domains", "tests/contracts", "tests/flows", "tests/surfaces")
"""The folders of what speaks to a database: these run on SQLite and on PostgreSQL. The others know of no database."""
FILES_ONLY = {
    "tests/platform/upkeep/test_backup.py": "carries a house from the embedded database to a server and back, by itself",
    "tests/platform/upkeep/test_doctor.py": "spoils the embedded database's own file to see that the doctor finds it",
    "tests/platform/jobs/test_killed.py": "kills processes that share the embedded database's file",
    "tests/platform/access/test_server_away.py": "starts a server of its own and takes it away",
    "tests/surfaces/cli/test_refusals.py": "is about commands without a database, and files that are none",
    "tests/surfaces/cli/test_demo.py": "looks at the embedded database's file while it is built and put in place",
    "tests/surfaces/demo/test_on_a_server.py": "builds on a server it starts, and compares with the embedded house",
}
"""What cannot run on a server, and why: it is about the embedded database's file, or tries a server by itself."""
NO_DATABASE = (
    "tests/contracts/test_indicators.py", "tests/contracts/test_promises.py", "tests/platform/ui/test_sheets.py",
    "tests/surfaces/demo/test_city.py", "tests/surfaces/demo/test_expected.py", "tests/surfaces/demo/test_mutations.py",
    "tests/surfaces/demo/test_time_constraints.py",
)  # fmt: skip
"""Tests among these that ask frames, declarations and style sheets alone: a second run would ask the same again."""
LONG = (
    "tests/contracts/test_registers.py", "tests/domains/tips/test_secrets.py", "tests/domains/visits/test_hidden.py", "tests/platform/upkeep/test_sealed_files.py",
    "tests/surfaces/api/test_matrix.py", "tests/surfaces/demo/test_autumn.py", "tests/surfaces/demo/test_load.py", "tests/surfaces/desk/test_undone.py",
)  # fmt: skip
"""Ask every role, register and address, or build cities: on a server ``./go slow`` runs these."""
ON_A_SERVER = (
    "--quiet", *TWO, "-m", "not slow and not browser and not once", "--create-db",
    *BOTH, *(f"--ignore={path}" for path in (*FILES_ONLY, *NO_DATABASE, *LONG)),
)  # fmt: skip
SLOW_ON_A_SERVER = (
    "--quiet", "--create-db", *LONG, "tests/platform/upkeep/test_in_use.py",
    "tests/platform/upkeep/test_groundwork.py", "tests/browser/test_clerk.py",
    "tests/browser/test_county.py", "tests/browser/test_accounts.py", "tests/browser/test_surveys.py",
    "tests/browser/test_walks.py", "tests/domains/bulletins/test_actions.py",
    "tests/platform/figures/test_series.py", "tests/surfaces/test_queries.py", "tests/surfaces/test_sealed_from_awards.py",
)  # fmt: skip
"""What ``./go slow`` tries on a server as well: the walks through the house, its upkeep while people are in it, the
long way to its tables, and what is marked ``once``."""


def main(arguments: Sequence[str]) -> int:
    """Run what was asked for in a home folder of its own, and name every step that failed."""
    failed: list[str] = []
    with tempfile.TemporaryDirectory(prefix="junheng-test-") as home:
        if not arguments:
            failed += failing_steps(home)
            failed += [] if passes_on_a_server(home, ON_A_SERVER) else ["pytest on PostgreSQL"]
        if list(arguments) == ["--slow"] and not passes_on_a_server(home, SLOW_ON_A_SERVER):
            failed.append("pytest on PostgreSQL")
        given = (*SLOW, *arguments[1:]) if arguments[:1] == ["--slow"] else arguments or FAST
        if not passes("pytest", ("pytest", *given), home):
            failed.append("pytest")
    if failed:
        print(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


def failing_steps(home: str) -> list[str]:
    """Take the steps, as many at a time as there are cores; each says its part when it is done. Names those that fail."""
    key = {"JUNHENG_SECRET": secrets.token_urlsafe(48)}  # none reads one that another is about to write
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        done = {name: pool.submit(run, command, home, key, quietly=True) for name, command in STEPS}
        for name, one in done.items():
            _code, said, took = one.result()
            lines = [f"→ {name}", said.strip(), f"  {took:.0f} s" if took > 5 else ""]
            print("\n".join(filter(None, lines)), flush=True)
    return [name for name, one in done.items() if one.result()[0] != 0]


def passes_on_a_server(home: str, which: Sequence[str]) -> bool:
    """Run these tests on PostgreSQL; say why where that cannot be."""
    if (reason := postgres.missing()) is not None:
        print(f"→ pytest on PostgreSQL: skipped, {reason}", flush=True)
        return True
    with postgres.server() as url:
        return passes("pytest on PostgreSQL", ("pytest", *which), home, DATABASE_URL=url)


def passes(name: str, command: Sequence[str], home: str, **more: str) -> bool:
    """Run one module under its name, whose words are shown as they come."""
    print(f"→ {name}", flush=True)
    return run(command, home, more)[0] == 0


def run(
    command: Sequence[str], home: str, more: Mapping[str, str], *, quietly: bool = False
) -> tuple[int, str, float]:
    """Run one module: how it ended, what it said where it is to be quiet, and how many seconds it took."""
    began = time.monotonic()
    heard: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT} if quietly else {}
    done = subprocess.run(
        [sys.executable, "-m", *command],
        env={**os.environ, "JUNHENG_HOME": home, **more}, check=False, text=True, encoding="utf-8", **heard,
    )  # fmt: skip
    return done.returncode, done.stdout or "", time.monotonic() - began


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
