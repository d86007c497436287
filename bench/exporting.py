"""Export of very many rows beside writers called directly on them: ``python -m bench.exporting [rows]``.

Every line is a process of its own, so that its memory is its own. The direct writers get the rows as the database has
them, one after the other, without labels, relations, masks, count or digest.
"""

# ruff: noqa: PLC0415 (Django is set up first)

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bench.measure import Sample, measure, median

RUNS = 3
CHUNK = 2_000


def make(rows: int) -> None:
    """A house with so many schools."""
    from django.core.management import call_command

    from junheng.domains.areas.models import Area
    from junheng.domains.schools.models import School
    from junheng.platform.access.models import Grant, User
    from junheng.platform.access.roles import Role
    from junheng.platform.audit.inserting import insert_rows

    call_command("migrate", verbosity=0)
    Area.objects.create(code="410802", name="解放区", kind="county")
    user = User.objects.create(username="bench")
    Grant.objects.create(user=user, role=Role.COUNTY_OFFICER, area="410802", since=date(2020, 1, 1))
    words = {name: [key for key, _label in School._meta.get_field(name).flatchoices] for name in ("kind", "nature", "location")}  # fmt: skip
    for start in range(0, rows, 10_000):
        insert_rows(
            School,
            [
                School(
                    code=str(2141000000 + number), name=f"示例{number}小学", area_id="410802",
                    kind=words["kind"][number % len(words["kind"])], nature=words["nature"][0],
                    location=words["location"][number % len(words["location"])], boarding=number % 3 == 0,
                    phone=f"1390000{number % 10_000:04}", address=f"某路{number}号", since=date(2023, 9, 1),
                )
                for number in range(start, min(rows, start + 10_000))
            ],
        )  # fmt: skip


def ours(kind: str) -> None:
    """The export as a page or a job makes it."""
    from junheng.platform.access.models import User
    from junheng.platform.registers import register_called
    from junheng.platform.registers.asker import Asker
    from junheng.platform.registers.leaving import export_rows

    asker = Asker(User.objects.get(), datetime.now(UTC))
    export_rows(register_called("schools"), {}, kind, asker=asker, clear=False).file.close()


def bare() -> Iterator[tuple[Any, ...]]:
    """The rows as the database has them."""
    from junheng.domains.schools.models import School

    names = [one.attname for one in School._meta.concrete_fields if one.name != "id"]
    return iter(School.objects.order_by("code").values_list(*names).iterator(chunk_size=CHUNK))


def direct_xlsx() -> None:
    """Xlsxwriter with constant memory."""
    import xlsxwriter

    with tempfile.TemporaryFile() as file, xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(bare()):
            for place, value in enumerate(row):
                sheet.write_string(number, place, "" if value is None else str(value))


def direct_csv() -> None:
    """polars, a piece at a time."""
    import polars

    with tempfile.TemporaryFile() as file:
        rows, first = bare(), True
        while piece := [row for _number, row in zip(range(50_000), rows, strict=False)]:
            polars.DataFrame(piece, orient="row", infer_schema_length=None).write_csv(
                file, include_header=first
            )
            first = False


DEEDS = {
    "ours-xlsx": lambda: ours("xlsx"),
    "direct-xlsx": direct_xlsx,
    "ours-csv": lambda: ours("csv"),
    "direct-csv": direct_csv,
}


def main(rows: int) -> None:
    """Make the house once, then every line in its own processes."""
    with tempfile.TemporaryDirectory(prefix="junheng-bench-") as folder:
        home = Path(folder)
        measure(["-m", "bench.exporting", "make", str(rows)], home)
        found: dict[str, Sample] = {}
        for name in DEEDS:
            one = found[name] = median(
                [measure(["-m", "bench.exporting", "do", name], home) for _ in range(RUNS)]
            )
            print(f"{name:<14}{one.said['seconds']:8.1f} s{one.said['cpu']:8.1f} CPU s{one.memory:8.0f} MB at most", flush=True)  # fmt: skip
        for kind in ("xlsx", "csv"):
            ratio = found[f"ours-{kind}"].said["cpu"] / found[f"direct-{kind}"].said["cpu"]
            print(
                f"{kind}: {ratio:.2f} times the writer called directly (promised: at most 1.5, at most 300 MB)"
            )


def step(words: list[str]) -> None:
    """One deed in this process."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "junheng.project.settings")
    django.setup()
    if words[0] == "make":
        make(int(words[1]))
        return
    began, cpu = time.monotonic(), time.process_time()
    DEEDS[words[1]]()
    said = {"seconds": time.monotonic() - began, "cpu": time.process_time() - cpu}
    sys.stdout.write("\n" + json.dumps(said) + "\n")


if __name__ == "__main__":
    if sys.argv[1:2] in (["make"], ["do"]):
        step(sys.argv[1:])
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 500_000)
