"""A list of one page beside the same list of a million rows: ``python -m bench.lists [rows]``.

Two houses in temporary folders, one with as many rows as a page shows, so that both pages are as long; every page is
asked for as somebody who is logged in gets it, through the whole house but the socket. Promised: at most 100 ms at the
95th percentile, and within twice of what the short list takes.
"""

# ruff: noqa: PLC0415 (Django is set up first)

import json
import os
import sys
import tempfile
import time
from pathlib import Path

from bench.measure import measure

ASKED = 40
"""How often a page is asked for, after the first time."""
PAGES = (
    ("first page", ""),
    ("filter", "?area=410802&kind=primary"),
    ("search", "?q=示例1"),
    ("code", "?q=2141000000"),
    ("deep page", "?page=400"),
    ("sorted", "?sort=-code"),
    ("all days", "?on=all&area=410802"),
)
FACTOR, MOST = 2, 0.1
FEW = 25
"""Rows of the short list: one page."""


def main(rows: int) -> None:
    """Make both houses, ask, and compare."""
    found: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory(prefix="junheng-bench-") as folder:
        for count in (FEW, rows):
            home = Path(folder) / str(count)
            home.mkdir()
            measure(["-m", "bench.exporting", "make", str(count)], home)
            found[count] = measure(["-m", "bench.lists", "ask"], home).said
    print(
        f"{'':<14}{f'{FEW} rows':>22}{f'{rows:,} rows':>24}{'times':>8}   median and 95th percentile, CPU ms"
    )
    for name, _address in PAGES:
        one, many = found[FEW], found[rows]
        times = many[name] / one[name]
        held = "" if times <= FACTOR and many[f"{name} 95"] <= MOST else "  ✗"
        print(
            f"{name:<14}{1000 * one[name]:>12.1f}{1000 * one[f'{name} 95']:>10.1f}{1000 * many[name]:>14.1f}"
            f"{1000 * many[f'{name} 95']:>10.1f}{times:>8.2f}{held}"
        )


def ask() -> dict[str, float]:
    """Every page again and again; seconds of the processor, because others use it as well."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from junheng.platform.access.models import User

    call_command("collectstatic", interactive=False, verbosity=0)
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(), backend=settings.AUTHENTICATION_BACKENDS[-1])
    said = {}
    for name, address in PAGES:
        taken = sorted(seconds(client, f"/registers/schools/{address}") for _ in range(ASKED + 1))
        said[name], said[f"{name} 95"] = taken[len(taken) // 2], taken[int(0.95 * ASKED)]
    return said


def seconds(client: object, address: str) -> float:
    """What one page takes."""
    began = time.process_time()
    answer = client.get(address)  # type: ignore[attr-defined]
    taken = time.process_time() - began
    if answer.status_code != 200:
        raise AssertionError(f"{address}: {answer.status_code}")
    return taken


if __name__ == "__main__":
    if sys.argv[1:2] == ["ask"]:
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "junheng.project.settings")
        django.setup()
        sys.stdout.write("\n" + json.dumps(ask()) + "\n")
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
