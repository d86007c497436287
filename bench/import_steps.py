"""The steps of an import, each in a process of its own: ``python -m bench.import_steps STEP ROWS FOLDER``."""

# ruff: noqa: PLC0415 (Django is set up first)

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

SPARE = 8
"""Columns that the register does not know."""
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def book(rows: int, folder: Path) -> None:
    """Two workbooks of schools: one in order, and one of which every hundredth begins on a day without a year."""
    from junheng.platform.registers import register_called

    register = register_called("schools")
    for wrong in (False, True):
        write_book(register, folder / f"{rows}-{'wrong' if wrong else 'good'}.xlsx", rows, wrong=wrong)


def write_book(register: Any, file: Path, rows: int, *, wrong: bool) -> None:
    """A workbook of schools."""
    import xlsxwriter

    names = [one.name for one in register.fields]
    words = {
        name: [str(label) for _key, label in register.model_field(name).flatchoices]
        for name in names
        if register.model_field(name).choices
    }
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as made:
        sheet = made.add_worksheet()
        spare = [f"备用{place}" for place in range(SPARE)]
        sheet.write_row(0, 0, [*(register.label_of(name) for name in names), *spare])
        for number in range(rows):
            cells = {name: labels[number % len(labels)] for name, labels in words.items()}
            cells |= {
                "code": f"{2141000000 + number}",
                "name": f"示例{lettered(number)}小学",
                "area": "410802",
            }
            cells |= {"boarding": "是", "phone": f"1390000{number % 10_000:04}", "address": f"某路{number}号"}
            cells["since"] = "9月1日" if wrong and number % 100 == 0 else "2023.9.1"
            sheet.write_row(number + 1, 0, [*(cells.get(name, "") for name in names), *spare])


def lettered(number: int) -> str:
    """A number in letters: a figure in the name of a school would be asked about."""
    text = ""
    for _place in range(4):
        number, rest = divmod(number, len(LETTERS))
        text = LETTERS[rest] + text
    return text


def make() -> None:
    """The house: one area and one officer."""
    from django.core.management import call_command

    from junheng.domains.areas.models import Area
    from junheng.platform.access.models import Grant, User
    from junheng.platform.access.roles import Role

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    Area.objects.create(code="410802", name="解放区", kind="county")
    user = User.objects.create(username="bench")
    Grant.objects.create(user=user, role=Role.COUNTY_OFFICER, area="410802", since=date(2020, 1, 1))


def measured(rows: int, deed: Callable[[], Any]) -> dict[str, float]:
    """What a deed takes, once the dictionary of readings is open, as it is in a server."""
    from django.db import connection

    from junheng.platform.searching.reading import syllables

    syllables("校")
    statements = 0

    def count(execute: Any, *given: Any) -> Any:
        nonlocal statements
        statements += 1
        return execute(*given)

    wall, cpu = time.monotonic(), time.process_time()
    with connection.execute_wrapper(count):
        deed()
    return {
        "rows": rows,
        "wall": time.monotonic() - wall,
        "cpu": time.process_time() - cpu,
        "statements": statements,
    }


def plain(rows: int, file: Path) -> dict[str, float]:
    """Read and import, with every check and the audit."""
    asker, register = who(), schools()
    content = file.read_bytes()
    from junheng.platform.registers.importing import carry_out, read_sheet

    def deed() -> None:
        assert carry_out(register, read_sheet(register, "a.xlsx", content), asker, why="bench").new == rows

    return measured(rows, deed)


def again(rows: int, file: Path) -> dict[str, float]:
    """The same file a second time: nothing is to be written."""
    plain(rows, file)
    asker, register = who(), schools()
    from junheng.platform.registers.importing import carry_out, read_sheet

    def deed() -> None:
        sheet = read_sheet(register, "a.xlsx", file.read_bytes())
        assert carry_out(register, sheet, asker, why="bench").unchanged == rows

    return measured(rows, deed)


def wrong(rows: int, file: Path) -> dict[str, float]:
    """Read, check, and give back marked."""
    asker, register = who(), schools()
    content = file.with_name(file.name.replace("good", "wrong")).read_bytes()
    from junheng.platform.registers.importing import read_sheet, rehearse
    from junheng.platform.registers.marking import marked_file

    def deed() -> None:
        plan = rehearse(register, read_sheet(register, "a.xlsx", content), asker)
        assert plan.wrong == -(-rows // 100)
        marked_file(plan, content)

    return measured(rows, deed)


def whole(rows: int, file: Path) -> dict[str, float]:
    """The whole way of the page: the file is sent, previewed by a job, confirmed, and applied by a job."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client
    from django.utils import timezone

    from junheng.domains.schools.models import School
    from junheng.platform.access.models import User
    from junheng.platform.jobs.loop import Worker

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(), backend="django.contrib.auth.backends.ModelBackend")
    page, content = "/registers/schools/import/", file.read_bytes()

    def deed() -> None:
        answer = client.post(page, {"file": SimpleUploadedFile("a.xlsx", content)})
        if answer.status_code == 302:
            Worker(clock=timezone.now, once=True).run()
            answer = client.get(answer["Location"])
        token = answer.content.decode().partition('name="token" value="')[2].partition('"')[0]
        client.post(page, {"token": token, "why": "年初核对"})
        Worker(clock=timezone.now, once=True).run()
        assert School.objects.count() == rows

    return measured(rows, deed)


def who() -> Any:
    """The officer, now."""
    from junheng.platform.access.models import User
    from junheng.platform.registers.asker import Asker

    return Asker(User.objects.get(), datetime.now(UTC))


def schools() -> Any:
    """The register."""
    from junheng.platform.registers import register_called

    return register_called("schools")


STEPS = {"plain": plain, "again": again, "wrong": wrong, "whole": whole}


def main(name: str, rows: int, folder: Path) -> None:
    """Do one step, and say what it took."""
    import django

    django.setup()
    if name == "make":
        make()
    elif name == "book":
        book(rows, folder)
    else:
        sys.stdout.write("\n" + json.dumps(STEPS[name](rows, folder / f"{rows}-good.xlsx")) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
