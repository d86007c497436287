"""The list of pupils of one page beside that of a million: ``python -m bench.lists [rows]``.

All pupils are of one school, the worst case: nothing but the page itself makes the list short. Two houses in temporary folders, one with as many rows as a page shows, so that both pages are as long; every page is
asked for as somebody who is logged in gets it, through the whole house but the socket. Promised: at most 100 ms at the
95th percentile, and within twice of what the short list takes.
"""

# ruff: noqa: PLC0415 (Django is set up first)

import json
import os
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from bench.measure import measure

ASKED = 40
"""How often a page is asked for, after the first time."""
PAGES = (
    ("first page", ""),
    ("filter", "?area=410802&stage=primary"),
    ("two filters", "?sex=1&boarder=1"),
    ("number", "?q={number}"),
    ("nobody's number", "?q={nobody}"),
    ("deep page", "?page=400"),
    ("all days", "?on=all&area=410802"),
)
"""What is asked. A pupil's number stands in addresses as what it is looked up by, never in plain words."""
BEGUN, CHUNK = date(2020, 9, 1), 50_000
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
            measure(["-m", "bench.lists", "make", str(count)], home)
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


def code(number: int) -> str:
    """The number of a made-up pupil."""
    return f"G{number:018}"


def make(rows: int) -> None:
    """A house with so many pupils, sealed as every house seals them."""
    import polars as pl
    from django.core.management import call_command

    from junheng.domains.areas.models import Area
    from junheng.domains.pupils.models import Household, Pupil
    from junheng.domains.schools.models import School, SchoolClass
    from junheng.platform.access.models import Grant, User
    from junheng.platform.access.roles import Role
    from junheng.platform.upkeep.rows import without_indexes, write_rows
    from junheng.surfaces.demo.load import columns_of
    from junheng.surfaces.demo.sealed import seal_frame

    call_command("migrate", verbosity=0)
    area = Area.objects.create(code="410802", name="解放区", kind="county")
    user = User.objects.create(username="bench")
    Grant.objects.create(user=user, role=Role.COUNTY_OFFICER, area=area.code, since=BEGUN)
    school = School.objects.create(
        code="2141000001",
        name="示例小学",
        area=area,
        kind="primary",
        nature="public",
        location="urban",
        since=BEGUN,
    )
    room = SchoolClass.objects.create(
        school=school, area=area, stage="primary", grade=1, number=1, since=BEGUN
    )
    home = Household.objects.create(code="HH-1", area=area)
    with without_indexes():
        for start in range(0, rows, CHUNK):
            numbers = pl.Series(range(start, min(rows, start + CHUNK)))
            frame = pl.DataFrame({"id": numbers + 1, "number": numbers}).with_columns(
                pl.Series("code", [code(one) for one in numbers]),
                name=pl.format("示例{}", "number"), id_number=pl.lit(""), sex=pl.col("number") % 2 + 1,
                born_on=pl.lit(BEGUN), household=home.pk, school=school.pk, school_class=room.pk,
                area=pl.lit(area.code), home_area=pl.lit(area.code), stage=pl.lit("primary"), grade=1,
                boarder=pl.col("number") % 3 == 0, since=pl.lit(BEGUN),
            )  # fmt: skip
            frame = seal_frame(Pupil, frame.drop("number"))
            columns = columns_of(Pupil, frame)
            write_rows(Pupil._meta.db_table, list(columns.values()), frame.select(list(columns)))


def ask() -> dict[str, float]:
    """Every page again and again; seconds of the processor, because others use it as well."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from junheng.platform.access.models import User
    from junheng.platform.sealing import blind

    numbers = {"number": f"~{blind(code(0))}", "nobody": f"~{blind(code(10**9))}"}
    call_command("collectstatic", interactive=False, verbosity=0)
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(), backend=settings.AUTHENTICATION_BACKENDS[-1])
    said = {}
    for name, address in PAGES:
        taken = sorted(
            seconds(client, f"/registers/pupils/{address.format(**numbers)}") for _ in range(ASKED + 1)
        )
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
    if sys.argv[1:2] in (["ask"], ["make"]):
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "junheng.project.settings")
        django.setup()
        if sys.argv[1] == "make":
            make(int(sys.argv[2]))
        else:
            sys.stdout.write("\n" + json.dumps(ask()) + "\n")
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
