"""Import of one large workbook, step by step: ``python -m bench.importing [rows]``.

A house of its own in a temporary folder, empty but for one area and one officer; a workbook of 20 columns, of which the
register knows 12. Every step says rows per CPU second; one line in a hundred of the second file is wrong.
"""

# ruff: noqa: PLC0415 (Django is set up first)

import io
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import xlsxwriter

from bench.import_peer import beside

T = TypeVar("T")
SPARE = 8
"""Columns that the register does not know."""


def step(what: str, rows: int, deed: Callable[[], T]) -> T:
    """Do something once and say what it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    done = deed()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{what:<28}{wall:8.2f} s{cpu:8.2f} CPU s{rows / cpu:12,.0f} rows per CPU second", flush=True)
    return done


def workbook(register: Any, rows: int, *, wrong: bool = False) -> bytes:
    """A workbook of schools; every hundredth begins on a day without a year if ``wrong``."""
    names = [one.name for one in register.fields]
    words = {
        name: [str(label) for _key, label in register.model_field(name).flatchoices]
        for name in names
        if register.model_field(name).choices
    }
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        spare = [f"备用{place}" for place in range(SPARE)]
        sheet.write_row(0, 0, [*(register.label_of(name) for name in names), *spare])
        for number in range(rows):
            cells = {name: labels[number % len(labels)] for name, labels in words.items()}
            cells |= {"code": f"{2141000000 + number}", "name": f"示例{number}小学", "area": "410802"}
            cells |= {"boarding": "是", "phone": f"1390000{number % 10_000:04}", "address": f"某路{number}号"}
            cells["since"] = "9月1日" if wrong and number % 100 == 0 else "2023.9.1"
            sheet.write_row(number + 1, 0, [*(cells.get(name, "") for name in names), *spare])
    return file.getvalue()


def main(rows: int) -> None:
    """Make the house, and walk through preview, marks, import, and the same import again."""
    from django.core.management import call_command

    from junheng.domains.areas.models import Area
    from junheng.platform.access.models import Grant, User
    from junheng.platform.access.roles import Role
    from junheng.platform.registers import register_called
    from junheng.platform.registers.asker import Asker
    from junheng.platform.registers.importing import carry_out, read_sheet, rehearse
    from junheng.platform.registers.marking import marked_file

    call_command("migrate", verbosity=0)
    Area.objects.create(code="410802", name="解放区", kind="county")
    user = User.objects.create(username="bench")
    Grant.objects.create(user=user, role=Role.COUNTY_OFFICER, area="410802", since=date(2020, 1, 1))
    asker, register = Asker(user, datetime.now(UTC)), register_called("schools")
    good, bad = workbook(register, rows), workbook(register, rows, wrong=True)
    wrong = step("read", rows, lambda: read_sheet(register, "a.xlsx", bad))
    plan = step("check, one in 100 wrong", rows, lambda: rehearse(register, wrong, asker))
    step("mark", rows, lambda: marked_file(plan, bad))
    sheet = read_sheet(register, "a.xlsx", good)
    step("check", rows, lambda: rehearse(register, sheet, asker))
    begun = time.process_time()
    sheet = step("read, all right", rows, lambda: read_sheet(register, "a.xlsx", good))
    step("import with audit", rows, lambda: carry_out(register, sheet, asker, why="bench"))
    total_seconds = time.process_time() - begun
    print(
        f"{'read and import':<28}{'':>10}{total_seconds:8.2f} CPU s{rows / total_seconds:12,.0f} rows per CPU second"
    )
    step("import the same again", rows, lambda: carry_out(register, sheet, asker, why="bench"))
    print(
        f"{len(plan.problems)} mistakes · {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB at most"
    )
    compare(good, rows / total_seconds)


def compare(good: bytes, ours: float) -> None:
    """The same file by the peer, which keeps no audit: the median of three runs beside what reading and import took."""
    with tempfile.TemporaryDirectory(prefix="junheng-bench-") as folder:
        file = Path(folder) / "a.xlsx"
        file.write_bytes(good)
        found = beside(Path(folder), file, 3)
    if isinstance(found, str):
        print(f"django-import-export: {found}")
        return
    for mode, runs in found.items():
        rate = statistics.median(one["rows"] / one["cpu"] for one in runs)
        memory = statistics.median(one["memory"] for one in runs)
        print(
            f"{'django-import-export, ' + mode:<34}{'':>20}{rate:12,.0f} rows per CPU second, {memory:.0f} MiB at most"
            f" · ours {ours / rate:.1f} times"
        )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"JUNHENG_HOME": home, "DJANGO_SETTINGS_MODULE": "junheng.project.settings"}
        import django

        django.setup()
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
